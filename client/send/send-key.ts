import { makeVar } from '@apollo/client';
import { openBrowserStorage } from '../shell/browser-storage.ts';

const storage = openBrowserStorage('comms.keyboard.');

/** Whether Enter sends, and with Shift breaks the line; else it breaks the line, and sends with Ctrl or ⌘, as it always does. */
export const enterSends = makeVar(storage.get('send') !== 'ctrl');

export function setEnterSends(sends: boolean): void {
  storage.set('send', sends ? 'enter' : 'ctrl');
  enterSends(sends);
}

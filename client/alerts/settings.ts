import { makeVar } from '@apollo/client';
import { openBrowserStorage } from '../shell/browser-storage.ts';

/** How this browser tells of what came while nobody looked. */
export type AlertSettings = {
  notes: boolean;
  sound: boolean;
  /** A note says who wrote, and not what. */
  hideText: boolean;
};

const storage = openBrowserStorage('comms.alerts.');

const stored = (): AlertSettings => ({
  notes: storage.get('notes') === 'on',
  sound: storage.get('sound') === 'on',
  hideText: storage.get('hideText') === 'on',
});

export const alertSettings = makeVar(stored());
storage.onChange(() => alertSettings(stored()));

export function setAlerts(changed: Partial<AlertSettings>): void {
  for (const [name, on] of Object.entries(changed)) storage.set(name, on ? 'on' : 'off');
  alertSettings(stored());
}

import { makeVar } from '@apollo/client';

export type Notice = { words: string; link?: { to: string; words: string } };

/** The last thing that somebody did, told beside the page for a while. */
export const notice = makeVar<Notice | undefined>(undefined);

export const say = (said: Notice): void => void notice(said);

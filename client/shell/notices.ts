import { makeVar } from '@apollo/client';

export type Notice = {
  words: string;
  link?: { to: string; words: string };
  /** Something that can be done about it. */
  action?: { words: string; run(): Promise<void> };
  /** It could not be done. */
  failed?: boolean;
};

/** The last thing that somebody did, told beside the page for a while. */
export const notice = makeVar<Notice | undefined>(undefined);

export const say = (said: Notice): void => void notice(said);

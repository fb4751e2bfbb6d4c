import { takeUntoldReads } from '../comms/read-marks.ts';
import type { AppContext } from '../context.ts';
import { postRead } from './graph-api.ts';

const ANSWER_WITHIN_MS = 10_000;

/**
 * Shows customers that what they wrote was read, where the company wants that: once, whoever of the team reads it. Never
 * throws, and isn't tried again: the next that is read tells it as well.
 */
export async function tellRead({ config, database, log }: AppContext, conversationId: string, upToEntryId: number) {
  const { readReceipts, phoneNumberId, accessToken } = config.whatsapp;
  if (!readReceipts || phoneNumberId === undefined || accessToken === undefined) return;
  try {
    const wamids = await takeUntoldReads(database.kysely, conversationId, upToEntryId, phoneNumberId);
    await Promise.all(wamids.map(tell));
  } catch (error) {
    log.warn({ err: error }, 'customers were not shown that messages were read');
  }

  async function tell(wamid: string): Promise<void> {
    try {
      await postRead(config.whatsapp, wamid, AbortSignal.timeout(ANSWER_WITHIN_MS));
    } catch (error) {
      log.warn({ err: error }, 'a customer was not shown that a message was read');
    }
  }
}

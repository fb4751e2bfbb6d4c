import { noteBusinessNumber } from '../comms/outbox.ts';
import type { AppContext } from '../context.ts';
import { readNumber } from './graph-api.ts';

const ANSWER_WITHIN_MS = 10_000;
const FIRST_WAIT_MS = 30_000;
const LAST_WAIT_MS = 60 * 60 * 1_000;

/** Asks WhatsApp how it writes the number that we send from, until it tells: staff see it where they write. */
export function learnBusinessNumber({ config, database, log }: AppContext): Disposable {
  const { whatsapp } = config;
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  void ask(FIRST_WAIT_MS);
  return {
    [Symbol.dispose]() {
      ended.abort();
      clearTimeout(timer);
    },
  };

  async function ask(wait: number): Promise<void> {
    try {
      const number = await readNumber(whatsapp, AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), ended.signal]));
      await noteBusinessNumber(database.kysely, whatsapp.phoneNumberId ?? '', number.slice(0, 40));
    } catch (error) {
      if (ended.signal.aborted) return;
      log.debug({ err: error }, 'WhatsApp doesn’t tell the company’s number');
      timer = setTimeout(() => void ask(Math.min(LAST_WAIT_MS, wait * 2)), wait);
    }
  }
}

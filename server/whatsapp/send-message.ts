import type { Staff } from '../auth/staff.ts';
import type { Entry } from '../comms/entry.ts';
import type { Step } from '../comms/feed.ts';
import { entriesByIds } from '../comms/inbox.ts';
import { queueWhatsApp, type SendInput, type SendOutcome } from '../comms/send-whatsapp.ts';
import type { AppContext } from '../context.ts';

const ANSWER_WITHIN_MS = 5_000;

/**
 * Sends a message, and answers when WhatsApp has, or after 5 s with the entry as it then is. Both doors, GraphQL and
 * REST, lead here.
 */
export async function sendMessage(
  { config, database, append, feed }: AppContext,
  input: SendInput,
  by: Staff,
): Promise<SendOutcome | 'NOT_CONFIGURED'> {
  const { phoneNumberId, accessToken } = config.whatsapp;
  if (phoneNumberId === undefined || accessToken === undefined) return 'NOT_CONFIGURED';
  const db = database.kysely;

  // From before it is logged, lest its change be missed.
  const changed = new Set<number>();
  const { promise, resolve } = Promise.withResolvers<void>();
  let awaited: number | undefined;
  const endWatch = feed.watch((steps) => {
    for (const entryId of changesAmong(steps)) changed.add(entryId);
    if (awaited !== undefined && changed.has(awaited)) resolve();
  });
  const timer = setTimeout(resolve, ANSWER_WITHIN_MS);
  try {
    const sender = { staffId: by.id, businessNumberId: phoneNumberId, defaultCountry: config.defaultCountry };
    const outcome = await queueWhatsApp({ db, append }, input, sender);
    if (typeof outcome === 'string' || 'problem' in outcome || outcome.entry.status !== 'QUEUED') return outcome;
    awaited = outcome.entry.id;
    if (changed.has(awaited)) resolve();
    await promise;
    return { entry: await entryNow(awaited) };
  } finally {
    clearTimeout(timer);
    endWatch();
  }

  async function entryNow(id: number): Promise<Entry> {
    const [entry] = await entriesByIds(db, [id]);
    if (!entry) throw new Error('a message is gone that was just logged');
    return entry;
  }
}

function changesAmong(steps: Step[]): number[] {
  return steps.flatMap(({ change, entryId }) => (change === 'UPDATED' && entryId !== null ? [entryId] : []));
}

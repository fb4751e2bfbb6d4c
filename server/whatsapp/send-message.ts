import type { Kysely } from 'kysely';
import type { Staff } from '../auth/staff.ts';
import type { Append } from '../comms/append.ts';
import type { Entry } from '../comms/entry.ts';
import type { Feed } from '../comms/feed.ts';
import { entriesByIds } from '../comms/inbox.ts';
import { retrySend } from '../comms/outbox.ts';
import { queueReaction, type ReactInput } from '../comms/react-whatsapp.ts';
import { queueWhatsApp, type SendInput, type SendOutcome, type SentBy } from '../comms/send-whatsapp.ts';
import type { AppContext } from '../context.ts';
import type { DB } from '../db/schema.generated.ts';

const ANSWER_WITHIN_MS = 5_000;
/** The revision of an entry of which nothing is known yet. */
const AS_LOGGED = 1;

/**
 * Sends a message, and answers when WhatsApp has, or after 5 s with the entry as it then is. Both doors, GraphQL and
 * REST, lead here.
 */
export function sendMessage(app: AppContext, input: SendInput, by: Staff): Promise<SendOutcome | 'NOT_CONFIGURED'> {
  return send(app, by, (log, sender) => queueWhatsApp(log, input, sender));
}

/** Sends a reaction, and answers as `sendMessage` does. */
export function sendReaction(app: AppContext, input: ReactInput, by: Staff): Promise<SendOutcome | 'NOT_CONFIGURED'> {
  return send(app, by, (log, sender) => queueReaction(log, input, sender));
}

async function send(
  app: AppContext,
  by: Staff,
  queue: (log: { db: Kysely<DB>; append: Append }, sender: SentBy) => Promise<SendOutcome>,
): Promise<SendOutcome | 'NOT_CONFIGURED'> {
  const { config, database, append, feed } = app;
  const { phoneNumberId } = config.whatsapp;
  if (!canSend(app) || phoneNumberId === undefined) return 'NOT_CONFIGURED';
  // From before it is logged, lest its change be missed.
  using changes = watchChanges(feed);
  const sender = { staffId: by.id, businessNumberId: phoneNumberId, defaultCountry: config.defaultCountry };
  const outcome = await queue({ db: database.kysely, append }, sender);
  if (typeof outcome === 'string' || 'problem' in outcome) return outcome;
  return { entry: await untilAnswered(app, changes, outcome.entry, AS_LOGGED) };
}

/** Tries a failed or unknown message again, and answers as `sendMessage` does. */
export async function sendAgain(app: AppContext, entry: Entry): Promise<Entry> {
  using changes = watchChanges(app.feed);
  await retrySend(app.database.kysely, entry, app.config.whatsapp.phoneNumberId);
  // To be on its way again is a change by itself.
  const unanswered = entry.status === 'QUEUED' ? entry.revision : entry.revision + 1;
  return await untilAnswered(app, changes, await entryNow(app, entry.id), unanswered);
}

/** Whether this program has what sending takes. */
export function canSend({ config }: AppContext): boolean {
  return config.whatsapp.phoneNumberId !== undefined && config.whatsapp.accessToken !== undefined;
}

/** `unanswered`: the revision without an answer. What has been read since may be of after it. */
async function untilAnswered(app: AppContext, changes: Changes, read: Entry, unanswered: number): Promise<Entry> {
  let entry = read;
  while (entry.status === 'QUEUED' && entry.revision <= unanswered) {
    const changed = await changes.next(entry.id);
    entry = await entryNow(app, entry.id);
    if (!changed) break;
  }
  return entry;
}

async function entryNow({ database }: AppContext, id: number): Promise<Entry> {
  const [entry] = await entriesByIds(database.kysely, [id]);
  if (!entry) throw new Error('a message is gone that was just logged');
  return entry;
}

type Changes = Disposable & {
  /** Resolves when the entry has changed since this was last asked; to false where the time is up first. */
  next(entryId: number): Promise<boolean>;
};

/** The entries that change while somebody waits for an answer, from now on. */
function watchChanges(feed: Feed): Changes {
  const changed = new Set<number>();
  let late = false;
  let look: () => void = () => {};
  const endWatch = feed.watch((steps) => {
    for (const { change, entryId } of steps) if (change === 'UPDATED' && entryId !== null) changed.add(entryId);
    look();
  });
  const timer = setTimeout(() => {
    late = true;
    look();
  }, ANSWER_WITHIN_MS);
  return {
    async next(entryId) {
      while (!late && !changed.has(entryId)) {
        await new Promise<void>((resolve) => {
          look = resolve;
        });
      }
      return changed.delete(entryId);
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      endWatch();
    },
  };
}

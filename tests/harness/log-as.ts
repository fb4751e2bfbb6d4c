import { createAppend } from '../../server/comms/append.ts';
import { connectDatabase } from '../../server/db/database.ts';
import { createLogger } from '../../server/ops/logging.ts';

/** Logs what this member of staff once wrote down about a customer. */
export async function logAs(databaseUrl: string, authorId: string, customerId: string, body: string): Promise<void> {
  const log = createLogger({ level: 'silent', pretty: false });
  await using database = connectDatabase(databaseUrl, { log });
  const note = { kind: 'message', type: 'NOTE', direction: 'INTERNAL', status: 'SENT', spoken: false } as const;
  const item = { ...note, text: body, itemHash: crypto.randomUUID(), conversationId: customerId, authorId };
  await createAppend({ write: (statement) => database.pool.query(statement) }).append({ items: [item] });
}

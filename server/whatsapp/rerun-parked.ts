import { type ParkedDelivery, readBody, replaceProblems } from '../comms/parked.ts';
import type { AppContext } from '../context.ts';
import { readPayload } from './payload.ts';

/**
 * Reads a body that is kept as it would be read if it came now, and logs what isn't logged yet. Undefined: there is no
 * such body. Its old problems go last: until all of it is in the log, or known not to be, it stays parked.
 */
export async function rerunParked(
  { database, append }: Pick<AppContext, 'database' | 'append'>,
  id: number,
): Promise<{ delivery: ParkedDelivery; logged: number } | undefined> {
  const body = await readBody(database.kysely, id);
  if (!body) return undefined;
  const { bytes, receivedAt } = body;
  const { items, problems: notUnderstood } = readPayload(bytes);
  const { entries, problems: notStored } = await append.append({ items, body: { bytes, problems: notUnderstood } });
  const problems = [...notUnderstood, ...notStored];
  await replaceProblems(database.kysely, id, problems);
  return { delivery: { id, receivedAt, problems }, logged: entries.filter(({ logged }) => logged).length };
}

import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';

/**
 * Which history the positions of a database belong to. Another database, and one that was put back to an earlier
 * point, have another epoch, so that nobody goes on from a position that means something else there.
 */
export async function readEpoch(db: Kysely<DB>): Promise<string> {
  const { rows } = await sql<{ identity: string }>`
    select concat_ws('/', (select system_identifier from pg_control_system()),
      (select timeline_id from pg_control_checkpoint()),
      (select oid from pg_database where datname = current_database())) as identity`.execute(db);
  return createHash('sha256')
    .update(rows[0]?.identity ?? '')
    .digest('base64url')
    .slice(0, 8);
}

/**
 * A position as the outside sees it: of two of one epoch the later is the greater string. The stamp of its step is part
 * of it, since a database that was put back gives the same positions to other steps.
 */
export function formatPosition(epoch: string, { position, stamp }: Place): string {
  return `${epoch}.${String(position).padStart(16, '0')}.${stamp}`;
}

/** The inverse; undefined for what is no position of this epoch. */
export function parsePosition(epoch: string, text: string): Place | undefined {
  const [, itsEpoch, position, stamp] = /^([\w-]+)\.(\d{16})\.(\d{1,16})$/.exec(text) ?? [];
  return itsEpoch === epoch ? { position: Number(position), stamp: Number(stamp) } : undefined;
}

/** A place in the feed. `stamp`: when its step was made, in milliseconds; 0 where there is none, or no longer. */
export type Place = { position: number; stamp: number };

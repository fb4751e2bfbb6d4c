import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { type Kysely, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';

const WINDOW_SECONDS = 60;
const FAILURES_PER_ACCOUNT = 10;
const FAILURES_PER_ADDRESS = 50;

/**
 * Slows guessing down: by address, and by account from one address. Never by account alone, or a stranger could lock
 * somebody out. Counted in the database, for all processes, before the password is looked at: guesses that come
 * together count too.
 */
export function createSignInLimit(db: Kysely<DB>) {
  return {
    /** Counts an attempt. Answers with the seconds to wait where there were too many. */
    async begin(email: string, address: string): Promise<number | undefined> {
      const keys = keysOf(email, address);
      const { rows } = await sql<{ key: string; failures: number; wait: number }>`
        insert into sign_in_attempt as known (key, failures, expires_at)
        values
          (${keys.address}, 1, now() + ${WINDOW_SECONDS} * interval '1 second'),
          (${keys.account}, 1, now() + ${WINDOW_SECONDS} * interval '1 second')
        on conflict (key) do update set
          failures = case when known.expires_at > now() then known.failures + 1 else 1 end,
          expires_at = case when known.expires_at > now() then known.expires_at else excluded.expires_at end
        returning key, failures, extract(epoch from expires_at - now())::float8 as wait
      `.execute(db);

      if (rows.every((row) => row.failures === 1)) await forgetOld(db);
      const waits = rows
        .filter(({ key, failures }) => failures > (key === keys.address ? FAILURES_PER_ADDRESS : FAILURES_PER_ACCOUNT))
        .map(({ wait }) => wait);
      return waits.length > 0 ? Math.max(...waits) : undefined;
    },

    /** The attempt was a good one: it doesn't count, nor do the account's failures before it. */
    async succeeded(email: string, address: string): Promise<void> {
      const keys = keysOf(email, address);
      await sql`delete from sign_in_attempt where key = ${keys.account}`.execute(db);
      await sql`update sign_in_attempt set failures = greatest(failures - 1, 0) where key = ${keys.address}`.execute(
        db,
      );
    },
  };
}

/** Rows that another attempt is at are left to it: two that clean up together never wait for each other. */
async function forgetOld(db: Kysely<DB>): Promise<void> {
  await sql`
    delete from sign_in_attempt where key in (
      select key from sign_in_attempt where expires_at < now() limit 1000 for update skip locked
    )
  `.execute(db);
}

function keysOf(email: string, address: string): { address: string; account: string } {
  const network = networkOf(address);
  return { address: hash([network]), account: hash([network, email.toLowerCase()]) };
}

/** Who has one IPv6 address has the 2^64 beside it too. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '');
  return isIPv6(plain) ? firstHalf(plain) : plain;
}

function firstHalf(address: string): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(8 - groups.length - after.length).fill('0');
  return [...groups, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

function hash(parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url');
}

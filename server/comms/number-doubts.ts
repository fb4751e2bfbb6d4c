import { type Kysely, sql } from 'kysely';
import type { DB } from '../db/schema.generated.ts';

/** A number of one customer that another has as well. */
export type NumberDoubt = {
  customerId: string;
  contactId: number;
  otherId: string;
  /** Else a national variant of it. */
  sameDigits: boolean;
  /** Whether what comes from the number is logged with this customer. */
  logsHere: boolean;
};

/** What of these customers' numbers might be somebody else's. */
export async function numberDoubts(db: Kysely<DB>, customerIds: readonly string[]): Promise<NumberDoubt[]> {
  const { rows } = await sql<NumberDoubt>`
    select c.customer_id, c.id as contact_id, other.customer_id as other_id,
      bool_or(other.digits = c.digits) as same_digits,
      coalesce(s.conversation_id, find_customer(c.phone_key, c.digits)) = c.customer_id as logs_here
    from contact c
    join contact other on other.phone_key = c.phone_key and other.customer_id <> c.customer_id
    left join sender s on s.id = find_sender(c.phone_key, null)
    where c.customer_id = any (${customerIds})
    group by c.id, other.customer_id, s.conversation_id order by c.id, other.customer_id`.execute(db);
  return rows;
}

import { type Followers, follow, type Program } from '../lab.ts';
import type { FollowOptions } from '../load/follow.ts';

const FIELDS = 'id customerId type direction body status extMessageId phone senderName occurredAt loggedAt';

const LOGGED = {
  product: `subscription Logged($after: String) {
    commsLogged(after: $after) { position change entry { ${FIELDS} revision } }
  }`,
  straightforward: `subscription Logged { commsLogged { ${FIELDS} } }`,
};

/** Subscribers to the whole log of one of the two. */
export function followLog(
  program: Program,
  who: keyof typeof LOGGED,
  options: Pick<FollowOptions, 'count'> & Partial<Pick<FollowOptions, 'variables' | 'stopReading'>>,
): Promise<Followers> {
  return follow(program, { query: LOGGED[who], variables: [{}], ...options });
}

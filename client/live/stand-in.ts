const PREFIX = 'stand-in:';

/**
 * The id of an entry that this page shows before the server has told it. The entry with the same idempotency key takes
 * its place. Longer than the ids of the server, so that it counts as the newest.
 */
export const standInId = (key: string, at: number): string => `${PREFIX}${at}:${key}`;

export const isStandIn = (id: string): boolean => id.startsWith(PREFIX);

/** The longest document that is parsed at all, over either door. */
export const MAX_TOKENS = 2_000;

/** Subscriptions that one socket may have open at a time. */
export const MAX_OPERATIONS_PER_SOCKET = 50;

/** Sockets that one person may have open at a time: many tabs and programs, but not a flood. */
export const MAX_SOCKETS_PER_PERSON = 2_000;

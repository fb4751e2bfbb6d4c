/** A customer's own page; unknown senders have one too. */
export const customerAddress = (id: string): string => `/customers/${encodeURIComponent(id)}/comms`;

/** A customer's own page; unknown senders have one too. */
export const customerAddress = (id: string): string => `/customers/${encodeURIComponent(id)}/comms`;

/** Where their numbers and names are. */
export const detailsAddress = (id: string): string => `/customers/${encodeURIComponent(id)}/details`;

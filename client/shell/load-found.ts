type PageInfo = { hasNextPage: boolean; endCursor: string | null };

/** Loads pages until one has rows: a search that looks for long ends its page where it has come to, be that empty. */
export async function loadFound(
  { endCursor }: PageInfo,
  signal: AbortSignal,
  load: (after: string | null) => Promise<{ rows: readonly unknown[]; pageInfo: PageInfo } | undefined>,
): Promise<void> {
  let page = await load(endCursor);
  while (page && page.rows.length === 0 && page.pageInfo.hasNextPage && !signal.aborted) {
    page = await load(page.pageInfo.endCursor);
  }
}

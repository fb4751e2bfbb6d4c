import type { ApolloClient, ObservableQuery } from '@apollo/client';

/** What the cache can't work out from a step, so that the server must be asked again. */
export type Unsettled = { conversations: boolean; counts: boolean; customers: boolean };

export const SETTLED: Unsettled = { conversations: false, counts: false, customers: false };

export const isUnsettled = (unsettled: Unsettled): boolean => Object.values(unsettled).includes(true);

const PAUSE_MS = 1_000;
/** So that all who were told the same don't ask in the same moment. */
const SPREAD_MS = 500;

/** Which of the queries that are shown are asked again for it. */
const QUERIES: Record<keyof Unsettled, readonly string[]> = {
  conversations: ['ConversationList', 'UnreadConversations'],
  counts: ['ConversationCounts'],
  customers: ['CustomerList', 'CustomerDoubts'],
};

/** Asks the server again for what a step left open: at once, and under a storm about once a second. */
export function refreshUnsettled(client: ApolloClient): { note(unsettled: Unsettled): void; cancel(): void } {
  let open: Unsettled = SETTLED;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function refresh() {
    const asked = open;
    open = SETTLED;
    timer = setTimeout(
      () => {
        timer = undefined;
        if (isUnsettled(open)) void refresh();
      },
      PAUSE_MS + Math.random() * SPREAD_MS,
    );
    try {
      await Promise.all(shownQueries(client, asked).map((query) => askAgain(client, query)));
    } catch {
      // Asked again after the pause.
      open = either(open, asked);
    }
  }

  return {
    note(unsettled) {
      open = either(open, unsettled);
      if (!timer) void refresh();
    },
    cancel: () => clearTimeout(timer),
  };
}

const either = (a: Unsettled, b: Unsettled): Unsettled => ({
  conversations: a.conversations || b.conversations,
  counts: a.counts || b.counts,
  customers: a.customers || b.customers,
});

function shownQueries(client: ApolloClient, unsettled: Unsettled): ObservableQuery[] {
  const names = Object.entries(QUERIES).flatMap(([what, queries]) =>
    unsettled[what as keyof Unsettled] ? queries : [],
  );
  const shown = new Map<string, ObservableQuery>();
  for (const query of client.getObservableQueries()) {
    const name = query.queryName;
    if (name && names.includes(name) && !isSearch(query)) shown.set(name, query);
  }
  return [...shown.values()];
}

/** What was searched for holds still, and offers what is new. */
const isSearch = ({ variables }: ObservableQuery) =>
  variables !== undefined && 'filter' in variables && Boolean((variables.filter as { search?: string }).search);

/** Its first page, into the cache, from where it is shown. */
async function askAgain(client: ApolloClient, { query, variables }: ObservableQuery): Promise<void> {
  await client.query({
    query,
    ...(variables && { variables }),
    fetchPolicy: 'network-only',
    context: { queryDeduplication: false },
  });
}

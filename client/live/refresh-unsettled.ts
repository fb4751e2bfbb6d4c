import type { ApolloClient } from '@apollo/client';
import type { Unsettled } from './apply-steps.ts';
import { UNREAD_CONVERSATIONS } from './unread.ts';

const PAUSE_MS = 1_000;

/** Asks the server again for what a step left open: at once, and under a storm at most once a second. */
export function refreshUnsettled(client: ApolloClient): { note(unsettled: Unsettled): void; cancel(): void } {
  let open: Unsettled = { unread: false, customers: false };
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function refresh() {
    const { unread, customers } = open;
    open = { unread: false, customers: false };
    timer = setTimeout(() => {
      timer = undefined;
      if (open.unread || open.customers) void refresh();
    }, PAUSE_MS);
    try {
      if (unread) {
        await client.query({
          query: UNREAD_CONVERSATIONS,
          fetchPolicy: 'network-only',
          context: { queryDeduplication: false },
        });
      }
      if (customers) await refetchShown(client, 'CustomerList');
    } catch {
      open = { unread: open.unread || unread, customers: open.customers || customers };
    }
  }

  return {
    note({ unread, customers }) {
      open = { unread: open.unread || unread, customers: open.customers || customers };
      if (!timer) void refresh();
    },
    cancel: () => clearTimeout(timer),
  };
}

async function refetchShown(client: ApolloClient, queryName: string): Promise<void> {
  for (const query of client.getObservableQueries()) {
    if (query.queryName === queryName) await query.refetch();
  }
}

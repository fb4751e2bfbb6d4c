import { type ApolloClient, gql, type TypedDocumentNode } from '@apollo/client';
import { filter, take } from 'rxjs';
import { t } from '../language/t.ts';
import type {
  AlertConversationFragment,
  UnreadConversationQuery,
  UnreadConversationQueryVariables,
} from '../operations.generated.ts';
import type { Arrival } from './arrivals.ts';

const CONVERSATION: TypedDocumentNode<AlertConversationFragment> = gql`
  fragment AlertConversation on Conversation { id revision inboundCount unreadCount readUpToEntryId readRevision }
`;

/** Asked when a note is shown, so that this page knows when it is read, whatever else it shows. */
const UNREAD: TypedDocumentNode<UnreadConversationQuery, UnreadConversationQueryVariables> = gql`
  query UnreadConversation($id: ID!) { conversation(id: $id) { id revision ...AlertConversation } }
  ${CONVERSATION}
`;

/** More people than that at once are told in one note. */
const MOST_AT_ONCE = 3;
const TEXT_SHOWN = 140;
/** The note that tells of many. */
const MANY = 'many';

type Note = { count: number; close(): void };

/** Notes on the desktop: one a customer, gone as soon as what it tells of is read, wherever that is. */
export interface DesktopNotes {
  show(arrivals: readonly Arrival[], how: { hideText: boolean; silent: boolean }): void;
  close(): void;
}

/** `open` is called with the customer whose note is clicked; without one where it told of many. */
export function openDesktopNotes(client: ApolloClient, open: (conversationId?: string) => void): DesktopNotes {
  const notes = new Map<string, Note>();

  return {
    show(arrivals, { hideText, silent }) {
      if (arrivals.length > MOST_AT_ONCE) {
        const count = arrivals.reduce((sum, arrival) => sum + arrival.count, notes.get(MANY)?.count ?? 0);
        put(MANY, count, t('{{count}} new messages', { count }), { silent });
        return;
      }
      for (const { conversationId, name, text, count: added } of arrivals) {
        const count = added + (notes.get(conversationId)?.count ?? 0);
        const news = count > 1 ? t('{{count}} new messages', { count }) : t('New message');
        const words = text.slice(0, TEXT_SHOWN).toWellFormed();
        const body = hideText ? news : count > 1 ? `${news}\n${words}` : words;
        put(conversationId, count, name, { body, silent });
      }
    },
    close() {
      for (const note of notes.values()) note.close();
    },
  };

  /** Takes the place of the one with the same name. */
  function put(name: string, count: number, title: string, options: NotificationOptions): void {
    notes.get(name)?.close();
    const shown = new Notification(title, { ...options, tag: `comms:${name}`, icon: '/icon.svg' });
    const reading = name === MANY ? undefined : whenRead(client, name, close);
    const note = { count, close };
    notes.set(name, note);
    shown.onclose = forget;
    shown.onclick = () => {
      close();
      window.focus();
      if (name === MANY) open();
      else open(name);
    };

    function close() {
      forget();
      shown.close();
    }

    function forget() {
      reading?.unsubscribe();
      if (notes.get(name) === note) notes.delete(name);
    }
  }
}

function whenRead(client: ApolloClient, id: string, act: () => void): { unsubscribe(): void } {
  client.query({ query: UNREAD, variables: { id }, fetchPolicy: 'network-only' }).catch(() => {
    // Then the note stays until somebody clicks it, or this page hears of the conversation by itself.
  });
  return client
    .watchFragment({ fragment: CONVERSATION, from: { __typename: 'Conversation', id } })
    .pipe(
      filter(({ data, complete }) => complete && data.unreadCount === 0),
      take(1),
    )
    .subscribe(act);
}

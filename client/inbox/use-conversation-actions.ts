import { gql, type TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { t } from '../language/t.ts';
import { compareIds } from '../live/feed-order.ts';
import { useLive } from '../live/live-context.ts';
import type {
  MarkAnsweredMutation,
  MarkAnsweredMutationVariables,
  MarkUnreadMutation,
  MarkUnreadMutationVariables,
} from '../operations.generated.ts';
import { say } from '../shell/notices.ts';
import { causeOf } from '../shell/trouble-cause.ts';

const MARK_UNREAD: TypedDocumentNode<MarkUnreadMutation, MarkUnreadMutationVariables> = gql`
  mutation MarkUnread($conversationId: ID!) {
    markUnread(conversationId: $conversationId) {
      conversation { id revision inboundCount unreadCount readUpToEntryId readRevision }
    }
  }
`;

const MARK_ANSWERED: TypedDocumentNode<MarkAnsweredMutation, MarkAnsweredMutationVariables> = gql`
  mutation MarkAnswered($conversationId: ID!, $upToEntryId: ID!, $answered: Boolean!) {
    markAnswered(conversationId: $conversationId, upToEntryId: $upToEntryId, answered: $answered) {
      conversation { id revision unanswered }
    }
  }
`;

/** The conversation that something is done to. */
type Subject = { id: string; name: string; lastEntry: { id: string } | null };

/** What can be done with a conversation as a whole, from its header, its row, or with a key. */
export type ConversationActions = {
  /** For who does it alone. */
  markUnread(conversation: Subject): Promise<void>;
  /** For everybody: this needs no answer; or with false, it does. The notice takes it back. */
  markAnswered(conversation: Subject, answered: boolean): Promise<void>;
};

export function useConversationActions(): ConversationActions {
  const { log } = useLive();
  const [markUnread] = useMutation(MARK_UNREAD);
  const [markAnswered] = useMutation(MARK_ANSWERED);

  /** The newest that was seen here of it: who wrote after that isn't answered. */
  const newestOf = ({ id, lastEntry }: Subject) =>
    log
      .steps()
      .flatMap(({ entry }) => (entry.customerId === id ? [entry.id] : []))
      .concat(lastEntry?.id ?? [])
      .sort(compareIds)
      .at(-1);

  async function setAnswered(subject: Subject, upToEntryId: string, answered: boolean): Promise<void> {
    const undo = () => setAnswered(subject, upToEntryId, !answered);
    try {
      const { data } = await markAnswered({ variables: { conversationId: subject.id, upToEntryId, answered } });
      if (data?.markAnswered.conversation.unanswered === answered) {
        say({ words: t('{{name}} has written since: look again.', subject), failed: true });
      } else {
        const words = answered ? t('{{name}} needs no answer.', subject) : t('{{name}} waits for an answer.', subject);
        say({ words, action: { words: t('Undo'), run: undo } });
      }
    } catch (error) {
      say({ words: t('This couldn’t be changed. {{cause}}', { cause: causeOf(error) }), failed: true });
    }
  }

  return {
    async markUnread({ id, name }) {
      try {
        await markUnread({ variables: { conversationId: id } });
        say({ words: t('{{name}} is unread again, for you.', { name }) });
      } catch (error) {
        say({ words: t('This couldn’t be changed. {{cause}}', { cause: causeOf(error) }), failed: true });
      }
    },
    async markAnswered(subject, answered) {
      const upToEntryId = newestOf(subject);
      if (upToEntryId !== undefined) await setAnswered(subject, upToEntryId, answered);
    },
  };
}

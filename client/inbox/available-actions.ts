import { t } from '../language/t.ts';
import type { CommsDirection } from '../operations.generated.ts';
import type { ConversationActions } from './use-conversation-actions.ts';

/** As far as it decides what can be done with a conversation. */
export type Marked = {
  id: string;
  name: string;
  inboundCount: number;
  unreadCount: number;
  unanswered: boolean;
  lastEntry: { id: string; direction: CommsDirection } | null;
};

export type AvailableAction = { name: 'unread' | 'answered' | 'unanswered'; words: string; run(): void };

/** What makes sense now, and how it is called. */
export function availableActions(conversation: Marked, actions: ConversationActions): AvailableAction[] {
  const { inboundCount, unreadCount, unanswered, lastEntry } = conversation;
  const available: AvailableAction[] = [];
  if (unanswered) {
    const run = () => void actions.markAnswered(conversation, true);
    available.push({ name: 'answered', words: t('Mark as answered'), run });
  } else if (lastEntry?.direction === 'INBOUND') {
    const run = () => void actions.markAnswered(conversation, false);
    available.push({ name: 'unanswered', words: t('Mark as unanswered'), run });
  }
  if (inboundCount > 0 && unreadCount === 0) {
    available.push({ name: 'unread', words: t('Mark as unread'), run: () => void actions.markUnread(conversation) });
  }
  return available;
}

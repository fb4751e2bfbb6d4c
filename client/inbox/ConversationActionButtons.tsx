import { ActionIcon } from '@mantine/core';
import { IconEyeOff, IconMessageCheck, IconMessageReply, type TablerIcon } from '@tabler/icons-react';
import { useShortcut } from '../keyboard/shortcuts.ts';
import { type AvailableAction, availableActions, type Marked } from './available-actions.ts';
import { useConversationActions } from './use-conversation-actions.ts';

const ICONS: Record<AvailableAction['name'], TablerIcon> = {
  unread: IconEyeOff,
  answered: IconMessageCheck,
  unanswered: IconMessageReply,
};

/** What can be done with the open conversation as a whole. */
export function ConversationActionButtons({ conversation }: { conversation: Marked }) {
  const actions = availableActions(conversation, useConversationActions());
  const actOf = (name: AvailableAction['name']) => actions.find((action) => action.name === name)?.run;
  useShortcut('markUnread', actOf('unread'));
  useShortcut('markAnswered', actOf('answered'));
  useShortcut('markUnanswered', actOf('unanswered'));
  return actions.map(({ name, words, run }) => {
    const Icon = ICONS[name];
    return (
      <ActionIcon key={name} variant="subtle" color="gray" size={40} aria-label={words} title={words} onClick={run}>
        <Icon size={22} stroke={1.7} aria-hidden />
      </ActionIcon>
    );
  });
}

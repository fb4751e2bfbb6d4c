import { Menu } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { availableActions, type Marked } from './available-actions.ts';
import classes from './RowMenu.module.css';
import { useConversationActions } from './use-conversation-actions.ts';

type Props = { conversation: Marked; opened: boolean; onChange(opened: boolean): void };

/** What can be done with a conversation from its row: by its button, a right click, or the menu key. */
export function RowMenu({ conversation, opened, onChange }: Props) {
  const actions = useConversationActions();
  const available = availableActions(conversation, actions);
  if (available.length === 0) return null;
  return (
    <Menu
      opened={opened}
      onChange={onChange}
      position="bottom-end"
      portalProps={{ target: '#main' }}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button
          type="button"
          className={classes.button}
          aria-label={t('What to do with {{name}}', { name: conversation.name })}
          title={t('More')}
          tabIndex={-1}
        >
          <IconDotsVertical size={18} stroke={1.8} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {available.map(({ name, words, run }) => (
          <Menu.Item key={name} className={classes.item ?? ''} onClick={run}>
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

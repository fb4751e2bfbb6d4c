import { ActionIcon } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import type { QuickReply } from '../send/quick-replies.ts';
import classes from './QuickReplyRow.module.css';

type Props = { reply: QuickReply; onEdit(): void; onRemove(): void };

export function QuickReplyRow({ reply, onEdit, onRemove }: Props) {
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <span className={classes.shortcut}>/{reply.shortcut}</span>
        <p className={classes.text} dir="auto">
          {reply.text}
        </p>
      </div>
      <div className={classes.actions}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={40}
          aria-label={t('Edit /{{shortcut}}', { shortcut: reply.shortcut })}
          onClick={onEdit}
        >
          <IconPencil size={19} stroke={1.7} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={40}
          aria-label={t('Remove /{{shortcut}}', { shortcut: reply.shortcut })}
          onClick={onRemove}
        >
          <IconTrash size={19} stroke={1.7} aria-hidden />
        </ActionIcon>
      </div>
    </li>
  );
}

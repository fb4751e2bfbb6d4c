import { IconEdit } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { t } from '../language/t.ts';
import { fillIn, type Who } from './placeholders.ts';
import classes from './QuickReplyList.module.css';
import type { QuickReply } from './quick-replies.ts';

type Props = {
  id: string;
  replies: readonly QuickReply[];
  active: QuickReply | undefined;
  who: Who;
  onChoose(reply: QuickReply): void;
};

/** What the team says often, to choose from while the caret stays in the box. */
export function QuickReplyList({ id, replies, active, who, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a press in it must not take the focus from the box
    <div className={classes.panel} onMouseDown={(event) => event.preventDefault()}>
      {replies.length > 0 && (
        <div ref={list} role="listbox" id={id} aria-label={t('Quick replies')} className={classes.list}>
          {replies.map((reply) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's, where the focus is
            <div
              key={reply.id}
              id={`${id}-${reply.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={reply === active}
              className={classes.option}
              onClick={() => onChoose(reply)}
            >
              <span className={classes.shortcut}>/{reply.shortcut}</span>
              <span className={classes.text} dir="auto">
                {fillIn(reply.text, who)}
              </span>
            </div>
          ))}
        </div>
      )}
      {replies.length === 0 && <p className={classes.none}>{t('There are no quick replies yet.')}</p>}
      <Link to="/quick-replies" className={classes.edit}>
        <IconEdit size={16} stroke={1.8} aria-hidden />
        {replies.length === 0 ? t('Write the first') : t('Edit quick replies')}
      </Link>
    </div>
  );
}

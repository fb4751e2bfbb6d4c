import { useQuery } from '@apollo/client/react';
import { Popover } from '@mantine/core';
import { type ComponentProps, type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { MessageBox } from './MessageBox.tsx';
import { matchQuickReplies } from './match-quick-replies.ts';
import { fillIn, selectIn, unfilled, type Who } from './placeholders.ts';
import { QuickReplyList } from './QuickReplyList.tsx';
import { QUICK_REPLIES, type QuickReply } from './quick-replies.ts';
import { type SlashWord, slashWordIn } from './slash-word.ts';

type Props = Omit<ComponentProps<typeof MessageBox>, 'ref'> & {
  ref: RefObject<HTMLTextAreaElement | null>;
  who: Who;
  /** What Escape does before it does anything else. */
  onEscape?: (() => void) | undefined;
};

/** Where a message to a customer is written: a word that begins with a slash finds what the team says often. */
export function WhatsAppBox({ ref, who, onEscape, ...props }: Props) {
  const [slash, setSlash] = useState<SlashWord>();
  const [closedAt, setClosedAt] = useState<number>();
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const looking = slash !== undefined && slash.start !== closedAt && !props.readOnly;
  const { data } = useQuery(QUICK_REPLIES, { skip: !looking, fetchPolicy: 'cache-and-network' });
  const all = data?.quickReplies;
  const matches = looking && all ? matchQuickReplies(all, slash.typed) : [];
  const opened = matches.length > 0 || (looking && all?.length === 0 && slash.typed === '');
  const active = matches[Math.min(chosen, matches.length - 1)];

  function look(box: HTMLTextAreaElement) {
    const found = slashWordIn(box);
    if (found?.typed !== slash?.typed) setChosen(0);
    if (found?.start !== slash?.start) setClosedAt(undefined);
    setSlash(found);
  }

  function insert({ text }: QuickReply) {
    const box = ref.current;
    if (!box || !slash) return;
    const filled = fillIn(text, who);
    box.setRangeText(filled, slash.start, slash.end, 'end');
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    setSlash(undefined);
    const [first] = unfilled(filled);
    if (first) selectIn(box, first);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && (opened || onEscape)) {
      if (opened) setClosedAt(slash?.start);
      else onEscape?.();
    } else if (!opened) return;
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((matches.indexOf(active as QuickReply) + step + matches.length) % Math.max(1, matches.length));
    } else if (event.key === 'Enter' && !event.shiftKey && active) insert(active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <Popover
      opened={opened}
      onDismiss={() => setClosedAt(slash?.start)}
      position="top-start"
      width="target"
      withRoles={false}
      withinPortal={false}
      floatingStrategy="fixed"
      closeOnEscape={false}
    >
      <Popover.Target>
        <div>
          <MessageBox
            {...props}
            ref={ref}
            onKeyDown={onKeyDown}
            onSelect={({ currentTarget }) => look(currentTarget)}
            onBlur={() => setSlash(undefined)}
            aria-autocomplete="list"
            {...(active && { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${active.id}` })}
            // Escape is for what is here, not for the dialog that this may stand in.
            data-mantine-stop-propagation={opened || onEscape !== undefined || undefined}
          />
        </div>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <QuickReplyList id={listId} replies={matches} active={active} who={who} onChoose={insert} />
      </Popover.Dropdown>
    </Popover>
  );
}

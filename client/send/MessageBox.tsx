import { Textarea } from '@mantine/core';
import type { KeyboardEvent, Ref } from 'react';
import classes from './MessageBox.module.css';

/** WhatsApp's own limit, in characters as people count them. */
export const LONGEST = 4_096;
const COUNTED_FROM = 3_700;
/** What an input method's keystroke reports while it composes. */
const COMPOSING = 229;

type Props = {
  ref?: Ref<HTMLTextAreaElement>;
  /** Shown above, or else only told. */
  label?: string;
  'aria-label'?: string;
  placeholder?: string;
  value: string;
  error?: string | undefined;
  readOnly?: boolean;
  autoFocus?: boolean;
  minRows?: number;
  onChange(text: string): void;
  onSend(): void;
};

/** Where a message is written. Enter sends, with Shift it breaks the line; on a touch screen it always breaks. */
export function MessageBox({ ref, error, autoFocus, minRows = 1, onChange, onSend, ...props }: Props) {
  const length = lengthOf(props.value);

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    const composing = event.nativeEvent.isComposing || event.keyCode === COMPOSING;
    if (event.key !== 'Enter' || event.shiftKey || composing || isTouch()) return;
    event.preventDefault();
    if (!event.repeat) onSend();
  }

  return (
    <div className={classes.place}>
      <Textarea
        {...props}
        ref={ref}
        size="md"
        dir="auto"
        autosize
        minRows={minRows}
        maxRows={8}
        error={error}
        data-autofocus={autoFocus}
        enterKeyHint={isTouch() ? 'enter' : 'send'}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {length >= COUNTED_FROM && (
        <span className={classes.count} data-over={length > LONGEST || undefined} role="status">
          {length > LONGEST
            ? `${(length - LONGEST).toLocaleString()} too many`
            : `${(LONGEST - length).toLocaleString()} left`}
        </span>
      )}
    </div>
  );
}

function lengthOf(text: string): number {
  return text.length < COUNTED_FROM ? text.length : [...text].length;
}

const isTouch = () => matchMedia('(pointer: coarse)').matches;

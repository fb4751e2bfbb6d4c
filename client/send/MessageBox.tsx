import { useReactiveVar } from '@apollo/client/react';
import { Textarea, type TextareaProps } from '@mantine/core';
import type { KeyboardEvent, Ref } from 'react';
import { t } from '../language/t.ts';
import classes from './MessageBox.module.css';
import { enterSends } from './send-key.ts';

/** WhatsApp's own limit, in characters as people count them. */
export const LONGEST = 4_096;
const COUNTED_FROM = 3_700;
/** What an input method's keystroke reports while it composes. */
const COMPOSING = 229;
const MOST_ROWS = 8;
/** Another browser's box is measured at each letter, which takes longer than all else that the letter does. */
const growsByStyle = CSS.supports('field-sizing', 'content');

type Props = Omit<TextareaProps, 'value' | 'onChange' | 'autosize' | 'maxRows' | 'size'> & {
  ref?: Ref<HTMLTextAreaElement>;
  value: string;
  onChange(text: string): void;
  onSend(): void;
};

/** Where a message is written. Enter sends or breaks the line, as somebody likes it; on a touch screen it always breaks. */
export function MessageBox({ ref, autoFocus, minRows = 1, onChange, onSend, onKeyDown, ...props }: Props) {
  const length = lengthOf(props.value);
  const sends = useReactiveVar(enterSends) && !isTouch();

  function sendOnEnter(event: KeyboardEvent<HTMLTextAreaElement>) {
    onKeyDown?.(event);
    if (event.defaultPrevented) return;
    const composing = event.nativeEvent.isComposing || event.keyCode === COMPOSING;
    const withCommand = event.ctrlKey || event.metaKey;
    if (event.key !== 'Enter' || event.shiftKey || composing || !(sends || withCommand)) return;
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
        {...(growsByStyle
          ? { classNames: { input: classes.grows }, style: { '--rows': `${minRows}`, '--most-rows': `${MOST_ROWS}` } }
          : { autosize: true, minRows, maxRows: MOST_ROWS })}
        data-autofocus={autoFocus}
        enterKeyHint={sends ? 'send' : 'enter'}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        onKeyDown={sendOnEnter}
      />
      {length >= COUNTED_FROM && (
        <span className={classes.count} data-over={length > LONGEST || undefined} role="status">
          {length > LONGEST
            ? t('{{count}} too many', { count: length - LONGEST })
            : t('{{count}} left', { count: LONGEST - length })}
        </span>
      )}
    </div>
  );
}

function lengthOf(text: string): number {
  return text.length < COUNTED_FROM ? text.length : [...text].length;
}

const isTouch = () => matchMedia('(pointer: coarse)').matches;

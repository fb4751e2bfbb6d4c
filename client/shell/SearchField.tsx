import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useShortcut } from '../keyboard/shortcuts.ts';
import { t } from '../language/t.ts';

const WAIT_MS = 250;

type Props = { label: string; value: string; onSearch(text: string): void };

/** Searches while somebody types, once they pause. */
export function SearchField({ label, value, onSearch }: Props) {
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  useShortcut('search', () => input.current?.focus());
  const searchLater = useDebouncedCallback(onSearch, WAIT_MS);
  // The address may change from elsewhere (Back, "Clear filters"); what is being typed stays.
  useEffect(() => {
    if (document.activeElement !== input.current) setText(value);
  }, [value]);

  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      placeholder={`${label}…`}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        searchLater(currentTarget.value.trim());
      }}
      leftSection={<IconSearch size={18} stroke={1.7} aria-hidden />}
      rightSection={
        text && (
          <CloseButton
            aria-label={t('Clear the search')}
            onClick={() => {
              setText('');
              onSearch('');
              input.current?.focus();
            }}
          />
        )
      }
    />
  );
}

import { Kbd, TextInput, VisuallyHidden } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { t } from '../language/t.ts';
import { causeOf } from '../shell/trouble-cause.ts';
import classes from './Palette.module.css';
import { type Choice, usePaletteChoices } from './palette-choices.ts';

/** The field that keeps the focus, and under it what there is to choose from. */
export function PaletteBox({ onChoose }: { onChoose(act: () => void): void }) {
  const [text, setText] = useState('');
  const [pointed, setPointed] = useState<string>();
  const [goesOn, setGoesOn] = useState(false);
  const { groups, isSearching, error } = usePaletteChoices(text);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && document.activeElement === document.body) opener.focus();
    },
    [opener],
  );
  const choices = groups.flatMap((group) => group.choices);
  const active = choices.find((choice) => choice.id === pointed) ?? choices[0];
  const place = active ? choices.indexOf(active) : -1;

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active?.id]);

  // Whoever types a name fast and goes on means who is found for it.
  useEffect(() => {
    if (goesOn && !isSearching && active) onChoose(active.act);
  }, [goesOn, isSearching, active, onChoose]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setPointed(choices[(place + step + choices.length) % choices.length]?.id);
    } else if (event.key === 'Enter' && active) {
      if (active.isLastResort && isSearching && pointed === undefined) setGoesOn(true);
      else onChoose(active.act);
    } else return;
    event.preventDefault();
  }

  return (
    <>
      <TextInput
        classNames={{ input: classes.input ?? '' }}
        size="lg"
        variant="unstyled"
        // At once, so that no letter goes astray.
        autoFocus
        data-autofocus
        role="combobox"
        aria-label={t('Find or do anything')}
        aria-expanded
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={active && `${id}-${active.id}`}
        placeholder={t('Name, number, page, action…')}
        leftSection={<IconSearch size={20} stroke={1.7} aria-hidden />}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setPointed(undefined);
          setGoesOn(false);
        }}
        onKeyDown={onKeyDown}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a press in it must not take the focus from the field */}
      <div className={classes.list} ref={list} onMouseDown={(event) => event.preventDefault()}>
        <div role="listbox" id={id} aria-label={t('Found')}>
          {groups.map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset holds fields, not options
            <div key={group.label} role="group" aria-label={group.label}>
              <div className={classes.label} aria-hidden>
                {group.label}
              </div>
              {group.choices.map((choice) => (
                <Option
                  key={choice.id}
                  id={`${id}-${choice.id}`}
                  choice={choice}
                  active={choice === active}
                  onPoint={() => setPointed(choice.id)}
                  onChoose={() => onChoose(choice.act)}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      {error !== undefined && (
        <p role="alert" className={classes.error}>
          {causeOf(error)}
        </p>
      )}
      <VisuallyHidden role="status">
        {text.trim() !== '' && !isSearching && t('{{count}} found', { count: choices.length })}
      </VisuallyHidden>
    </>
  );
}

type OptionProps = { id: string; choice: Choice; active: boolean; onPoint(): void; onChoose(): void };

function Option({ id, choice: { Icon, label, more, keys }, active, onPoint, onChoose }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, where the focus is
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      className={classes.option}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <Icon size={20} stroke={1.7} aria-hidden />
      <bdi className={classes.name}>{label}</bdi>
      {more && <bdi className={classes.more}>{more}</bdi>}
      {keys && (
        <span className={classes.keys} aria-hidden>
          <Kbd>{keys}</Kbd>
        </span>
      )}
    </div>
  );
}

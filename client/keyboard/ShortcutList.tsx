import { useReactiveVar } from '@apollo/client/react';
import { Kbd, Switch } from '@mantine/core';
import { t } from '../language/t.ts';
import { SendKeySwitch } from '../send/SendKeySwitch.tsx';
import classes from './ShortcutList.module.css';
import { drawnKey, SHORTCUTS, setSingleKeys, singleKeys } from './shortcuts.ts';

/** Every key and what it does, and the switch for who doesn't want them. */
export function ShortcutList() {
  const on = useReactiveVar(singleKeys);
  return (
    <>
      <dl className={classes.keys}>
        {Object.entries(SHORTCUTS).map(([name, { keys, words }]) => (
          <div key={name}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{drawnKey(key)}</Kbd>
              ))}
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label={t('Use single keys')}
        description={t('Off: only Escape, the arrows within the list, and {{keys}}.', {
          keys: SHORTCUTS.palette.keys.map(drawnKey).join(),
        })}
        checked={on}
        onChange={({ currentTarget }) => setSingleKeys(currentTarget.checked)}
      />
      <SendKeySwitch />
    </>
  );
}

import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import classes from './dialogs.module.css';

type Props = { name: string; password: string; onDone(): void };

/** A password that the server tells this once. */
export function OneTimePassword({ name, password, onDone }: Props) {
  const clipboard = useClipboard({ timeout: 4_000 });
  return (
    <div className={classes.body}>
      <p className={classes.text}>
        <Sentence
          text="Give {{name}} this password. It is shown only now; at the first sign-in they choose their own."
          parts={{ name: <bdi>{name}</bdi> }}
        />
      </p>
      <output className={classes.password} aria-label={t('One-time password')}>
        {password}
      </output>
      {clipboard.error && (
        <p role="alert" className={classes.problem}>
          {t('The browser didn’t let it be copied: select it and copy it by hand.')}
        </p>
      )}
      <div className={classes.actions}>
        <Button
          variant="default"
          leftSection={
            clipboard.copied ? (
              <IconCheck size={18} stroke={1.9} aria-hidden />
            ) : (
              <IconCopy size={18} stroke={1.7} aria-hidden />
            )
          }
          onClick={() => clipboard.copy(password)}
        >
          {clipboard.copied ? t('Copied') : t('Copy')}
        </Button>
        <Button onClick={onDone}>{t('Done')}</Button>
      </div>
    </div>
  );
}

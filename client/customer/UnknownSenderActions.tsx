import { Button } from '@mantine/core';
import { IconLink, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useShortcut } from '../keyboard/shortcuts.ts';
import { t } from '../language/t.ts';
import { LinkDialog } from './LinkDialog.tsx';
import { NewCustomerDialog } from './NewCustomerDialog.tsx';
import classes from './UnknownSenderActions.module.css';
import type { UnknownSender } from './unknown-sender.ts';

/** What makes somebody known: they are a customer who is there already, or a new one. */
export function UnknownSenderActions({ sender, small }: { sender: UnknownSender; small?: boolean }) {
  const [opened, setOpened] = useState<'link' | 'new'>();
  useShortcut('link', () => setOpened('link'));
  const close = () => setOpened(undefined);
  return (
    <div className={classes.actions}>
      <Button
        variant="default"
        size={small ? 'xs' : 'sm'}
        leftSection={<IconLink size={18} stroke={1.7} aria-hidden />}
        onClick={() => setOpened('link')}
      >
        {t('Link to a customer')}
      </Button>
      <Button
        variant="default"
        size={small ? 'xs' : 'sm'}
        leftSection={<IconUserPlus size={18} stroke={1.7} aria-hidden />}
        onClick={() => setOpened('new')}
      >
        {t('New customer')}
      </Button>
      <LinkDialog sender={sender} opened={opened === 'link'} onClose={close} onNew={() => setOpened('new')} />
      <NewCustomerDialog sender={sender} opened={opened === 'new'} onClose={close} />
    </div>
  );
}

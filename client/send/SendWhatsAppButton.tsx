import { Button } from '@mantine/core';
import { IconBrandWhatsapp } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../language/t.ts';
import { useChannel } from './channel.ts';
import { SendDialog } from './SendDialog.tsx';
import classes from './SendWhatsAppButton.module.css';

/** Where sending isn't set up there is none: the composer's place says what is missing. */
export function SendWhatsAppButton({ conversationId }: { conversationId: string }) {
  const channel = useChannel();
  const [opened, setOpened] = useState(false);
  if (!channel || channel.sending === 'NOT_CONFIGURED') return null;
  return (
    <>
      <Button
        className={classes.button}
        variant="default"
        leftSection={<IconBrandWhatsapp size={18} stroke={1.8} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        <span className={classes.words}>{t('Send WhatsApp')}</span>
      </Button>
      <SendDialog conversationId={conversationId} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}

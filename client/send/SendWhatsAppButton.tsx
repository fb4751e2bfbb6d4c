import { Button } from '@mantine/core';
import { IconBrandWhatsapp } from '@tabler/icons-react';
import { useState } from 'react';
import { useChannel } from './channel.ts';
import { SendDialog } from './SendDialog.tsx';

/** Where sending isn't set up there is none: the composer's place says what is missing. */
export function SendWhatsAppButton({ conversationId }: { conversationId: string }) {
  const channel = useChannel();
  const [opened, setOpened] = useState(false);
  if (!channel || channel.sending === 'NOT_CONFIGURED') return null;
  return (
    <>
      <Button leftSection={<IconBrandWhatsapp size={18} stroke={1.8} aria-hidden />} onClick={() => setOpened(true)}>
        Send WhatsApp
      </Button>
      <SendDialog conversationId={conversationId} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}

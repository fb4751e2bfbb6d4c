import { type ReactNode, useCallback, useState } from 'react';
import { SendDialog } from './SendDialog.tsx';

/** One dialog for a page from which many can be written to. */
export function useSendDialog(): { start(conversationId: string): void; dialog: ReactNode } {
  const [conversationId, setConversationId] = useState('');
  const [opened, setOpened] = useState(false);
  const start = useCallback((id: string) => {
    setConversationId(id);
    setOpened(true);
  }, []);
  // There from the beginning: it gives the focus back only to whom it has seen lose it.
  const dialog = <SendDialog conversationId={conversationId} opened={opened} onClose={() => setOpened(false)} />;
  return { start, dialog };
}

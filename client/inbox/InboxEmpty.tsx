import { Button } from '@mantine/core';
import { IconFilterOff, IconInbox } from '@tabler/icons-react';
import { LOOKS } from '../conversation/comms-looks.ts';
import type { InboxFilter } from '../operations.generated.ts';
import { Empty } from '../shell/Empty.tsx';

export function InboxEmpty({ filter, onClear }: { filter: InboxFilter; onClear(): void }) {
  const conditions = conditionsOf(filter);
  if (conditions.length === 0) {
    return (
      <Empty
        icon={<IconInbox size={36} stroke={1.4} aria-hidden />}
        title="Nothing has been said yet"
        hint="The first message that a customer writes on WhatsApp appears here by itself. Leave this page open."
      />
    );
  }
  return (
    <Empty
      icon={<IconFilterOff size={36} stroke={1.4} aria-hidden />}
      title={filter.search ? `Nothing found for “${filter.search}”` : 'Nothing matches these filters'}
      hint={`Shown is only: ${conditions.join(', ')}.`}
    >
      <Button variant="default" onClick={onClear}>
        Clear filters
      </Button>
    </Empty>
  );
}

function conditionsOf({ type, unknownOnly, unreadOnly, search }: InboxFilter): string[] {
  return [
    type ? LOOKS[type].plural : '',
    unreadOnly ? 'unread' : '',
    unknownOnly ? 'unknown numbers' : '',
    search ? `“${search}”` : '',
  ].filter(Boolean);
}

import { gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Button, Popover } from '@mantine/core';
import { IconCopy, IconInfoCircle, IconLink, IconRefresh, type TablerIcon } from '@tabler/icons-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { t } from '../language/t.ts';
import { isStandIn } from '../live/stand-in.ts';
import type { EntryMenu_EntryFragment } from '../operations.generated.ts';
import { useDecisions } from '../send/use-decisions.ts';
import { say } from '../shell/notices.ts';
import { causeOf } from '../shell/trouble-cause.ts';
import { copyText } from './copy-text.ts';
import classes from './EntryMenu.module.css';
import { EntryMenuContext, type MenuRequest } from './EntryMenuButton.tsx';

const ENTRY: TypedDocumentNode<EntryMenu_EntryFragment> = gql`
  fragment EntryMenu_entry on CommsEntry {
    id
    revision
    body
    status
    idempotencyKey
    failure { code message next details retryable needsAdmin }
  }
`;

/** What can be done with an entry. One menu for all of them, since a conversation has many. */
export function EntryMenu({ conversationId, children }: { conversationId: string; children: ReactNode }) {
  const [request, setRequest] = useState<MenuRequest>();
  const [opened, setOpened] = useState(false);
  const open = useCallback((asked: MenuRequest) => {
    setRequest(asked);
    setOpened(true);
  }, []);
  const close = () => {
    request?.button.focus();
    setOpened(false);
  };
  const context = useMemo(() => ({ openFor: opened ? request?.entryId : undefined, open }), [opened, request, open]);
  return (
    <EntryMenuContext value={context}>
      {children}
      {request && (
        <Popover
          opened={opened}
          onChange={setOpened}
          position="bottom-end"
          trapFocus
          returnFocus
          transitionProps={{ duration: 0 }}
        >
          <Popover.Target>
            <span className={classes.place} style={placeOf(request.button)} aria-hidden="true" />
          </Popover.Target>
          <Popover.Dropdown className={classes.menu} aria-label={t('More about this')}>
            <Items request={request} conversationId={conversationId} onDone={close} />
          </Popover.Dropdown>
        </Popover>
      )}
    </EntryMenuContext>
  );
}

function Items({ request, conversationId, onDone }: { request: MenuRequest; conversationId: string; onDone(): void }) {
  const { entryId, detailed, onDetails } = request;
  const { data, complete } = useFragment({ fragment: ENTRY, from: { __typename: 'CommsEntry', id: entryId } });
  const { retry, sendAgain, error } = useDecisions();
  if (!complete) return null;
  const { body, status, failure, idempotencyKey } = data;
  const unsent = isStandIn(entryId);

  async function copy(text: string) {
    const copied = await copyText(text);
    say({ words: copied ? t('Copied') : t('The browser doesn’t let this page copy') });
    onDone();
  }

  return (
    <>
      <Item icon={IconCopy} onClick={() => void copy(body)}>
        {t('Copy text')}
      </Item>
      {!unsent && (
        <Item icon={IconLink} onClick={() => void copy(linkTo(conversationId, entryId))}>
          {t('Copy link')}
        </Item>
      )}
      <Item
        icon={IconInfoCircle}
        onClick={() => {
          onDetails();
          onDone();
        }}
      >
        {detailed ? t('Hide details') : t('Details')}
      </Item>
      {failure?.retryable && (status === 'FAILED' || unsent) && (
        <Item
          icon={IconRefresh}
          onClick={() => void (unsent && idempotencyKey ? sendAgain(idempotencyKey) : retry(entryId)).then(onDone)}
        >
          {t('Try again')}
        </Item>
      )}
      {error !== undefined && (
        <p role="alert" className={classes.error}>
          {causeOf(error)}
        </p>
      )}
    </>
  );
}

function Item({ icon: Icon, onClick, children }: { icon: TablerIcon; onClick(): void; children: ReactNode }) {
  return (
    <Button
      variant="subtle"
      className={classes.item}
      leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

function placeOf(button: HTMLElement) {
  const { left, top, width, height } = button.getBoundingClientRect();
  return { left, top, width, height };
}

const linkTo = (conversationId: string, entryId: string) =>
  `${location.origin}/inbox/${encodeURIComponent(conversationId)}?entry=${entryId}`;

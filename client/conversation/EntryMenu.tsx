import { gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Popover } from '@mantine/core';
import { IconBan, IconCopy, IconInfoCircle, IconLink, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../language/t.ts';
import { isStandIn } from '../live/stand-in.ts';
import type { EntryMenu_EntryFragment } from '../operations.generated.ts';
import { useDecisions } from '../send/use-decisions.ts';
import { say } from '../shell/notices.ts';
import { causeOf } from '../shell/trouble-cause.ts';
import { copyText } from './copy-text.ts';
import { EntryAnswers } from './EntryAnswers.tsx';
import classes from './EntryMenu.module.css';
import { EntryMenuContext, type MenuRequest } from './EntryMenuButton.tsx';
import { EntryMenuItem } from './EntryMenuItem.tsx';
import { textNow } from './quoted.ts';

const ENTRY: TypedDocumentNode<EntryMenu_EntryFragment> = gql`
  fragment EntryMenu_entry on CommsEntry {
    id
    revision
    body
    edited { body editedAt }
    status
    idempotencyKey
    failure { code message next details retryable needsAdmin }
    discarded { at }
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
  /** What it was closed for, once the focus is back. */
  const next = useRef<() => void>(undefined);
  const close = (then?: () => void) => {
    request?.button.focus();
    next.current = then;
    setOpened(false);
  };
  useEffect(() => {
    if (opened) return;
    next.current?.();
    next.current = undefined;
  }, [opened]);
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

type ItemsProps = {
  request: MenuRequest;
  conversationId: string;
  /** It closes, and then something else takes the focus. */
  onDone(then?: () => void): void;
};

function Items({ request, conversationId, onDone }: ItemsProps) {
  const { entryId, detailed, onDetails } = request;
  const { data, complete } = useFragment({ fragment: ENTRY, from: { __typename: 'CommsEntry', id: entryId } });
  const { retry, sendAgain, discard, error } = useDecisions();
  if (!complete) return null;
  const { status, failure, idempotencyKey, discarded } = data;
  const unsent = isStandIn(entryId);

  async function copy(text: string) {
    const copied = await copyText(text);
    say({ words: copied ? t('Copied') : t('The browser doesn’t let this page copy') });
    onDone();
  }

  return (
    <>
      <EntryAnswers entryId={entryId} conversationId={conversationId} onDone={onDone} />
      <EntryMenuItem icon={IconCopy} onClick={() => void copy(textNow(data))}>
        {t('Copy text')}
      </EntryMenuItem>
      {!unsent && (
        <EntryMenuItem icon={IconLink} onClick={() => void copy(linkTo(conversationId, entryId))}>
          {t('Copy link')}
        </EntryMenuItem>
      )}
      <EntryMenuItem
        icon={IconInfoCircle}
        onClick={() => {
          onDetails();
          onDone();
        }}
      >
        {detailed ? t('Hide details') : t('Details')}
      </EntryMenuItem>
      {failure?.retryable && (status === 'FAILED' || unsent) && (
        <EntryMenuItem
          icon={IconRefresh}
          onClick={() =>
            void (unsent && idempotencyKey ? sendAgain(idempotencyKey) : retry(entryId)).then(
              (done) => done && onDone(),
            )
          }
        >
          {t('Try again')}
        </EntryMenuItem>
      )}
      {status === 'FAILED' && !unsent && !discarded && (
        <EntryMenuItem icon={IconBan} onClick={() => void discard(entryId).then((done) => done && onDone())}>
          {t('Discard')}
        </EntryMenuItem>
      )}
      {error !== undefined && (
        <p role="alert" className={classes.error}>
          {causeOf(error)}
        </p>
      )}
    </>
  );
}

function placeOf(button: HTMLElement) {
  const { left, top, width, height } = button.getBoundingClientRect();
  return { left, top, width, height };
}

const linkTo = (conversationId: string, entryId: string) =>
  `${location.origin}/inbox/${encodeURIComponent(conversationId)}?entry=${entryId}`;

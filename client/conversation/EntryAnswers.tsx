import { gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { IconArrowBackUp } from '@tabler/icons-react';
import { doNow } from '../keyboard/shortcuts.ts';
import { t } from '../language/t.ts';
import type { EntryAnswers_EntryFragment } from '../operations.generated.ts';
import { useChannel } from '../send/channel.ts';
import { useDraft } from '../send/use-draft.ts';
import { useReact } from '../send/use-react.ts';
import { serverNow } from '../shell/server-clock.ts';
import { EntryMenuItem } from './EntryMenuItem.tsx';
import type { Quoted } from './quoted.ts';
import { ReactRow } from './ReactRow.tsx';

const ENTRY: TypedDocumentNode<EntryAnswers_EntryFragment> = gql`
  fragment EntryAnswers_entry on CommsEntry {
    id
    revision
    type
    direction
    body
    status
    extMessageId
    occurredAt
    author { id name }
    refersTo { kind }
    edited { body editedAt }
    deletedAt
    reactions { emoji by { id } }
  }
`;

type Props = {
  entryId: string;
  conversationId: string;
  onDone(then?: () => void): void;
};

/** How one can answer to an entry itself, where WhatsApp has it. */
export function EntryAnswers({ entryId, conversationId, onDone }: Props) {
  const { data, complete } = useFragment({ fragment: ENTRY, from: { __typename: 'CommsEntry', id: entryId } });
  const channel = useChannel();
  const [, change] = useDraft(conversationId);
  const react = useReact();
  if (!complete || !channel || channel.sending === 'NOT_CONFIGURED' || !canBeAnswered(data)) return null;

  const quoted = quotedOf(data);
  return (
    <>
      {mayBeReactedTo(data) && (
        <ReactRow
          own={data.reactions.find(({ by }) => by)?.emoji}
          onReact={(emoji) => {
            onDone();
            void react(entryId, emoji);
          }}
        />
      )}
      <EntryMenuItem
        icon={IconArrowBackUp}
        onClick={() => {
          change({ replyTo: quoted });
          onDone(() => doNow('reply'));
        }}
      >
        {t('Reply')}
      </EntryMenuItem>
    </>
  );
}

/** Meta takes no reaction to what is older. */
const REACTED_WITHIN_MS = 30 * 24 * 3_600_000;

function mayBeReactedTo({ occurredAt }: EntryAnswers_EntryFragment): boolean {
  return serverNow() - Date.parse(occurredAt) < REACTED_WITHIN_MS;
}

function canBeAnswered({ type, status, extMessageId, refersTo, deletedAt }: EntryAnswers_EntryFragment): boolean {
  const says = !refersTo || refersTo.kind === 'REPLY';
  return type === 'WHATSAPP' && extMessageId !== null && status !== 'FAILED' && says && !deletedAt;
}

function quotedOf({ id, revision, direction, body, author, edited }: EntryAnswers_EntryFragment): Quoted {
  const quoted: Quoted = { id, revision, direction, body, author, edited };
  return { ...{ __typename: 'CommsEntry' }, ...quoted };
}

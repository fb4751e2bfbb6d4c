import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { fullTime, shortTime } from '../conversation/moments.ts';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import type { LinkedSenders_ConversationFragment } from '../operations.generated.ts';
import classes from './LinkedSenders.module.css';
import { SenderName } from './SenderName.tsx';
import { senderName } from './sender-name.ts';
import { UnlinkDialog } from './UnlinkDialog.tsx';

export const LINKED_SENDERS: TypedDocumentNode<LinkedSenders_ConversationFragment> = gql`
  fragment LinkedSenders_conversation on Conversation {
    id
    revision
    name
    linked { conversationId name phone linkedAt linkedBy { id name } }
  }
`;

/** Who was unknown until they were given to this customer, and the way back. */
export function LinkedSenders({ conversation }: { conversation: FragmentType<LinkedSenders_ConversationFragment> }) {
  const { data, complete } = useFragment({
    fragment: LINKED_SENDERS,
    fragmentName: 'LinkedSenders_conversation',
    from: conversation,
  });
  const [asked, setAsked] = useState<{ conversationId: string; name: string | null; phone: string | null }>();
  const [opened, setOpened] = useState(false);
  if (!complete) return null;
  return (
    <>
      {data.linked.length > 0 && (
        <ul className={classes.list} aria-label={t('Linked senders')}>
          {data.linked.map(({ linkedAt, linkedBy, ...sender }) => {
            const when = new Date(linkedAt);
            const parts = {
              sender: <SenderName sender={sender} />,
              when: (
                <time dateTime={linkedAt} title={fullTime(when)}>
                  {shortTime(when)}
                </time>
              ),
            };
            return (
              <li key={sender.conversationId}>
                <IconLink size={16} stroke={1.7} aria-hidden />
                <span>
                  {linkedBy ? (
                    <Sentence
                      text="Linked from {{sender}} by {{staff}}, {{when}}"
                      parts={{ ...parts, staff: <bdi>{linkedBy.name}</bdi> }}
                    />
                  ) : (
                    <Sentence text="Linked from {{sender}}, {{when}}" parts={parts} />
                  )}
                </span>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={t('Undo the link of {{sender}}', { sender: senderName(sender) })}
                  onClick={() => {
                    setAsked(sender);
                    setOpened(true);
                  }}
                >
                  {t('Undo')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      {/* There from the beginning: it gives the focus back only to whom it has seen lose it. */}
      <UnlinkDialog sender={asked} customer={data} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}

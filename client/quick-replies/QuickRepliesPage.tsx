import { useQuery } from '@apollo/client/react';
import { Button, Skeleton } from '@mantine/core';
import { IconBolt, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import { QUICK_REPLIES, type QuickReply } from '../send/quick-replies.ts';
import { Empty } from '../shell/Empty.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import { Patient } from '../shell/Patient.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import classes from './QuickRepliesPage.module.css';
import { QuickReplyDialog } from './QuickReplyDialog.tsx';
import { QuickReplyRow } from './QuickReplyRow.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';

/** What the team says often, for everybody to use and to change. */
export function QuickRepliesPage() {
  const { data, error, refetch } = useQuery(QUICK_REPLIES, { fetchPolicy: 'cache-and-network' });
  const [editing, setEditing] = useState<QuickReply | 'new'>();
  const [removing, setRemoving] = useState<QuickReply>();
  const replies = data?.quickReplies;
  return (
    <section className={classes.page} aria-labelledby="quick-replies-title">
      <PageTitle>{t('Quick replies')}</PageTitle>
      <div className={classes.column}>
        <div className={classes.head}>
          <h1 id="quick-replies-title">{t('Quick replies')}</h1>
          <Button
            leftSection={<IconPlus size={18} stroke={1.9} aria-hidden />}
            onClick={() => setEditing('new')}
            disabled={!data}
          >
            {t('Add a quick reply')}
          </Button>
        </div>
        <p className={classes.hint}>
          <Sentence
            text="What the whole team says often. Where you write to a customer, type {{key}} and a few letters to find it."
            parts={{ key: <kbd>/</kbd> }}
          />
        </p>
        {error && !data && <Trouble what="The page" error={error} onRetry={() => refetch()} />}
        {!data && !error && (
          <Patient>
            <div aria-hidden="true">
              {['a', 'b', 'c'].map((row) => (
                <Skeleton key={row} height={76} radius={14} mb={8} />
              ))}
            </div>
          </Patient>
        )}
        {replies?.length === 0 && (
          <Empty
            icon={<IconBolt size={36} stroke={1.4} aria-hidden />}
            title={t('There are no quick replies yet')}
            hint={t('Opening hours, the way to you, thanks for waiting: write it once, and everybody has it at hand.')}
          />
        )}
        {replies && replies.length > 0 && (
          <ul aria-label={t('Quick replies')}>
            {replies.map((reply) => (
              <QuickReplyRow
                key={reply.id}
                reply={reply}
                onEdit={() => setEditing(reply)}
                onRemove={() => setRemoving(reply)}
              />
            ))}
          </ul>
        )}
      </div>
      <QuickReplyDialog editing={editing} onClose={() => setEditing(undefined)} />
      <RemoveDialog removing={removing} onClose={() => setRemoving(undefined)} />
    </section>
  );
}

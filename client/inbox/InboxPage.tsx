import { VisuallyHidden } from '@mantine/core';
import { type CSSProperties, useState } from 'react';
import { useParams } from 'react-router';
import { WRITING } from '../conversation/Writing.tsx';
import { CustomerFacts } from '../customer/CustomerFacts.tsx';
import { usePaneKey } from '../customer/use-moving-on.ts';
import { doNow } from '../keyboard/shortcuts.ts';
import { t } from '../language/t.ts';
import { PageTitle } from '../shell/PageTitle.tsx';
import { PaneBoundary } from '../shell/PaneBoundary.tsx';
import { SkipTo } from '../shell/SkipTo.tsx';
import { ConversationList } from './ConversationList.tsx';
import { ConversationPane } from './ConversationPane.tsx';
import { FactsPane } from './FactsPane.tsx';
import classes from './InboxPage.module.css';
import { NothingOpen } from './NothingOpen.tsx';
import { PaneResizer } from './PaneResizer.tsx';
import { useFactsPane } from './use-facts-pane.ts';
import { useListWidth } from './use-list-width.ts';

/** Conversations, the one that is open, and its customer. */
export function InboxPage() {
  const { conversationId } = useParams();
  const pane = usePaneKey(conversationId ?? '');
  const list = useListWidth();
  const facts = useFactsPane(pane);
  const [title, setTitle] = useState<string>();
  return (
    <div
      className={classes.panes}
      data-open={conversationId !== undefined || undefined}
      style={{ '--list-width': `${list.width}px` } as CSSProperties}
    >
      <PageTitle>{(conversationId && title) || t('Inbox')}</PageTitle>
      <VisuallyHidden component="h1">{t('Inbox')}</VisuallyHidden>
      {conversationId !== undefined && (
        <SkipTo
          href={`#${WRITING}`}
          onClick={(event) => {
            event.preventDefault();
            doNow('reply');
          }}
        >
          {t('Skip to the message')}
        </SkipTo>
      )}
      <section className={classes.list} aria-label={t('Conversations')}>
        <PaneBoundary name="list" at="list">
          <ConversationList openId={conversationId} />
        </PaneBoundary>
      </section>
      <PaneResizer {...list} label={t('Width of the list')} />
      <section className={classes.conversation} aria-label={t('Conversation')}>
        {conversationId === undefined ? (
          <NothingOpen />
        ) : (
          <PaneBoundary name="conversation" at={conversationId}>
            <ConversationPane key={pane} conversationId={conversationId} facts={facts} onNamed={setTitle} />
          </PaneBoundary>
        )}
      </section>
      {conversationId !== undefined && (
        <FactsPane {...facts}>
          <PaneBoundary name="customer" at={conversationId}>
            <CustomerFacts key={pane} conversationId={conversationId} />
          </PaneBoundary>
        </FactsPane>
      )}
    </div>
  );
}

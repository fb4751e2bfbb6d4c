import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { customerAddress } from '../customer/address.ts';
import { Sentence } from '../language/Sentence.tsx';
import { t } from '../language/t.ts';
import { say } from '../shell/notices.ts';
import classes from './Composer.module.css';
import { useChannel } from './channel.ts';
import { NewerBar } from './NewerBar.tsx';
import { NotConfigured } from './NotConfigured.tsx';
import { selectIn } from './placeholders.ts';
import { QuoteBar } from './QuoteBar.tsx';
import { type Conversation, useAddressee } from './recipients.ts';
import { Sender } from './Sender.tsx';
import { useWriting, type Writing } from './use-writing.ts';
import { WhatsAppBox } from './WhatsAppBox.tsx';
import { WritingNotes } from './WritingNotes.tsx';

type Props = {
  conversationId: string;
  /** The box is there. */
  onReady(): void;
};

/** Under an open conversation: what is written here goes out by WhatsApp. */
export function Composer({ conversationId, onReady }: Props) {
  const channel = useChannel();
  const conversation = useAddressee(conversationId, { lasting: true }).conversation;
  if (!channel || !conversation) return null;
  return (
    <div className={classes.place}>
      {channel.sending === 'NOT_CONFIGURED' ? (
        <NotConfigured reason={channel.reason} />
      ) : (
        <ComposerForm conversationId={conversationId} conversation={conversation} onReady={onReady} />
      )}
    </div>
  );
}

function ComposerForm({ conversationId, conversation, onReady }: Props & { conversation: Conversation }) {
  const writing = useWriting(conversationId, conversation);
  const { draft, change, problemAt } = writing;
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(onReady, []);

  async function send(how: typeof writing.send) {
    box.current?.focus();
    const [missing] = writing.unfilled;
    if (missing) return selectIn(box.current, missing);
    const sent = await how();
    // Its bubble says so to who is still here.
    if (!sent || sent.result === 'sent' || box.current) return;
    say({
      words: t('Your message to {{name}} isn’t sent.', { name: conversation.name }),
      link: { to: customerAddress(conversation.id), words: t('View') },
      failed: true,
    });
  }

  return (
    <form
      className={classes.form}
      aria-label={t('Write to {{name}}', { name: conversation.name })}
      onSubmit={(event) => {
        event.preventDefault();
        void send(writing.send);
      }}
    >
      <div className={classes.parties}>
        <Addressee writing={writing} name={conversation.name} />
        <Sender />
      </div>
      <NewerBar conversationId={conversationId} any={writing.newer.any} onShow={() => void writing.newer.show()} />
      <QuoteBar writing={writing} customer={conversation.name} box={box} />
      <div className={classes.line}>
        <WhatsAppBox
          ref={box}
          who={writing.who}
          onEscape={writing.unquote}
          aria-label={t('Message')}
          placeholder={t('WhatsApp message')}
          value={draft.text}
          error={problemAt('message')}
          onChange={(text) => change({ text })}
          onSend={() => void send(writing.send)}
        />
        <Button
          type="submit"
          size="md"
          className={classes.send}
          disabled={!writing.online}
          leftSection={<IconSend2 size={18} aria-hidden />}
        >
          <span className={classes.words}>{t('Send')}</span>
        </Button>
      </div>
      <WritingNotes
        writing={writing}
        onFind={(placeholder) => selectIn(box.current, placeholder)}
        onSendAnyway={() => void send(writing.sendAnyway)}
      />
    </form>
  );
}

function Addressee({ writing, name }: { writing: Writing; name: string }) {
  const { recipients, to, draft, change, problemAt } = writing;
  const error = problemAt('toPhone');
  const chosen = recipients.find((recipient) => recipient.to === to);
  if (recipients.length === 0) {
    return (
      <TextInput
        className={classes.to}
        size="sm"
        label={t('To {{name}}', { name })}
        type="tel"
        dir="ltr"
        placeholder={t('Number')}
        value={draft.to ?? ''}
        error={error}
        onChange={({ currentTarget }) => change({ to: currentTarget.value })}
      />
    );
  }
  if (recipients.length > 1 || !chosen) {
    const typed = chosen || to === '' ? [] : [{ value: to, label: to }];
    return (
      <NativeSelect
        className={classes.to}
        size="sm"
        aria-label={t('To')}
        value={to}
        error={error}
        data={[
          ...recipients.map((recipient) => ({
            value: recipient.to,
            label: t('To {{name}}', { name: recipient.label }),
          })),
          ...typed,
        ]}
        onChange={({ currentTarget }) => change({ to: currentTarget.value })}
      />
    );
  }
  return (
    <p className={classes.to}>
      <Sentence text="To {{name}}, {{number}}" parts={{ name: <bdi>{name}</bdi>, number: chosen.label }} />
      {error && (
        <span role="alert" className={classes.error}>
          {error}
        </span>
      )}
    </p>
  );
}

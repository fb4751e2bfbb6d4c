import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { useRef } from 'react';
import classes from './Composer.module.css';
import { useChannel } from './channel.ts';
import { MessageBox } from './MessageBox.tsx';
import { NewerBar } from './NewerBar.tsx';
import { NotConfigured } from './NotConfigured.tsx';
import { type Conversation, useAddressee } from './recipients.ts';
import { useWriting, type Writing } from './use-writing.ts';
import { WritingNotes } from './WritingNotes.tsx';

/** Under an open conversation: what is written here goes out by WhatsApp. */
export function Composer({ conversationId }: { conversationId: string }) {
  const channel = useChannel();
  const conversation = useAddressee(conversationId).data?.conversation;
  if (!channel || !conversation) return null;
  return (
    <div className={classes.place}>
      {channel.sending === 'NOT_CONFIGURED' ? (
        <NotConfigured reason={channel.reason} />
      ) : (
        <ComposerForm conversation={conversation} />
      )}
    </div>
  );
}

function ComposerForm({ conversation }: { conversation: Conversation }) {
  const writing = useWriting(conversation.id, conversation);
  const { draft, change, problemAt } = writing;
  const box = useRef<HTMLTextAreaElement>(null);

  function send(how: () => Promise<unknown>) {
    void how();
    box.current?.focus();
  }

  return (
    <form
      className={classes.form}
      aria-label={`Write to ${conversation.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        send(writing.send);
      }}
    >
      <Addressee writing={writing} name={conversation.name} />
      <NewerBar count={writing.newer.count} onShow={writing.newer.show} />
      <div className={classes.line}>
        <MessageBox
          ref={box}
          aria-label="Message"
          placeholder="WhatsApp message"
          value={draft.text}
          error={problemAt('message')}
          onChange={(text) => change({ text })}
          onSend={() => send(writing.send)}
        />
        <Button
          type="submit"
          size="md"
          className={classes.send}
          disabled={!writing.online}
          leftSection={<IconSend2 size={18} aria-hidden />}
        >
          <span className={classes.words}>Send</span>
        </Button>
      </div>
      <WritingNotes writing={writing} onSendAnyway={() => send(writing.sendAnyway)} />
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
        label={`To ${name}`}
        type="tel"
        dir="ltr"
        placeholder="Number"
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
        aria-label="To"
        value={to}
        error={error}
        data={[...recipients.map((recipient) => ({ value: recipient.to, label: `To ${recipient.label}` })), ...typed]}
        onChange={({ currentTarget }) => change({ to: currentTarget.value })}
      />
    );
  }
  return (
    <p className={classes.to}>
      To <bdi>{name}</bdi>, {chosen.label}
      {error && (
        <span role="alert" className={classes.error}>
          {error}
        </span>
      )}
    </p>
  );
}

import { Button } from '@mantine/core';
import { IconBrandWhatsapp } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { customerAddress } from '../customer/address.ts';
import { t } from '../language/t.ts';
import { say } from '../shell/notices.ts';
import { Trouble } from '../shell/Trouble.tsx';
import { useChannel } from './channel.ts';
import { NewerBar } from './NewerBar.tsx';
import { NotConfigured } from './NotConfigured.tsx';
import { NumberField } from './NumberField.tsx';
import { selectIn } from './placeholders.ts';
import { QuoteBar } from './QuoteBar.tsx';
import type { useAddressee } from './recipients.ts';
import { Sender } from './Sender.tsx';
import classes from './SendForm.module.css';
import { editAgain } from './send-draft.ts';
import { useSending } from './sending-context.ts';
import { useWriting } from './use-writing.ts';
import { WhatsAppBox } from './WhatsAppBox.tsx';
import { WritingNotes } from './WritingNotes.tsx';

type Props = {
  conversationId: string;
  addressee: ReturnType<typeof useAddressee>;
  /** Somebody wants to leave what is written. */
  leaving: boolean;
  onStay(): void;
  onDismiss(): void;
  onClose(): void;
};

export function SendForm({ conversationId, addressee, leaving, onStay, onDismiss, onClose }: Props) {
  const sending = useSending();
  const channel = useChannel();
  const navigate = useNavigate();
  const conversation = addressee.conversation;
  const writing = useWriting(conversationId, conversation);
  const { draft, change, problemAt } = writing;
  /** What is on its way, which the draft no longer holds. */
  const [underWay, setUnderWay] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const { problem } = draft;
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [problem]);

  async function send(how: typeof writing.send) {
    if (underWay !== undefined) return;
    const [missing] = writing.unfilled;
    if (missing) return selectIn(box.current, missing);
    setUnderWay(draft.text);
    const sent = await how();
    setUnderWay(undefined);
    if (!sent || !conversation) return;
    if (sent.result === 'sent') {
      onClose();
      say({
        words: t('On its way to {{name}}', { name: conversation.name }),
        link: { to: customerAddress(conversation.id), words: t('View') },
      });
    } else editAgain(sending, sent.key, sent.result);
  }

  if (channel?.sending === 'NOT_CONFIGURED') {
    return (
      <>
        <NotConfigured reason={channel.reason} />
        <div className={classes.actions}>
          <Button data-autofocus onClick={onClose}>
            {t('Close')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <form
      ref={form}
      className={classes.form}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send(writing.send);
      }}
    >
      {addressee.error && <Trouble what="The customer" error={addressee.error} onRetry={() => addressee.refetch()} />}
      <NumberField
        key={conversation?.id}
        recipients={writing.recipients}
        to={writing.to}
        error={problemAt('toPhone')}
        fixed={conversation?.customer === null}
        readOnly={!conversation || underWay !== undefined}
        onChange={(to) => change({ to })}
      />
      <Sender />
      <NewerBar
        conversationId={conversationId}
        any={underWay === undefined && writing.newer.any}
        onShow={() => {
          onClose();
          if (!writing.newer.show()) void navigate(customerAddress(conversationId));
        }}
      />
      {conversation && <QuoteBar writing={writing} customer={conversation.name} box={box} />}
      <WhatsAppBox
        ref={box}
        who={writing.who}
        onEscape={writing.unquote}
        autoFocus
        label={t('Message')}
        minRows={3}
        value={underWay ?? draft.text}
        readOnly={underWay !== undefined}
        error={problemAt('message')}
        onChange={(text) => change({ text })}
        onSend={() => void send(writing.send)}
      />
      <WritingNotes
        writing={writing}
        onFind={(placeholder) => selectIn(box.current, placeholder)}
        onSendAnyway={() => void send(writing.sendAnyway)}
      />
      {leaving ? (
        <div role="alert" className={classes.leaving}>
          <p>{t('Your message isn’t sent.')}</p>
          <Button
            variant="default"
            onClick={() => {
              change({ text: '', replyTo: undefined });
              onClose();
            }}
          >
            {t('Discard')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('Keep as draft')}
          </Button>
          <Button
            onClick={() => {
              onStay();
              box.current?.focus();
            }}
          >
            {t('Go on writing')}
          </Button>
        </div>
      ) : (
        <div className={classes.actions}>
          <Button variant="default" onClick={onDismiss}>
            {t('Cancel')}
          </Button>
          <Button
            type="submit"
            loading={underWay !== undefined}
            disabled={!writing.online}
            leftSection={<IconBrandWhatsapp size={18} stroke={1.8} aria-hidden />}
          >
            {t('Send')}
          </Button>
        </div>
      )}
    </form>
  );
}

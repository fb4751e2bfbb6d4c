import { LOOKS } from '../conversation/comms-looks.ts';
import type { MARKS } from '../conversation/EntryStatus.tsx';
import { withoutMarks } from '../conversation/formatted-text.ts';
import { t } from '../language/t.ts';
import type { CommsType, ConversationRow_ConversationFragment } from '../operations.generated.ts';

type LastEntry = ConversationRow_ConversationFragment['lastEntry'];

/** The line below the name. */
export type Preview = {
  /** Who said it, where it wasn't the customer, and what it is, where it is no text: “You”, “Note by Ana”, “Call”. */
  by?: string;
  text: string;
  /** What became of it, where it went out by WhatsApp. */
  status?: keyof typeof MARKS;
  isDraft?: boolean;
};

/** What somebody has to decide about, so that the row says it in words. */
export type TroubleStatus = 'FAILED' | 'UNKNOWN';

export const isTrouble = (status: Preview['status']): status is TroubleStatus =>
  status === 'FAILED' || status === 'UNKNOWN';

/** What somebody wrote in this browser. */
type Written = { draft?: string | undefined; unsent?: string | undefined };

/** What is being written comes before what didn't reach the server, and that before what was said. */
export function previewOf(entry: LastEntry, myId: string, { draft, unsent }: Written): Preview {
  if (draft) return { by: t('Draft'), text: draft, isDraft: true };
  if (unsent) return { by: t('You'), text: withoutMarks(unsent), status: 'FAILED' };
  if (!entry) return { text: t('Nothing has been said yet') };
  const by = authorOf(entry, myId);
  const status = entry.type === 'WHATSAPP' ? markOf(entry) : undefined;
  const text = entry.type === 'WHATSAPP' ? withoutMarks(entry.body) : entry.body;
  return { text, ...(by && { by }), ...(status && { status }) };
}

function markOf({ status, discarded }: NonNullable<LastEntry>) {
  if (discarded) return 'DISCARDED';
  return status === 'RECEIVED' ? undefined : status;
}

/** What isn't itself what somebody wrote to somebody. */
const NAMED: readonly CommsType[] = ['CALL', 'MEETING', 'NOTE'];

function authorOf({ type, direction, author }: NonNullable<LastEntry>, myId: string): string | undefined {
  const kind = NAMED.includes(type) ? t(LOOKS[type].label) : undefined;
  if (direction === 'INBOUND' || !author) return kind;
  if (author.id === myId) return kind ? t('{{kind}} by you', { kind }) : t('You');
  const name = firstName(author.name);
  return kind ? t('{{kind}} by {{name}}', { kind, name }) : name;
}

const firstName = (name: string) => name.split(' ')[0] ?? name;

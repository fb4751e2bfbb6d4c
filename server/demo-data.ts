import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import { createStaff } from './auth/staff-accounts.ts';
import { createAppend, type MessageItem } from './comms/append.ts';
import { listConversations } from './comms/conversations.ts';
import { createCustomer, listCustomers } from './comms/customers.ts';
import { listQuickReplies, saveQuickReply } from './comms/quick-replies.ts';
import { markRead } from './comms/read-marks.ts';
import { readConfig } from './config.ts';
import type { Database } from './db/database.ts';
import { openDatabase } from './db/open-database.ts';
import { createLogger } from './ops/logging.ts';

/** Who wrote this lately, and waits for an answer, is unread at the demo's first sign-in. */
const UNREAD_MINUTES = 12 * 60;

const QUICK_REPLIES = {
  hours: 'We are open Monday to Friday from 9:00 to 17:00, and on Saturday from 9:00 to 14:00.',
  thanks: 'Thank you, {{first name}}! Is there anything else that I can do for you?\n\n{{my name}}',
  wait: 'Hello {{first name}}, I am looking into it, and will be back with you within the hour.',
  ready: 'Good news, {{first name}}: your order {{order number}} is ready. You can pick it up whenever it suits you.',
  address: 'You find us at 12 Ermou Street, two minutes from Syntagma. There is parking behind the shop.',
};

const peopleSchema = z.array(
  z.object({
    name: z.string(),
    organization: z.string().optional(),
    email: z.string().optional(),
    phone: z.string().optional(),
    waId: z.string().optional(),
    userId: z.string().optional(),
    customer: z.boolean().optional(),
    history: z
      .array(
        z.object({
          minutesAgo: z.number(),
          from: z.enum(['customer', 'staff']),
          type: z.enum(['WHATSAPP', 'EMAIL', 'SMS', 'CALL', 'NOTE', 'MEETING']),
          text: z.string(),
          arrivedMinutesLater: z.number().default(0),
          wamid: z.string().optional(),
          refersTo: z
            .object({ kind: z.enum(['REPLY', 'REACTION']), extMessageId: z.string(), text: z.string().optional() })
            .optional(),
        }),
      )
      .default([]),
  }),
);
type Person = z.infer<typeof peopleSchema>[number];

/*
 * Gives an empty database the demo's staff, customers and history; run before the demo's server starts.
 * DEMO_PEOPLE names the file with the people, whom the simulated WhatsApp plays as well. What a start that was cut
 * off has made already is found, and the history, written at once, comes last.
 */
const config = readConfig(process.env);
const log = createLogger({ level: config.logLevel, pretty: process.stdout.isTTY });
await using database = await openDatabase({ config, log });
const logged = await database.kysely.selectFrom('commsEntry').select('id').limit(1).executeTakeFirst();
if (!logged) await fill(peopleSchema.parse(JSON.parse(await readFile(process.env.DEMO_PEOPLE ?? '', 'utf8'))));

async function fill(people: Person[]): Promise<void> {
  const staff = [
    await staffMember('demo@example.com', 'Alex Demou'),
    await staffMember('maria@example.com', 'Maria Papadaki'),
  ];
  const items: { minutesAgo: number; item: MessageItem }[] = [];
  for (const person of people) {
    const customerId = person.customer ? await customerOf(person) : undefined;
    for (const [index, said] of person.history.entries()) {
      const authorId = staff[items.length % staff.length] ?? '';
      items.push({
        minutesAgo: said.minutesAgo - said.arrivedMinutesLater,
        item: itemOf(person, index, customerId, authorId),
      });
    }
  }
  await writeQuickReplies();
  items.sort((a, b) => b.minutesAgo - a.minutesAgo);
  await createAppend({ write: (statement) => database.pool.query(statement) }).append({
    items: items.map(({ item }) => item),
  });
  for (const id of staff) await readAllButLatest(database, id);
}

async function writeQuickReplies(): Promise<void> {
  const { kysely } = database;
  if ((await listQuickReplies(kysely)).length > 0) return;
  for (const [shortcut, text] of Object.entries(QUICK_REPLIES)) await saveQuickReply(kysely, { shortcut, text });
}

async function staffMember(email: string, name: string): Promise<string> {
  const { kysely } = database;
  const known = await kysely.selectFrom('staff').select('id').where('email', '=', email).executeTakeFirst();
  if (known) return known.id;
  const role = email === config.firstAdmin?.email ? 'ADMIN' : 'MEMBER';
  const made = await createStaff(kysely, { email, name, role, password: config.firstAdmin?.password ?? '' });
  if (!made) throw new Error(`${email} was added by somebody else meanwhile`);
  return made.id;
}

async function customerOf(person: Person): Promise<string> {
  const { name, organization, email, phone } = person;
  const known = (await listCustomers(database.kysely, name, { first: 1 })).rows[0];
  if (known) return known.row.id;
  const contacts = [
    ...(phone ? [{ type: 'WHATSAPP' as const, value: `+${phone}` }] : []),
    ...(email ? [{ type: 'EMAIL' as const, value: email }] : []),
  ];
  const made = await createCustomer(database.kysely, { name, organization, contacts }, config.defaultCountry);
  if (made === 'NO_UNKNOWN_SENDER') throw new Error(`${name} was not made`);
  if ('problem' in made) throw new Error(`${name}: ${made.problem.field}: ${made.problem.message}`);
  return made.id;
}

function itemOf(person: Person, index: number, customerId: string | undefined, authorId: string): MessageItem {
  const { minutesAgo, from, type, text, arrivedMinutesLater, wamid, refersTo } = person.history[
    index
  ] as Person['history'][number];
  const at = new Date(Date.now() - minutesAgo * 60_000);
  const phone = person.waId ?? person.phone;
  const inbound = from === 'customer';
  const internal = type === 'NOTE';
  const onWhatsApp = type === 'WHATSAPP';
  return {
    kind: 'message',
    type,
    text,
    direction: internal ? 'INTERNAL' : inbound ? 'INBOUND' : 'OUTBOUND',
    status: inbound ? 'RECEIVED' : onWhatsApp ? 'READ' : 'SENT',
    spoken: !internal && refersTo?.kind !== 'REACTION',
    extMessageId: wamid,
    refersTo,
    occurredAt: at,
    loggedAt: new Date(at.getTime() + arrivedMinutesLater * 60_000),
    itemHash: wamid === undefined ? `demo:${phone ?? person.userId}:${index}` : undefined,
    // An inbound WhatsApp message finds its sender as any does; the rest is logged with the customer.
    ...(onWhatsApp && inbound
      ? { ...(person.userId && { userId: person.userId }), senderName: person.name }
      : { conversationId: customerId ?? `unknown:${phone ?? person.userId}` }),
    ...(onWhatsApp && phone && { phone }),
    ...(onWhatsApp && config.whatsapp.phoneNumberId && { businessNumberId: config.whatsapp.phoneNumberId }),
    ...(!inbound && { authorId }),
  };
}

async function readAllButLatest({ kysely }: Database, staffId: string): Promise<void> {
  const everything = await listConversations(kysely, {}, staffId, { businessNumberId: undefined }, { first: 200 });
  for (const { row } of everything.rows) {
    const { rows } = await sql<{ id: number }>`
      select id from comms_entry where conversation_id = ${row.id} and (
        not ${row.unanswered} or occurred_at < now() - make_interval(mins => ${UNREAD_MINUTES}))
      order by id desc limit 1`.execute(kysely);
    if (rows[0]) await markRead(kysely, staffId, row.id, rows[0].id);
  }
}

import { expect } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import type { Rules } from '../../simulator/whatsapp.ts';
import { type Customer, customerWith } from './customers.ts';
import { createDatabase } from './database.ts';
import { feedPosition } from './feed.ts';
import { freshNumber } from './meta.ts';
import { type OwnGraphApi, startGraphApi } from './own-graph-api.ts';
import { ACCESS_TOKEN, APP_SECRET, PHONE_NUMBER_ID, startServer, type TestServer, VERIFY_TOKEN } from './server.ts';
import { type GraphQLAnswer, signIn, type TestStaff } from './staff.ts';
import { subscribe } from './subscriber.ts';
import { test } from './test.ts';

/** `test` with a program and who answers it: a simulated WhatsApp (`sending`), or the test itself (`own`). Made once a file. */
export const sendingTest = test
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed.
  .extend('sending', { scope: 'file' }, async ({}, { onCleanup }) => {
    const sending = await startSending();
    onCleanup(() => sending[Symbol.asyncDispose]());
    return sending;
  })
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  .extend('own', { scope: 'file' }, async ({}, { onCleanup }) => {
    const own = await startAnsweredByTest();
    onCleanup(() => own[Symbol.asyncDispose]());
    return own;
  });

/** The program, the WhatsApp that it sends to and hears from, and the admin. */
export interface Sending extends AsyncDisposable {
  databaseUrl: string;
  whatsapp: Simulator;
  server: TestServer;
  staff: TestStaff;
}

export interface SendingOptions {
  databaseUrl?: string;
  env?: Record<string, string | undefined>;
  rules?: Partial<Rules>;
}

/** Without further rules this WhatsApp takes whatever goes to somebody whom it knows. */
export async function startSending(options: SendingOptions = {}): Promise<Sending> {
  const databaseUrl = options.databaseUrl ?? (await createDatabase());
  const whatsapp = await simulateGraphApi(options.rules);
  const server = await startServer({ databaseUrl, env: { WHATSAPP_API_URL: whatsapp.url, ...options.env } });
  whatsapp.webhookUrl = webhookOf(server);
  return {
    databaseUrl,
    whatsapp,
    server,
    staff: await signIn(server),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await whatsapp[Symbol.asyncDispose]();
    },
  };
}

/** The program, whose calls to WhatsApp the test answers. */
export interface AnsweredByTest extends AsyncDisposable {
  databaseUrl: string;
  api: OwnGraphApi;
  server: TestServer;
  staff: TestStaff;
}

export async function startAnsweredByTest(env: SendingOptions['env'] = {}): Promise<AnsweredByTest> {
  const databaseUrl = await createDatabase();
  const api = await startGraphApi();
  const server = await startServer({ databaseUrl, env: { WHATSAPP_API_URL: api.url, ...env } });
  return {
    databaseUrl,
    api,
    server,
    staff: await signIn(server),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
    },
  };
}

export function webhookOf(server: TestServer): string {
  return `${server.url}/api/crm/whatsapp/webhook`;
}

/** A simulated WhatsApp that has nobody to tell yet. */
export function simulateGraphApi(rules: Partial<Rules> = {}, port = 0): Promise<Simulator> {
  return startSimulator({
    port,
    wabaId: '102290129340398',
    phoneNumberId: PHONE_NUMBER_ID,
    displayPhoneNumber: '302100000000',
    webhookUrl: undefined,
    appSecret: APP_SECRET,
    accessToken: ACCESS_TOKEN,
    verifyToken: VERIFY_TOKEN,
    retryDelay: () => 100,
    rules: { window: 'off', pairLimit: false, sendsPerSecond: 10_000, ...rules },
  });
}

/** A customer whose number WhatsApp knows. */
export async function customerOnWhatsApp({ staff, whatsapp }: Pick<Sending, 'staff' | 'whatsapp'>): Promise<Recipient> {
  const number = freshNumber();
  whatsapp.person(number);
  const customer = await customerWith(staff, `Customer ${number}`, `+${number}`);
  return { customer, number, input: (message) => ({ customerId: customer.id, toPhone: `+${number}`, message }) };
}

export interface Recipient {
  customer: Customer;
  number: string;
  input(message: string): SendInput;
}

export interface SendInput {
  customerId: string;
  toPhone: string;
  message: string;
  idempotencyKey?: string;
  replyTo?: string;
}

export interface SentEntry {
  id: string;
  revision: number;
  customerId: string;
  type: string;
  direction: string;
  body: string;
  status: string;
  extMessageId: string | null;
  phone: string | null;
  recipientUserId: string | null;
  businessNumberId: string | null;
  occurredAt: string;
  loggedAt: string;
  idempotencyKey: string | null;
  author: { email: string } | null;
  failure: {
    code: string;
    message: string;
    next: string;
    details: string | null;
    retryable: boolean;
    needsAdmin: boolean;
  } | null;
  nextTryAt: string | null;
  statusTimes: { sent: string | null; delivered: string | null; read: string | null; failed: string | null };
}

const SENT_ENTRY = /* GraphQL */ `
  fragment SentEntry on CommsEntry {
    id revision customerId type direction body status extMessageId phone recipientUserId businessNumberId occurredAt
    loggedAt idempotencyKey author { email } failure { code message next details retryable needsAdmin } nextTryAt
    statusTimes { sent delivered read failed }
  }
`;

const SEND = `mutation Send($input: SendWhatsAppInput!) { sendWhatsApp(input: $input) { entry { ...SentEntry } } } ${SENT_ENTRY}`;
const RETRY = `mutation Retry($id: ID!) { retrySend(entryId: $id) { entry { ...SentEntry } } } ${SENT_ENTRY}`;
const SETTLE = `mutation Settle($id: ID!, $arrived: Boolean!) { settleSend(entryId: $id, arrived: $arrived) { entry { ...SentEntry } } } ${SENT_ENTRY}`;

/** The entry as sendWhatsApp answers with it. */
export async function send(staff: TestStaff, input: SendInput): Promise<SentEntry> {
  const data = await staff.ask<{ sendWhatsApp: { entry: SentEntry } }>(SEND, { input });
  return data.sendWhatsApp.entry;
}

/** Whatever sendWhatsApp answers. */
export function trySend(staff: TestStaff, input: Partial<SendInput>): Promise<GraphQLAnswer> {
  return staff.post(SEND, { input });
}

export async function retry(staff: TestStaff, id: string): Promise<SentEntry> {
  return (await staff.ask<{ retrySend: { entry: SentEntry } }>(RETRY, { id })).retrySend.entry;
}

export function tryRetry(staff: TestStaff, id: string): Promise<GraphQLAnswer> {
  return staff.post(RETRY, { id });
}

export async function settle(staff: TestStaff, id: string, arrived: boolean): Promise<SentEntry> {
  return (await staff.ask<{ settleSend: { entry: SentEntry } }>(SETTLE, { id, arrived })).settleSend.entry;
}

export function trySettle(staff: TestStaff, id: string, arrived: boolean): Promise<GraphQLAnswer> {
  return staff.post(SETTLE, { id, arrived });
}

/** The other door. A body that is no object goes as it is. */
export async function post(
  server: TestServer,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; json: Record<string, unknown> }> {
  const response = await fetch(`${server.url}/api/crm/whatsapp/send`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    json: (await response.json()) as Record<string, unknown>,
  };
}

/** Follows what is logged for one customer, or for everybody, from now on. */
export async function followSends(server: TestServer, staff: TestStaff, customerId?: string): Promise<FollowedSends> {
  const after = await feedPosition(staff);
  const query = `subscription Sends($after: String, $customerId: ID) {
    commsLogged(after: $after, customerId: $customerId) { position change entry { ...SentEntry } }
  } ${SENT_ENTRY}`;
  const subscriber = subscribe<{ commsLogged: SendStep }>(server, staff, query, { after, customerId });
  return {
    async until(matches) {
      const steps = await subscriber.until(({ commsLogged }) => matches(commsLogged.entry, commsLogged.change));
      return steps.map(({ commsLogged }) => commsLogged);
    },
    waiting: () => subscriber.waiting(),
    [Symbol.asyncDispose]: () => subscriber[Symbol.asyncDispose](),
  };
}

export interface FollowedSends extends AsyncDisposable {
  /** The steps up to and with the first that matches. */
  until(matches: (entry: SentEntry, change: string) => boolean): Promise<SendStep[]>;
  waiting(): number;
}

export interface SendStep {
  position: string;
  change: 'LOGGED' | 'UPDATED';
  entry: SentEntry;
}

/** One customer's or unknown sender's log of what was sent, newest first. */
export async function sentTo(staff: TestStaff, customerId: string): Promise<SentEntry[]> {
  const data = await staff.ask<{ customerComms: { nodes: SentEntry[] } }>(
    `query Sent($id: ID!) { customerComms(customerId: $id, first: 200) { nodes { ...SentEntry } } } ${SENT_ENTRY}`,
    { id: customerId },
  );
  return data.customerComms.nodes.filter(({ direction }) => direction === 'OUTBOUND');
}

export async function onlySentTo(staff: TestStaff, customerId: string): Promise<SentEntry> {
  const sent = await sentTo(staff, customerId);
  expect(sent).toHaveLength(1);
  return sent[0] as SentEntry;
}

export interface ChannelNow {
  sending: string;
  reason: string | null;
  queued: number;
}

export async function channelNow(staff: TestStaff): Promise<ChannelNow> {
  return (await staff.ask<{ channel: ChannelNow }>('query Channel { channel { sending reason queued } }')).channel;
}

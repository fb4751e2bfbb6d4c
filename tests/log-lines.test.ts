import { expect } from 'vitest';
import { createCustomer, customerWith } from './harness/customers.ts';
import { query } from './harness/database.ts';
import { follow } from './harness/feed.ts';
import { deliver, freshNumber, postWebhook, said, statusWebhook, text, webhook } from './harness/meta.ts';
import { openRawSocket } from './harness/raw-socket.ts';
import { ACCESS_TOKEN, ADMIN, APP_SECRET, startServer, VERIFY_TOKEN } from './harness/server.ts';
import { postGraphQL, signIn } from './harness/staff.ts';
import { signInMember } from './harness/team.ts';
import { test } from './harness/test.ts';

const WEBHOOK = '/api/crm/whatsapp/webhook';
const PRIVATE = 'a-very-private-matter';

test('no line of the log holds a token, a password, what somebody wrote, or a full number', async ({ databaseUrl }) => {
  await using server = await startServer({
    databaseUrl,
    env: { LOG_LEVEL: 'trace', METRICS_TOKEN: 'metrics-token-of-the-tests' },
  });
  const staff = await signIn(server);
  const member = await signInMember(server, staff);
  const { authorization } = staff;
  const [from, known] = [freshNumber(), freshNumber()];
  const json = { 'content-type': 'application/json' };
  const get = (path: string, headers = {}) => fetch(server.url + path, { headers });

  // What Meta sends: good, with a wrong signature, not understood, not to be stored, faulty in every way.
  const name = `${PRIVATE} Person`;
  await deliver(
    server,
    text(from, PRIVATE, { name }),
    text(known, `${PRIVATE}\u0000\ud800`),
    said(from, PRIVATE, { from }),
  );
  await postWebhook(server, webhook(text(from, PRIVATE)), { secret: 'another' });
  await postWebhook(server, `{"${PRIVATE}": "${from}"`);
  await postWebhook(server, {
    entry: [{ changes: [{ field: 'messages', value: { messages: [{ text: { body: PRIVATE } }] } }] }],
  });
  await deliver(
    server,
    text(from, PRIVATE, { id: `wamid.${from}.${crypto.getRandomValues(new Uint8Array(5_000)).join('')}` }),
  );
  await postWebhook(
    server,
    statusWebhook({
      id: `${PRIVATE}-${from}`,
      status: 'failed',
      recipient_id: from,
      errors: [{ code: 1, title: PRIVATE }],
    }),
  );
  await postWebhook(server, Buffer.alloc(5 * 1024 * 1024, PRIVATE)).catch(() => undefined);
  await get(`${WEBHOOK}?hub.mode=subscribe&hub.challenge=${from}&hub.verify_token=${VERIFY_TOKEN}`);
  await get(`${WEBHOOK}?hub.mode=subscribe&hub.challenge=${from}&hub.verify_token=${PRIVATE}`);

  // Staff: at every door, rightly and wrongly.
  await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email: ADMIN.email, password: PRIVATE }),
  });
  await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: json,
    body: `{"password": "${PRIVATE}"`,
  });
  await get(`/customers/unknown:${from}/comms?q=${PRIVATE}`, { accept: 'text/html' });
  await get(`/${PRIVATE}/${from}`);
  await get(`/metrics`, { authorization: 'Bearer metrics-token-of-the-tests' });
  await get(`/metrics`, { authorization: `Bearer ${PRIVATE}` });
  await get(`/graphql?query=${encodeURIComponent(`{ customers(search: "${PRIVATE} ${from}") { nodes { id } } }`)}`, {
    authorization,
    ...json,
  });
  await postGraphQL(server, { query: '{ me { id } }' }, { authorization: `Bearer ${PRIVATE}` });
  await postGraphQL(
    server,
    { query: '{ me { id } }' },
    { authorization, origin: `https://${PRIVATE}.example`, cookie: `a=${PRIVATE}` },
  );
  const customer = await customerWith(staff, name, known);
  await createCustomer(staff, {
    name,
    organization: PRIVATE,
    contacts: [{ type: 'PHONE', value: freshNumber(), label: PRIVATE }],
  });
  await staff.post(`{ inbox(filter: { search: "${PRIVATE} ${from}" }) { nodes { id body customer { name } } } }`);
  await staff.post(`{ ${from.replace(/^/, 'a')} }`);
  await staff.post('query X($id: ID!) { customerComms(customerId: $id) { nodes { id } } }', {
    id: `${PRIVATE}\u0000${from}`,
  });
  const SEND = 'mutation X($input: SendWhatsAppInput!) { sendWhatsApp(input: $input) { entry { id } } }';
  await staff.post(SEND, { input: { customerId: customer.id, toPhone: `${known}x`, message: PRIVATE } });
  await staff.post('mutation X($id: ID!) { rerunParked(id: $id) { logged } }', { id: '1' });
  await member.post('mutation X($input: AddStaffInput!) { addStaff(input: $input) { oneTimePassword } }', {
    input: { email: `${PRIVATE}@example.com`, name },
  });
  await fetch(`${server.url}/api/crm/whatsapp/send`, {
    method: 'POST',
    headers: { ...json, authorization },
    body: JSON.stringify({ customer_id: `unknown:${from}`, to_phone: `${from}9`, message: PRIVATE }),
  });
  {
    await using _feed = await follow(server, staff);
    using socket = await openRawSocket(server);
    socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${PRIVATE}` } });
    await socket.closed;
    using odd = await openRawSocket(server);
    odd.send(`${PRIVATE} ${from}`);
    await odd.closed;
  }

  // Faults of the database, whose errors quote what they were given.
  await query(databaseUrl, `alter table customer add constraint never check (name not like '%${PRIVATE}%') not valid`);
  const CREATE = 'mutation X($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }';
  const failed = await staff.post(CREATE, { input: { name, contacts: [{ type: 'PHONE', value: freshNumber() }] } });
  expect(failed.errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
  await query(databaseUrl, 'alter table customer drop constraint never');
  await query(databaseUrl, 'alter table webhook_body rename to gone');
  expect((await postWebhook(server, webhook(text(from, PRIVATE)))).status).toBe(500);
  await query(databaseUrl, 'alter table gone rename to webhook_body');

  const lines = server.output.join('\n');
  expect(lines).toContain('a GraphQL field failed');
  expect(lines).toContain('parts of a webhook');
  expect(lines).toContain('"level":20');
  const tokens = [authorization, member.authorization].flatMap((bearer) => bearer.slice('Bearer '.length).split('.'));
  const secrets = [
    APP_SECRET,
    VERIFY_TOKEN,
    ACCESS_TOKEN,
    ADMIN.password,
    member.account.password,
    'metrics-token-of-the-tests',
  ];
  for (const hidden of [...tokens, ...secrets, PRIVATE, from, known, from.slice(2), known.slice(2), ADMIN.email]) {
    expect(lines).not.toContain(hidden);
  }
});

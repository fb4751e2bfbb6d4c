import { expect } from 'vitest';
import { createCustomer } from './harness/customers.ts';
import { markRead, newestId } from './harness/day-work.ts';
import { deliver, freshNumber, text } from './harness/meta.ts';
import { type Sending, send, startSending } from './harness/sending.ts';
import { signInMember } from './harness/team.ts';
import { test } from './harness/test.ts';

test('where the company wants it, customers see that what they wrote was read, once, whoever reads it', async () => {
  await using sending = await startSending({ env: { WHATSAPP_READ_RECEIPTS: 'true' } });
  const { server, staff, whatsapp } = sending;
  const member = await signInMember(server, staff);
  const number = freshNumber();
  const person = whatsapp.person(number);
  await person.says('text', { body: 'one' });
  await person.says('text', { body: 'two' });
  const id = `unknown:${number}`;
  await markRead(staff, id, await newestId(staff, id));
  await expect.poll(() => person.chat.map(({ state }) => state)).toEqual(['read', 'read']);

  await markRead(member, id, await newestId(member, id));
  await person.says('text', { body: 'three' });
  await markRead(member, id, await newestId(member, id));
  await expect.poll(() => person.chat.at(-1)?.state).toBe('read');
  expect(reads(sending)).toHaveLength(2);
});

test('what can’t be told of one number keeps nobody else from being told', async () => {
  await using sending = await startSending({ env: { WHATSAPP_READ_RECEIPTS: 'true' } });
  const { server, staff, whatsapp } = sending;
  const [first, known, last] = [freshNumber(), freshNumber(), freshNumber()];
  const contacts = [first, known, last].map((number) => ({ type: 'PHONE' as const, value: `+${number}` }));
  const customer = await createCustomer(staff, { name: 'Of three numbers', contacts });
  const person = whatsapp.person(known);
  // Of these two the simulated WhatsApp knows nothing.
  await deliver(server, text(first, 'one'));
  await person.says('text', { body: 'two' });
  await deliver(server, text(last, 'three'));
  await markRead(staff, customer.id, await newestId(staff, customer.id));
  await expect.poll(() => person.chat.at(-1)?.state).toBe('read');
  expect(reads(sending)).toHaveLength(3);
});

test('where it doesn’t, WhatsApp is told nothing of who read what', async () => {
  await using sending = await startSending();
  const { staff, whatsapp } = sending;
  const number = freshNumber();
  const person = whatsapp.person(number);
  await person.says('text', { body: 'hello' });
  const id = `unknown:${number}`;
  await markRead(staff, id, await newestId(staff, id));
  await send(staff, { customerId: id, toPhone: `+${number}`, message: 'Hello' });
  expect(reads(sending)).toEqual([]);
});

const reads = ({ whatsapp }: Sending) => whatsapp.calls.filter(({ kind }) => kind === 'read');

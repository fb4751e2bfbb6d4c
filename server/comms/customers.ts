import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { DB } from '../db/schema.generated.ts';
import { type Page, type PageRequest, readCursor, toPage } from './page.ts';
import { readTypedNumber } from './phone-number.ts';
import { searchPatterns, searchText } from './search-text.ts';
import { isStorable, storableText } from './storable-text.ts';

export type Customer = {
  id: string;
  revision: number;
  name: string;
  organization: string | null;
  sortName: string;
  createdAt: Date;
  contacts: Contact[];
};

/** A way to reach a customer; `digits` (E.164) where it is a number. */
export type Contact = { id: number; type: ContactType; value: string; label: string | null; digits: string | null };
export type ContactType = 'PHONE' | 'WHATSAPP' | 'EMAIL';

export type CustomerInput = {
  name: string;
  organization?: string | null | undefined;
  contacts: readonly ContactInput[];
};

type ContactInput = {
  /** Which one of a customer's it replaces. */
  id?: string | null | undefined;
  type: ContactType;
  value: string;
  label?: string | null | undefined;
};

/** What is wrong with an input, and what to do about it. `field` is the path below the input. */
export type InputProblem = { field: string; message: string };

/**
 * Makes a customer, who takes over the history of the unknown sender `from`, and of those with one of the numbers.
 * `staffId`: by whose decision.
 */
export async function createCustomer(
  db: Kysely<DB>,
  input: CustomerInput,
  defaultCountry: string,
  { staffId = null, from = null }: { staffId?: string | null; from?: string | null | undefined } = {},
): Promise<{ id: string } | { problem: InputProblem } | 'NO_UNKNOWN_SENDER'> {
  const judged = judgeCustomer(input, defaultCountry);
  if ('problem' in judged) return judged;
  const { name, organization, contacts } = judged;
  if (from && !isStorable(from)) return 'NO_UNKNOWN_SENDER';
  const { rows } = await sql<{ id: string | null }>`
    select create_customer(${name}, ${organization}, ${searchText(name)}, ${searchTextOf(judged)},
      ${JSON.stringify(contacts)}, ${staffId}, ${from}) as id`.execute(db);
  const id = rows[0]?.id;
  return id ? { id } : 'NO_UNKNOWN_SENDER';
}

/** Changes what is given of a customer; contacts, where given, are all that remain. */
export async function updateCustomer(
  db: Kysely<DB>,
  { id, ...changes }: { id: string } & { [Field in keyof CustomerInput]?: CustomerInput[Field] | null | undefined },
  defaultCountry: string,
  staffId: string,
): Promise<{ id: string } | { problem: InputProblem } | 'NO_CUSTOMER'> {
  if (!isStorable(id)) return 'NO_CUSTOMER';
  // Somebody else may change it meanwhile: then it is judged again, by what they made of it.
  for (;;) {
    const [before] = await customersByIds(db, [id]);
    if (!before) return 'NO_CUSTOMER';
    const judged = judgeCustomer(
      {
        name: changes.name ?? before.name,
        organization: changes.organization === undefined ? before.organization : changes.organization,
        contacts: changes.contacts ?? before.contacts.map((contact) => ({ ...contact, id: String(contact.id) })),
      },
      defaultCountry,
      before.contacts,
    );
    if ('problem' in judged) return judged;
    const { name, organization, contacts } = judged;
    const { rows } = await sql<{ changed: boolean }>`
      select update_customer(${id}, ${name}, ${organization}, ${searchText(name)}, ${searchTextOf(judged)},
        ${changes.contacts ? JSON.stringify(contacts) : null}::jsonb, ${staffId}, ${before.revision}) as changed`.execute(
      db,
    );
    if (rows[0]?.changed) return { id };
  }
}

/** Customers by name. */
export async function listCustomers(
  db: Kysely<DB>,
  search: string | null | undefined,
  request: PageRequest,
): Promise<Page<Customer>> {
  const conditions = searchPatterns(search ?? '').map((pattern) => sql`c.search_text like ${pattern}`);
  if (request.after !== undefined) {
    const [sortName, id] = readCursor(request.after, '', '');
    conditions.push(sql`(c.sort_name, c.id) > (${sortName}, ${id})`);
  }
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  const { rows } = await sql<Customer>`
    ${selectCustomers} ${where} order by c.sort_name, c.id limit ${request.first + 1}`.execute(db);
  return toPage(request, rows, 0, (row) => [row.sortName, row.id]);
}

/** The customers with these ids, in any order. */
export async function customersByIds(db: Kysely<DB>, ids: readonly string[]): Promise<Customer[]> {
  const { rows } = await sql<Customer>`${selectCustomers} where c.id = any (${ids})`.execute(db);
  return rows;
}

const selectCustomers = sql`
  select c.id, c.revision, c.name, c.organization, c.sort_name, c.created_at, coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', p.id, 'type', p.type, 'value', p.value, 'label', p.label, 'digits', p.digits) order by p.id)
    from contact p where p.customer_id = c.id), '[]') as contacts
  from customer c`;

type JudgedContact = {
  id: number | null;
  type: ContactType;
  value: string;
  label: string | null;
  digits: string | null;
  phone_key: string | null;
};
type JudgedCustomer = { name: string; organization: string | null; contacts: JudgedContact[] };

function searchTextOf({ name, organization, contacts }: JudgedCustomer): string {
  return searchText(name, organization, ...contacts.flatMap(({ value, digits }) => [value, digits]));
}

function judgeCustomer(
  input: CustomerInput,
  defaultCountry: string,
  present: readonly Contact[] = [],
): JudgedCustomer | { problem: InputProblem } {
  const name = storableText(input.name).trim();
  if (name === '') return problem('name', 'A customer needs a name: write one.');
  if (name.length > 200) return problem('name', 'A name has at most 200 characters: shorten it.');
  const organization = storableText(input.organization ?? '').trim() || null;
  if ((organization?.length ?? 0) > 200) {
    return problem('organization', 'An organisation has at most 200 characters: shorten it.');
  }
  if (input.contacts.length > 50) return problem('contacts', 'A customer has at most 50 contacts: leave some out.');

  const contacts: JudgedContact[] = [];
  for (const [index, { id: givenId, type, value: typed, label: typedLabel }] of input.contacts.entries()) {
    const id = givenId ? (present.find((contact) => String(contact.id) === givenId)?.id ?? null) : null;
    if (givenId && id === null) {
      return problem(
        `contacts.${index}.id`,
        'This customer has no such contact (any more): leave the id out to add it.',
      );
    }
    const value = storableText(typed).trim();
    const label = storableText(typedLabel ?? '').trim() || null;
    if ((label?.length ?? 0) > 100) {
      return problem(`contacts.${index}.label`, 'A label has at most 100 characters: shorten it.');
    }
    if (type === 'EMAIL') {
      if (!z.email().max(254).safeParse(value).success) {
        return problem(`contacts.${index}.value`, 'This is no e-mail address: write one like maria@example.com.');
      }
      contacts.push({ id, type, value, label, digits: null, phone_key: null });
    } else {
      const number = value.length <= 100 ? readTypedNumber(value, defaultCountry) : undefined;
      if (!number) {
        return problem(
          `contacts.${index}.value`,
          'This is no phone number: write it with its country code, such as +30 697 401 5758.',
        );
      }
      contacts.push({ id, type, value, label, digits: number.digits, phone_key: number.key });
    }
  }
  return { name, organization, contacts };
}

function problem(field: string, message: string): { problem: InputProblem } {
  return { problem: { field, message } };
}

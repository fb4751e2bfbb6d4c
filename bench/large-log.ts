import pg from 'pg';
import { searchText } from '../server/comms/search-text.ts';

const CUSTOMERS = 200_000;
/** Of eleven people one is unknown. */
const PEOPLE = (CUSTOMERS / 10) * 11;
const CHUNK = 250_000;

/** What people write. The first word of each comes in so many entries that no index of words is of any help. */
const PHRASES = [
  'order: when will it come?',
  'order: has it been sent already?',
  'order: the wrong colour came, what can I do?',
  'order: can I change the address?',
  'παραγγελία: πότε θα έρθει;',
  'παραγγελία: ευχαριστώ πολύ!',
  'Thank you very much, that was quick.',
  'Good morning, are you open on Saturday?',
  'Καλημέρα, ως πότε είστε ανοιχτά;',
  'Yes, please.',
  'Could somebody call me back this afternoon?',
  'It arrived yesterday, all is well.',
  'What does delivery to the islands cost?',
  'We have sent it today, you get a message when it is near.',
  'The blue one is out of stock until next week.',
  'Εντάξει, θα περάσω αύριο το πρωί.',
];
const SELDOM = 'refund, the parcel was damaged';
const FIRST_NAMES = ['Maria', 'Eleni', 'Katerina', 'Sofia', 'Anna', 'Giorgos', 'Dimitris', 'Nikos', 'Yannis', 'Kostas'];
const LAST_NAMES = Array.from('ABCDEFGHIKLMNOPRSTUV', (letter) =>
  ['adakis', 'elidis', 'inopoulos', 'oudis', 'eriotis'].map((end) => `${letter}${end}`),
).flat();

/**
 * Fills a database whose tables are empty but for the staff with a log of a year: 200,000 customers and a tenth as many
 * unknown senders, of whom some write much and most little. Straight into the tables, whose indexes are made afterwards.
 */
export async function fillLog(databaseUrl: string, entries: number, tell: (what: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`set synchronous_commit = off; set maintenance_work_mem = '1GB'; set work_mem = '256MB'`);
  // Row by row each of these costs more than all at once.
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(INDEXES, [TABLES]);
  const { rows: foreignKeys } = await client.query<ForeignKey>(FOREIGN_KEYS, [TABLES]);
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  for (const { at, name } of foreignKeys) await client.query(`alter table ${at} drop constraint ${name}`);
  for (const table of TABLES) await client.query(`alter table ${table} disable trigger user`);

  const phrases = [...PHRASES, SELDOM];
  const texts = [phrases, phrases.map((phrase) => searchText(phrase))];
  await client.query('select setseed(0.42)');
  for (let done = 0; done < entries; done += CHUNK) {
    tell(`${Math.round((done / entries) * 100)} % of the entries`);
    await client.query(ENTRIES, [done + 1, Math.min(done + CHUNK, entries), entries, ...texts]);
  }
  tell('the people');
  await client.query('analyze comms_entry');
  await client.query(PEOPLE_OF_LOG, [FIRST_NAMES, LAST_NAMES]);
  for (const statement of REST) await client.query(statement);
  for (const { name, definition } of indexes) {
    tell(name);
    await client.query(definition);
  }
  tell('the foreign keys');
  for (const { at, name, definition } of foreignKeys) {
    await client.query(`alter table ${at} add constraint ${name} ${definition}`);
  }
  for (const table of TABLES) await client.query(`alter table ${table} enable trigger user`);
  tell('the statistics');
  await client.query('vacuum analyze');
  await client.end();
}

const TABLES = [
  'comms_entry',
  'entry_search',
  'customer',
  'contact',
  'conversation',
  'conversation_search',
  'conversation_type',
  'sender',
  'sender_identifier',
  'customer_service_window',
  'read_mark',
];

type ForeignKey = { at: string; name: string; definition: string };

const FOREIGN_KEYS = /* sql */ `
select conrelid::regclass::text as at, conname as name, pg_get_constraintdef(oid) as definition
from pg_constraint where contype = 'f' and conrelid = any ($1::regclass[])`;

const INDEXES = /* sql */ `
select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
from pg_index i
where i.indrelid = any ($1::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`;

/** The id of a person's conversation, and their number. */
const CONVERSATION_OF = /* sql */ `case when person % 11 = 0
  then 'unknown:30693' || 1000000 + person else md5('customer ' || person)::uuid::text end`;
const PHONE_OF = `'30693' || 1000000 + person`;

const ENTRIES = /* sql */ `
with said as materialized (
  select n as id, 1 + floor(${PEOPLE} * power(random(), 2))::integer as person, random() as kind,
    case when random() < 0.00005 then cardinality($4::text[])
      else 1 + floor(random() * (cardinality($4::text[]) - 1))::integer end as phrase,
    case when random() < 0.2 then ' no. ' || 100000000 + n else '' end as ending,
    now() - interval '1 year' * (1 - n / $3::float8) as at
  from generate_series($1::bigint, $2::bigint) n
), entry as (
  insert into comms_entry (id, conversation_id, sender_id, type, direction, body, status, ext_message_id, phone, sender_name,
    business_number_id, occurred_at, logged_at, author_id, spoken, sent_at, delivered_at, read_at, failed_at, failure_code)
  select id, ${CONVERSATION_OF}, case when kind < 0.6 then person end,
    case when kind < 0.95 then 'WHATSAPP' when kind < 0.98 then 'NOTE' else 'CALL' end,
    case when kind < 0.6 then 'INBOUND' when kind < 0.95 or kind > 0.98 then 'OUTBOUND' else 'INTERNAL' end,
    ($4::text[])[phrase] || ending,
    case when kind < 0.6 then 'RECEIVED' when kind < 0.94 then 'READ' when kind < 0.95 then 'FAILED' else 'SENT' end,
    case when kind < 0.95 then 'wamid.' || 100000000 + id end, ${PHONE_OF}, case when kind < 0.6 then 'Somebody' end,
    case when kind < 0.95 then '106540352242922' end, at, at, case when kind > 0.6 then (select min(id) from staff) end,
    kind < 0.95 or kind > 0.98,
    case when kind between 0.6 and 0.94 then at end, case when kind between 0.6 and 0.94 then at end,
    case when kind between 0.6 and 0.94 then at end, case when kind between 0.94 and 0.95 then at end,
    case when kind between 0.94 and 0.95 then '131026' end
  from said
)
insert into entry_search (entry_id, search_text) select id, ($5::text[])[phrase] || ending from said`;

const PEOPLE_OF_LOG = /* sql */ `
with person as materialized (
  select person, ${CONVERSATION_OF} as id, ${PHONE_OF} as phone, person % 11 = 0 as is_unknown,
    ($1::text[])[1 + person % cardinality($1::text[])] || ' ' || ($2::text[])[1 + person * 7 % cardinality($2::text[])] as name
  from generate_series(1, ${PEOPLE}) person
), customer as (
  insert into customer (id, name, organization, sort_name, search_text, created_at)
  select id, name, 'Company ' || person % 5000, lower(name),
    lower(name) || ' company ' || person % 5000 || ' ' || phone, now() - interval '2 years'
  from person where not is_unknown
), contact as (
  insert into contact (customer_id, type, value, digits, phone_key)
  select id, 'WHATSAPP', '+' || phone, phone, phone from person where not is_unknown
), talk as (
  select conversation_id, max(id) as newest, count(*) filter (where direction = 'INBOUND') as inbound
  from comms_entry group by conversation_id
), conversation as (
  insert into conversation (id, customer_id, sender_name, phone, last_entry_id, last_occurred_at, last_activity_at,
    unanswered, failed, inbound_count, search_text)
  select p.id, case when not p.is_unknown then p.id end, case when p.is_unknown then p.name end, p.phone, e.id,
    e.occurred_at, coalesce(e.logged_at, now() - interval '2 years'), coalesce(e.direction = 'INBOUND', false),
    coalesce(e.status = 'FAILED', false), coalesce(t.inbound, 0), lower(p.name) || ' ' || p.phone
  from person p left join talk t on t.conversation_id = p.id left join comms_entry e on e.id = t.newest
), conversation_search as (
  insert into conversation_search (conversation_id, search_text) select id, lower(name) || ' ' || phone from person
), sender as (
  insert into sender (id, unknown_id, conversation_id, phone, profile_name) overriding system value
  select person, 'unknown:' || phone, id, phone, name from person
)
insert into sender_identifier (identifier, sender_id) select 'phone:' || phone, person from person`;

/** Of twenty conversations somebody has not read one to its end. */
const REST = [
  `select setval(pg_get_serial_sequence('sender', 'id'), max(id)) from sender`,
  `insert into conversation_type (type, conversation_id) select distinct type, conversation_id from comms_entry`,
  `insert into customer_service_window (sender_id, business_number_id, last_message_at)
  select s.id, '106540352242922', c.last_activity_at from sender s join conversation c on c.id = s.conversation_id`,
  `insert into read_mark (staff_id, conversation_id, up_to_entry_id, read_count, behind)
  select staff.id, c.id, c.last_entry_id - (hashtext(c.id) % 20 = 0)::integer,
    c.inbound_count - (hashtext(c.id) % 20 = 0 and c.unanswered)::integer, hashtext(c.id) % 20 = 0 and c.unanswered
  from staff cross join conversation c where c.inbound_count > 0`,
  `update feed_head set position = newest, comms_position = newest, inbox_position = newest
  from (select max(id) as newest from comms_entry) entry`,
  'update settled_head set position = feed_head.position from feed_head',
];

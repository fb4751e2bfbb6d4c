import { type Kysely, sql } from 'kysely';

/** What staff put right: a customer's name and contact points, and whose an unknown sender's history is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [adopting, customers, linking]) await sql.raw(statement).execute(db);
}

const adopting = /* sql */ `
-- Gives a customer the history of unknown senders with these numbers, where no other customer has the number.
create function adopt_unknown(adopter text, phone_keys text[], head bigint) returns bigint language plpgsql as $$
declare
  unknown text;
begin
  for unknown in
    select distinct s.conversation_id from unnest(phone_keys) k (phone_key)
    join sender_identifier i on i.identifier = 'phone:' || k.phone_key
    join sender s on s.id = i.sender_id
    join conversation v on v.id = s.conversation_id and v.customer_id is null
    where not exists (select from contact other where other.phone_key = k.phone_key and other.customer_id <> adopter)
  loop
    head := move_conversation(unknown, adopter, head);
  end loop;
  return head;
end $$;
`;

const customers = /* sql */ `
/*
 * Changes a customer. contacts: null leaves them alone, else [{ id, type, value, label, digits, phone_key }] is all
 * that remains; without id it is a new one. Numbers that are new bring unknown senders' histories along.
 */
create function update_customer(
  wanted text, new_name text, new_organization text, new_sort_name text, new_search_text text, contacts jsonb
) returns void language plpgsql as $$
declare
  head bigint := lock_feed();
  keys_before text[] := array(select phone_key from contact where customer_id = wanted and phone_key is not null);
begin
  update customer set revision = revision + 1, name = new_name, organization = new_organization,
    sort_name = new_sort_name, search_text = new_search_text where id = wanted;
  if not found then return; end if;

  if contacts is not null then
    delete from contact c where c.customer_id = wanted and not exists (
      select from jsonb_to_recordset(contacts) as k (id bigint) where k.id = c.id);
    update contact c set type = k.type, value = k.value, label = k.label, digits = k.digits, phone_key = k.phone_key
      from jsonb_to_recordset(contacts) as k (
        id bigint, type text, value text, label text, digits text, phone_key text)
      where c.id = k.id and c.customer_id = wanted;
    insert into contact (customer_id, type, value, label, digits, phone_key)
      select wanted, k.type, k.value, k.label, k.digits, k.phone_key
      from jsonb_to_recordset(contacts) as k (
        id bigint, type text, value text, label text, digits text, phone_key text)
      where k.id is null;
  end if;

  update conversation set revision = revision + 1 where id = wanted;
  insert into comms_feed (position, subject, change, subject_id) values
    (head + 1, 'customer', 'UPDATED', wanted), (head + 2, 'conversation', 'UPDATED', wanted);
  perform adopt_unknown(wanted, array(
    select c.phone_key from contact c
    where c.customer_id = wanted and c.phone_key is not null and c.phone_key <> all (keys_before)), head + 2);
  perform advance_feed();
end $$;
`;

const linking = /* sql */ `
-- Gives an unknown sender's history to a customer, by somebody's decision.
create function link_conversation(unknown text, to_customer text) returns void language plpgsql as $$
declare
  head bigint := lock_feed();
begin
  if exists (select from conversation where id = unknown and customer_id is null and moved_to is null)
    and exists (select from customer where id = to_customer) then
    perform move_conversation(unknown, to_customer, head);
    perform advance_feed();
  end if;
end $$;
`;

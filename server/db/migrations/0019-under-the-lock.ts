import { type Kysely, sql } from 'kysely';

/**
 * Changes a customer only as they were judged, which was before the lock of the feed was had; and adds somebody to the
 * staff in one statement, so that no process has that lock while it may be stopped.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [customers, people]) await sql.raw(statement).execute(db);
}

const customers = /* sql */ `
drop function update_customer(text, text, text, text, text, jsonb, text);
/*
 * As before, but only the customer as judged: false, and nothing is changed, where that has another revision by now, or
 * is gone. Without a revision (the older version): whatever it has.
 */
create function update_customer(
  wanted text, new_name text, new_organization text, new_sort_name text, new_search_text text, contacts jsonb,
  by_staff text default null, judged_revision integer default null
) returns boolean language plpgsql as $$
declare
  head bigint := lock_feed();
  keys_before text[] := array(select phone_key from contact where customer_id = wanted and phone_key is not null);
begin
  update customer set revision = revision + 1, name = new_name, organization = new_organization,
    sort_name = new_sort_name, search_text = new_search_text
  where id = wanted and revision = coalesce(judged_revision, revision);
  if not found then return false; end if;

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
    where c.customer_id = wanted and c.phone_key is not null and c.phone_key <> all (keys_before)), by_staff, false);
  perform advance_feed();
  return true;
end $$;
`;

const people = /* sql */ `
/*
 * Makes somebody new, who signs in with a password, and gives their id. Null where somebody has the address, or, of who
 * is to be the first, where there is anybody.
 */
create function add_staff(
  new_name text, new_email text, new_role text, password_hash text, is_one_time boolean, is_first boolean
) returns text language plpgsql as $$
declare
  made text;
begin
  if is_first then
    lock table staff in share row exclusive mode;
    if exists (select from staff) then return null; end if;
  end if;
  insert into staff (id, name, email, role, must_change_password)
    values (gen_random_uuid()::text, new_name, new_email, new_role, is_one_time)
    on conflict (email) do nothing returning id into made;
  if made is null then return null; end if;
  insert into staff_account (id, user_id, account_id, provider_id, password)
    values (gen_random_uuid()::text, made, made, 'credential', password_hash);
  perform mark_everything_read(made);
  return made;
end $$;
`;

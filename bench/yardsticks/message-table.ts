/** The table of the straightforward implementation, which the inserts without a server go to as well. */
export const messageTable = `
  create table if not exists message (
    id bigserial primary key,
    customer_id text not null,
    type text not null,
    direction text not null,
    body text not null,
    status text not null,
    ext_message_id text unique,
    phone text,
    sender_name text,
    occurred_at timestamptz not null,
    logged_at timestamptz not null default now()
  );
  create index if not exists message_of_customer on message (customer_id, occurred_at desc)`;

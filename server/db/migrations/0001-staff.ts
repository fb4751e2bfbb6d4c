import { type Kysely, sql } from 'kysely';

/**
 * Staff, their sessions and passwords, in the shape that better-auth reads and writes; and what sign-in limits
 * guessing by.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table staff (
      id text primary key,
      name text not null,
      email text not null unique check (email = lower(email)),
      email_verified boolean not null default false,
      image text,
      role text not null check (role in ('ADMIN', 'MEMBER')),
      must_change_password boolean not null default false,
      banned boolean not null default false,
      ban_reason text,
      ban_expires timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )
  `.execute(db);
  await sql`comment on table staff is 'Never deleted, since the log names them: who leaves is deactivated (banned).'`.execute(
    db,
  );

  await sql`
    create table staff_session (
      id text primary key,
      token text not null unique,
      user_id text not null references staff,
      expires_at timestamptz not null,
      ip_address text,
      user_agent text,
      impersonated_by text references staff,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )
  `.execute(db);
  await sql`create index on staff_session (user_id)`.execute(db);
  await sql`create index on staff_session (expires_at)`.execute(db);

  await sql`
    create table staff_account (
      id text primary key,
      user_id text not null references staff,
      account_id text not null,
      provider_id text not null,
      password text,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (provider_id, account_id)
    )
  `.execute(db);
  await sql`create index on staff_account (user_id)`.execute(db);

  await sql`
    create table staff_verification (
      id text primary key,
      identifier text not null,
      value text not null,
      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )
  `.execute(db);
  await sql`create index on staff_verification (identifier)`.execute(db);

  await sql`
    create table sign_in_attempt (
      key text primary key,
      failures integer not null,
      expires_at timestamptz not null
    )
  `.execute(db);
  await sql`
    comment on table sign_in_attempt is
    'Failed sign-ins by address, and by account and address, until the window ends. Keys are hashes.'
  `.execute(db);
  await sql`create index on sign_in_attempt (expires_at)`.execute(db);
}

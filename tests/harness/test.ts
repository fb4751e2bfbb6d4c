import { test as base } from 'vitest';
import { createDatabase } from './database.ts';
import { startServer } from './server.ts';
import { signIn } from './staff.ts';

/** `test` with what nearly every file needs, made once a file: a database, the program on it, the admin signed in. */
export const test = base
  .extend('databaseUrl', { scope: 'file' }, () => createDatabase())
  .extend('server', { scope: 'file' }, async ({ databaseUrl }, { onCleanup }) => {
    const server = await startServer({ databaseUrl });
    onCleanup(() => server[Symbol.asyncDispose]());
    return server;
  })
  .extend('staff', { scope: 'file' }, ({ server }) => signIn(server));

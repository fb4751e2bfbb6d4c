import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Config, ConfigError, readConfig } from '../config.ts';
import type { Database } from '../db/database.ts';
import { openDatabase } from '../db/open-database.ts';
import { databaseName, openCluster } from '../db/postgres-cluster.ts';
import { findPostmaster } from '../db/postmaster.ts';
import { createLogger, type Logger } from '../ops/logging.ts';
import { oneTimePassword } from './one-time-password.ts';
import { createStaff, hasActiveAdmin, resetPassword, setActive, staffByEmail } from './staff-accounts.ts';

const USAGE = `npm run staff -- add EMAIL [--name NAME] [--admin]
npm run staff -- reset EMAIL         a new password, sessions end; who was deactivated is back
npm run staff -- deactivate EMAIL    no sign-in any more, sessions end`;

class Mistake extends Error {}

try {
  console.log(await run(process.argv.slice(2), readConfig(process.env)));
} catch (error) {
  if (!(error instanceof Mistake) && !(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Does what is asked for, on the database that `npm start` would open, and says what has become of it. */
async function run(args: string[], config: Config): Promise<string> {
  const { action, email, name, admin } = understand(args);
  const log = createLogger({ level: 'error', pretty: true });
  await using database = await openSameDatabase(config, log);
  const db = database.kysely;

  switch (action) {
    case 'add': {
      const role = admin || !(await hasActiveAdmin(db)) ? 'ADMIN' : 'MEMBER';
      const password = oneTimePassword();
      const added = await createStaff(db, { email, name, role, password, mustChangePassword: true });
      if (!added) throw new Mistake(`${email} is on the staff already. To let them in again: reset.`);
      return `${email} can sign in now${role === 'ADMIN' ? ', as an admin' : ''}.\n${oneTime(password)}`;
    }
    case 'reset': {
      const password = oneTimePassword();
      await resetPassword(db, await idOf(db, email), password);
      return `${email} has a new password, and is signed out everywhere.\n${oneTime(password)}`;
    }
    case 'deactivate':
      await setActive(db, await idOf(db, email), false);
      return `${email} is signed out everywhere and can't sign in any more. The name stays on what was sent.`;
  }
}

function understand(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { name: { type: 'string' }, admin: { type: 'boolean', default: false } },
    });
    const [action, email] = z
      .tuple([z.enum(['add', 'reset', 'deactivate']), z.email().transform((address) => address.toLowerCase())])
      .parse(positionals);
    return { action, email, name: values.name ?? email.replace(/@.*/, ''), admin: values.admin };
  } catch (cause) {
    throw new Mistake(USAGE, { cause });
  }
}

/** The embedded database may be in use by the program: then this goes to it, and doesn't start it a second time. */
async function openSameDatabase(config: Config, log: Logger): Promise<Database> {
  const databaseUrl = config.databaseUrl ?? (await runningDatabase(config.dataDir));
  return await openDatabase({ config: databaseUrl === undefined ? config : { ...config, databaseUrl }, log });
}

async function runningDatabase(dataDir: string): Promise<string | undefined> {
  const cluster = await openCluster(dataDir);
  const postmaster = await findPostmaster(cluster, AbortSignal.timeout(10_000));
  return (
    postmaster &&
    `postgres://${databaseName}:${cluster.password}@127.0.0.1:${postmaster.port}/${databaseName}?sslmode=disable`
  );
}

function oneTime(password: string): string {
  return `Password, shown once and to be changed at the first sign-in: ${password}`;
}

async function idOf(db: Database['kysely'], email: string): Promise<string> {
  const person = await staffByEmail(db, email);
  if (!person) throw new Mistake(`Nobody on the staff has the address ${email}.`);
  return person.id;
}

import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { lchown, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Starts a program of PostgreSQL as the user that owns the data folder. */
export type Launch = (program: string, args: string[], options?: SpawnOptions) => ChildProcess;

/**
 * PostgreSQL refuses to run as root, and hardly any other user may enter root's folders. So for root this looks for
 * a way to be somebody else and still get in, and makes that user the owner of the folder.
 */
export async function becomeUserOf(folder: string, initdb: string): Promise<Launch> {
  if (process.geteuid?.() !== 0) return launch({ folder, prefix: [] });
  const failures: unknown[] = [];
  for (const way of await waysOfRoot(folder)) {
    await giveFolder(folder, way.owner);
    try {
      const [command = '', ...args] = [
        ...way.prefix,
        'sh',
        '-c',
        // Shows its settings, for which it looks at the other programs too, as it would in earnest.
        'test -w "$0" && exec "$1" -D "$0/none" --show',
        folder,
        initdb,
      ];
      await promisify(execFile)(command, args, { ...way.as, cwd: folder, env: postgresEnvironment() });
      return launch({ folder, ...way });
    } catch (error) {
      failures.push(error);
    }
  }
  throw new Error(
    `PostgreSQL does not run as root, and no other user can be given the folder ${folder}. ` +
      'Start this as another user, or set DATABASE_URL.',
    { cause: new AggregateError(failures) },
  );
}

type User = { uid: number; gid: number };
type Way = { prefix: string[]; owner: User; as?: User };

/** The best first: what root can do differs between a machine, a container and a sandbox. */
async function waysOfRoot(folder: string): Promise<Way[]> {
  const { uid, gid } = await stat(folder);
  const user = uid === 0 ? await spareUser() : { uid, gid };
  const root = { uid: 0, gid: process.getegid?.() ?? 0 };
  const namespace = ['unshare', '--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`, '--'];
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  const entry = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return [
    // In a namespace root is known by another name: the files stay root's, nobody else can read them.
    ...(uid === 0 ? [{ prefix: namespace, owner: root }] : []),
    // Containers forbid namespaces, but let a user keep root's right to enter any folder.
    { prefix: ['setpriv', ...identity, ...entry, '--'], owner: user },
    { prefix: [], owner: user, as: user },
    // Where somebody else's folder goes with programs that only root may read, the folder becomes root's.
    ...(uid !== 0 ? [{ prefix: namespace, owner: root }] : []),
  ];
}

/** An account that every system has: initdb insists on one with a name. */
async function spareUser(): Promise<User> {
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', '_postgres', 'nobody']) {
    const account = accounts.find(([name]) => name === wanted);
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new Error('PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it as.');
}

/** The folder itself comes last, so that its owner tells whether all of it was given. */
async function giveFolder(folder: string, { uid, gid }: User): Promise<void> {
  if ((await stat(folder)).uid === uid) return;
  for (const entry of await readdir(folder, { recursive: true })) await lchown(join(folder, entry), uid, gid);
  await lchown(folder, uid, gid);
}

function launch({ folder, prefix, as }: { folder: string; prefix: string[]; as?: User }): Launch {
  return (program, args, options) => {
    const [command = program, ...rest] = [...prefix, program, ...args];
    return spawn(command, rest, { cwd: folder, env: postgresEnvironment(), ...as, ...options });
  };
}

/** Nothing of ours: PGDATA, PGOPTIONS or a locale would change what the programs do. */
function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/usr/bin:/sbin:/bin`, LC_ALL: 'C', TZ: 'UTC' };
}

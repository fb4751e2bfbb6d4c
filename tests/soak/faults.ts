import { setTimeout as pause } from 'node:timers/promises';
import { IDLE, LISTENING, type Outage, outages } from '../harness/outages.ts';
import { freeze, type OwnPostgres } from '../harness/own-postgres.ts';
import type { PatientFollower } from '../harness/patient-follower.ts';
import type { Chance } from './chance.ts';
import type { Programs } from './programs.ts';

/** What can go wrong, and the dice. */
export interface Scene {
  postgres: OwnPostgres;
  programs: Programs;
  followers: PatientFollower[];
  chance: Chance;
}

/** Something that goes wrong; disposing of it makes it good. */
export type Fault = (scene: Scene) => Promise<AsyncDisposable>;

/**
 * By what they befall. Of each kind one at a time may happen, in this order, and is made good in the opposite one: a
 * program starts on a database that is there.
 */
export const faults: Record<string, Fault>[] = [
  {
    async 'a program is killed'({ programs, chance }) {
      await programs.end(chance.pick(programs.running), 'SIGKILL');
      return undoneBy(() => programs.start());
    },
    async 'all programs are killed'({ programs }) {
      const killed = programs.running.map((program) => programs.end(program, 'SIGKILL'));
      await Promise.all(killed);
      return undoneBy(() => Promise.all(killed.map(() => programs.start())));
    },
    async 'a program is told to stop, and another takes over'({ programs, chance }) {
      const leaving = chance.pick(programs.running);
      await programs.start();
      const left = programs.end(leaving, 'SIGTERM');
      return undoneBy(async () => {
        const code = await left;
        if (code !== 0) throw new Error(`A program that was told to stop ended with ${code}`);
      });
    },
    async 'a program is frozen'({ programs, chance }) {
      const frozen = freeze(chance.pick(programs.running).pid);
      return undoneBy(async () => frozen[Symbol.dispose]());
    },
  },
  {
    ...Object.fromEntries(
      Object.entries(outages).map(([name, outage]) => [`the database is ${name}`, ofDatabase(outage)]),
    ),
    'all connections are ended': ofDatabase(async (postgres) => {
      await postgres.cut();
      return nothingToUndo;
    }),
    'a connection is frozen': ofDatabase(async (postgres) => frozenBackends(postgres, `${IDLE} limit 1`)),
    'the listening connections are frozen': ofDatabase(async (postgres) => frozenBackends(postgres, LISTENING)),
    'a process of the database is killed': ofDatabase(async (postgres) => {
      const [pid] = await postgres.backends(IDLE);
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      return undoneBy(() => untilConnected(postgres));
    }),
  },
  {
    async 'subscribers lose their connection'({ followers, chance }) {
      for (const follower of someOf(followers, chance)) follower.cut();
      return nothingToUndo;
    },
    async 'subscribers take nothing'({ followers, chance }) {
      const asleep = someOf(followers, chance);
      for (const follower of asleep) follower.pause();
      return undoneBy(async () => {
        for (const follower of asleep) follower.resume();
      });
    },
  },
];

const RETRY_MS = 200;
const nothingToUndo = undoneBy(async () => {});

function undoneBy(undo: () => Promise<unknown>): AsyncDisposable {
  return { [Symbol.asyncDispose]: async () => void (await undo()) };
}

function ofDatabase(outage: Outage): Fault {
  return ({ postgres }) => outage(postgres);
}

async function frozenBackends(postgres: OwnPostgres, where: string): Promise<AsyncDisposable> {
  const frozen = freeze(...(await postgres.backends(where)));
  return undoneBy(async () => frozen[Symbol.dispose]());
}

function someOf(followers: PatientFollower[], chance: Chance): PatientFollower[] {
  return followers.filter(() => chance.happens(0.5));
}

/** All of it starts again when one of its processes is killed, which takes a moment. */
async function untilConnected(postgres: OwnPostgres): Promise<void> {
  for (;;) {
    const connected = await postgres.reconnect().then(
      () => true,
      () => false,
    );
    if (connected) return;
    await pause(RETRY_MS);
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { query } from '../harness/database.ts';
import { feedPosition } from '../harness/feed.ts';
import { startOwnPostgres } from '../harness/own-postgres.ts';
import { followPatiently } from '../harness/patient-follower.ts';
import type { TestServer } from '../harness/server.ts';
import { signIn } from '../harness/staff.ts';
import { chanceOf } from './chance.ts';
import { differences } from './differences.ts';
import { faults, type Scene } from './faults.ts';
import { deliverLikeMeta, postUntilTaken } from './meta-traffic.ts';
import { startMoodyGraphApi } from './moody-graph-api.ts';
import { createPrograms } from './programs.ts';
import { sendLikeStaff } from './staff-traffic.ts';

const FOLLOWERS = 6;
const REST_LIMIT_MS = 60_000;
const DRAIN_LIMIT_MS = 240_000;

interface SoakOptions {
  minutes: number;
  seed: number;
  /** Ends it at once. */
  signal: AbortSignal;
}

/**
 * Two programs on one database under load, while one thing after the other goes wrong by chance. Returns what does
 * not agree in the end. A seed brings the same faults again, though not to the millisecond.
 */
export async function soak({ minutes, seed, signal }: SoakOptions): Promise<string[]> {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.use(await startOwnPostgres());
  const any = (): TestServer => programs.any();
  const api = stack.use(await startMoodyGraphApi((body) => postUntilTaken(any, body), chanceOf(seed + 1)));
  const programs = stack.use(createPrograms(postgres.url, { WHATSAPP_API_URL: api.url }));
  let agreed = false;
  stack.defer(() => {
    if (!agreed) console.error(programs.complaints());
  });
  const staff = await signIn(await programs.start());
  await programs.start();
  const start = await feedPosition(staff);
  const followers = Array.from({ length: FOLLOWERS }, () =>
    stack.use(followPatiently(any, staff.authorization, start)),
  );
  const meta = deliverLikeMeta(any, chanceOf(seed + 2));
  const sends = await sendLikeStaff(any, staff, chanceOf(seed + 3));
  const scene: Scene = { postgres, programs, followers, chance: chanceOf(seed) };

  await rounds();
  const different = await whatDiffers();
  agreed = different.length === 0;
  return different;

  async function rounds(): Promise<void> {
    const began = Date.now();
    while (Date.now() - began < minutes * 60_000) {
      const names = await someFaults();
      console.log(`${new Date(Date.now() - began).toISOString().slice(11, 19)}  ${names}`);
      const taken = meta.taken.size;
      await until('all serve again', REST_LIMIT_MS, async () => meta.taken.size > taken && (await allAreReady()));
      await allCatchUp();
      const seen = followers.map(({ events }) => events.length).join(' ');
      console.log(`          ${meta.taken.size} messages taken, ${sends.asked.size} sent, subscribers at ${seen}`);
    }
  }

  async function whatDiffers(): Promise<string[]> {
    console.log('No more faults: what was begun is finished, then compared.');
    await Promise.all([meta.stop(), sends.stop(), api.calmDown()]);
    await until('all is sent', DRAIN_LIMIT_MS, async () => (await count(`comms_entry where status = 'QUEUED'`)) === 0);
    await api.calmDown();
    // Who doesn't is among the differences.
    await allCatchUp().catch((error: unknown) => console.error(error));
    const { taken } = meta;
    return differences({ databaseUrl: postgres.url, taken, asked: sends.asked, calls: api.calls, followers });
  }

  /** One to three at once, of different kinds, and not of subscribers alone. What happened, in words. */
  async function someFaults(): Promise<string> {
    const { chance } = scene;
    const certain = chance.below(2);
    const names: string[] = [];
    await using happening = new AsyncDisposableStack();
    for (const [kind, named] of faults.entries()) {
      if (kind !== certain && chance.happens(0.5)) continue;
      const [name, fault] = chance.pick(Object.entries(named));
      names.push(name);
      happening.use(await fault(scene));
      await pause(chance.below(3_000), undefined, { signal });
    }
    await pause(chance.below(6_000), undefined, { signal });
    return names.join('; ');
  }

  async function allAreReady(): Promise<boolean> {
    const answers = await Promise.all(programs.running.map(({ url }) => fetch(`${url}/readyz`)));
    return answers.every(({ status }) => status === 200);
  }

  /** What has been logged until now. */
  async function allCatchUp(): Promise<void> {
    let steps = Number.POSITIVE_INFINITY;
    await until('the database answers', REST_LIMIT_MS, async () => {
      steps = await count(`feed_step where subject = 'entry'`);
      return true;
    });
    await until('all subscribers catch up', REST_LIMIT_MS, async () =>
      followers.every(({ events }) => events.length >= steps),
    );
  }

  async function count(of: string): Promise<number> {
    const rows = await query<{ count: number }>(postgres.url, `select count(*)::integer as count from ${of}`);
    return rows[0]?.count ?? 0;
  }

  async function until(what: string, limitMs: number, holds: () => Promise<boolean>): Promise<void> {
    const limit = Date.now() + limitMs;
    let obstacle: unknown;
    const tried = () =>
      holds().catch((error: unknown) => {
        obstacle = error;
        return false;
      });
    while (!(await tried())) {
      if (Date.now() > limit) {
        throw new Error(`Waited ${limitMs / 1000} s in vain until ${what}`, { cause: obstacle });
      }
      await pause(100, undefined, { signal });
    }
  }
}

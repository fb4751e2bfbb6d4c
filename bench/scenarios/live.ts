import {
  type Followers,
  type Lab,
  type Program,
  post,
  startBareWebSockets,
  startProduct,
  startStraightforward,
  WARM_UP_SECONDS,
} from '../lab.ts';
import type { Followed } from '../load/follow.ts';
import type { Posted } from '../load/post-webhooks.ts';
import type { Run, Sample } from '../measured.ts';
import { followLog } from './subscriptions.ts';

/** How soon and to how many it is told. */
export const live: Run[] = [
  ...(['product', 'straightforward'] as const).flatMap((who) => [
    { part: 'live', title: `one subscriber: ${who}`, measure: (lab: Lab) => oneSubscriber(lab, who) },
    { part: 'live', title: `as much as 100 subscribers take: ${who}`, measure: (lab: Lab) => saturated(lab, who) },
  ]),
  { part: 'live', title: 'as much as 100 subscribers take: bare ws', measure: bareWebSockets },
  { part: 'live', title: '200/s to 1,000 subscribers', measure: (lab) => crowd(lab, 200, 1, lab.quick ? 10 : 60) },
  { part: 'live', title: '500/s to 1,000 subscribers', measure: (lab) => crowd(lab, 500, 1, lab.quick ? 10 : 20) },
  { part: 'live', title: '1,000 subscribers in 10 groups', measure: (lab) => crowd(lab, 200, 10, lab.quick ? 10 : 20) },
  {
    part: 'live',
    title: '1,000 subscribers in 100 groups',
    measure: (lab) => crowd(lab, 200, 100, lab.quick ? 10 : 20),
  },
  { part: 'live', title: 'an idle subscriber’s memory', measure: idleMemory },
  { part: 'live', title: '1,000 subscribers come back', measure: comeBack },
  { part: 'live', title: 'memory while one stopped reading', once: true, measure: stoppedReading },
];

async function oneSubscriber(lab: Lab, who: 'product' | 'straightforward'): Promise<Sample> {
  return on(lab, who, async (program) => {
    const load = { connections: 16, rate: 200, seconds: lab.quick ? 5 : 15 };
    const { posted, followed } = await postTo(program, await followLog(program, who, { count: 1 }), load);
    return {
      [`${who}: 200/s to 1 subscriber, live p50, ms`]: followed.p50,
      [`${who}: 200/s to 1 subscriber, live p99, ms`]: followed.p99,
      [`${who}: 200/s to 1 subscriber, ack p50, ms`]: posted.p50,
    };
  });
}

/** Everybody posts as fast as they are answered: first while nobody watches, then while 100 do. */
async function saturated(lab: Lab, who: 'product' | 'straightforward'): Promise<Sample> {
  return on(lab, who, async (program) => {
    const seconds = lab.quick ? 5 : 10;
    const load = { connections: 32, messagesEach: 1, warmUpSeconds: WARM_UP_SECONDS, seconds };
    const unwatched = await post([program], load);
    const before = await program.usage();
    const { posted, followed } = await postTo(program, await followLog(program, who, { count: 100 }), load);
    const { cpuSeconds } = await program.usage();
    return {
      [`${who}: messages while nobody watches, /s`]: unwatched.messages / seconds,
      [`${who}: messages while 100 watch, /s`]: posted.messages / seconds,
      [`${who}: deliveries to 100, /s`]: followed.perSecond,
      [`${who}: CPU a delivery, all included, µs`]: ((cpuSeconds - before.cpuSeconds) * 1e6) / (posted.end * 100),
      [`${who}: missed or twice at saturation`]: faults(followed),
    };
  });
}

async function bareWebSockets(lab: Lab): Promise<Sample> {
  await using program = await startBareWebSockets();
  await using followers = await followLog(program, 'straightforward', { count: 100 });
  program.tell('go');
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_SECONDS * 1000));
  const seconds = lab.quick ? 5 : 10;
  followers.count({ countFrom: Date.now() }, seconds);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000 + 100));
  const { perSecond } = await followers.finish({ first: 0, end: 0 });
  return { 'bare ws: deliveries to 100, /s': perSecond };
}

async function crowd(lab: Lab, rate: number, groups: number, seconds: number): Promise<Sample> {
  return on(lab, 'product', async (program) => {
    const name = `${rate}/s to 1,000 subscribers${groups > 1 ? ` in ${groups} groups` : ''}`;
    const variables = Array.from({ length: groups }, (_, group) => ({ group }));
    const followers = await followLog(program, 'product', { count: 1_000, variables });
    const { posted, followed } = await postTo(program, followers, { connections: 64, rate, seconds });
    return {
      [`${name}: live p50, ms`]: followed.p50,
      [`${name}: live p99, ms`]: followed.p99,
      [`${name}: ack p99, ms`]: posted.p99,
      [`${name}: missed or twice`]: faults(followed),
    };
  });
}

async function idleMemory(lab: Lab): Promise<Sample> {
  const count = 1_900;
  const eachOf = async (program: Program, isThere: (followers: Followers) => Promise<unknown>) => {
    // The first ones make the program load what it needs for any.
    await using first = await followLog(program, 'product', { count: 50 });
    await isThere(first);
    const before = await program.usage();
    await using others = await followLog(program, 'product', { count });
    await isThere(others);
    const after = await program.usage();
    return (after.heldBytes - before.heldBytes) / count / 1024;
  };
  await using bare = await startBareWebSockets();
  const ofBare = await eachOf(bare, async () => {});
  return on(lab, 'product', async (program) => ({
    'bare ws: memory of an idle connection, kB': ofBare,
    // Whoever has been told something has been let in: to let many in at once takes memory for a moment.
    'product: memory of an idle subscriber, kB': await eachOf(program, async (followers) =>
      followers.finish(
        await post([program], { connections: 1, messagesEach: 1, rate: 1, seconds: 1, warmUpSeconds: 0 }),
      ),
    ),
  }));
}

async function comeBack(lab: Lab): Promise<Sample> {
  return on(lab, 'product', async (program) => {
    const load = { connections: 1, messagesEach: 50, warmUpSeconds: 0 };
    await post([program], { ...load, rate: 10, seconds: 1 });
    const after = await feedPosition(program);
    const { first, end } = await post([program], { ...load, rate: 10, seconds: 1 });
    await using followers = await followLog(program, 'product', { count: 1_000, variables: [{ after }] });
    const followed = await followers.finish({ first, end });
    return {
      '1,000 come back, each 500 behind: all caught up, s': followed.span / 1000,
      '1,000 come back, each 500 behind: missed or twice': faults(followed),
    };
  });
}

async function stoppedReading(lab: Lab): Promise<Sample> {
  return on(lab, 'product', async (program) => {
    const followers = await followLog(program, 'product', { count: 100, stopReading: 1 });
    const [seconds, lasting] = lab.quick ? [30, '30 seconds'] : [600, '10 minutes'];
    const early = afterSeconds(seconds / 10, () => program.usage());
    const { followed } = await postTo(program, followers, { connections: 64, rate: 500, seconds });
    const [before, after] = [await early, await program.usage()];
    return {
      // Of the seconds of a quick run nothing is required: in so few the heap only grows.
      [`memory after ${lasting} of 500/s, of that after a tenth`]: after.residentBytes / before.residentBytes,
      [`memory after ${lasting} of 500/s, MB`]: after.residentBytes / 1024 ** 2,
      [`${lasting} of 500/s to 100: missed or twice`]: faults(followed),
    };
  });
}

/** A database and a server of its own for something that is measured. */
async function on(
  lab: Lab,
  who: 'product' | 'straightforward',
  measure: (program: Program) => Promise<Sample>,
): Promise<Sample> {
  const databaseUrl = await lab.createDatabase();
  let sample: Sample;
  {
    await using program = await (who === 'product' ? startProduct : startStraightforward)(databaseUrl);
    sample = await measure(program);
  }
  await lab.drop(databaseUrl);
  return sample;
}

async function postTo(
  program: Program,
  followers: Followers,
  load: { connections: number; seconds: number; rate?: number },
): Promise<{ posted: Posted; followed: Followed }> {
  await using _ = followers;
  const options = { messagesEach: 1, warmUpSeconds: WARM_UP_SECONDS, ...load };
  const posted = await post([program], options, (began) => followers.count(began, load.seconds));
  return { posted, followed: await followers.finish(posted) };
}

function faults({ missed, twice, disordered, ended }: Followed): number {
  return missed + twice + disordered + ended;
}

async function feedPosition({ url, authorization = '' }: Program): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query: '{ feedPosition }' }),
  });
  const { data } = (await response.json()) as { data: { feedPosition: string } };
  return data.feedPosition;
}

async function afterSeconds<T>(seconds: number, work: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return work();
}

import { type Lab, type Program, post, startProduct, startStraightforward, WARM_UP_SECONDS } from '../lab.ts';
import type { Run, Sample } from '../measured.ts';

/** How much is taken while nobody watches, all of it committed before the answer. */
export const ingest: Run[] = [
  { part: 'ingest', title: 'ingest: this program', measure: (lab) => measure(lab, startProduct, 'product') },
  {
    part: 'ingest',
    title: 'ingest: the straightforward one',
    measure: (lab) => measure(lab, startStraightforward, 'straightforward'),
  },
  { part: 'ingest', title: 'ingest: inserts alone', measure: inserts },
  { part: 'ingest', title: 'ingest: two processes of this program', measure: twoProcesses },
];

async function measure(lab: Lab, start: (databaseUrl: string) => Promise<Program>, who: string): Promise<Sample> {
  const databaseUrl = await lab.createDatabase();
  const sample: Sample = {};
  {
    await using program = await start(databaseUrl);
    const seconds = lab.quick ? 4 : 8;
    const load = { warmUpSeconds: WARM_UP_SECONDS, seconds };
    for (const connections of [32, 256]) {
      const before = await program.usage();
      const posted = await post([program], { ...load, connections, messagesEach: 1 });
      const after = await program.usage();
      sample[`${who}: messages, 1 a webhook, ${connections} connections, /s`] = posted.messages / seconds;
      sample[`${who}: CPU a message, ${connections} connections, µs`] =
        ((after.cpuSeconds - before.cpuSeconds) * 1e6) / posted.end;
    }
    const batched = await post([program], { ...load, connections: 32, messagesEach: 50 });
    sample[`${who}: messages, 50 a webhook, 32 connections, /s`] = batched.messages / seconds;
  }
  await lab.drop(databaseUrl);
  return sample;
}

async function inserts(lab: Lab): Promise<Sample> {
  const databaseUrl = await lab.createDatabase();
  const seconds = lab.quick ? 4 : 8;
  const single = await lab.insert({ databaseUrl, connections: 32, batch: 1, seconds });
  const batched = await lab.insert({ databaseUrl, connections: 2, batch: 1_000, seconds });
  await lab.drop(databaseUrl);
  return { 'inserts alone: single, /s': single.perSecond, 'inserts alone: batches of 1,000, /s': batched.perSecond };
}

async function twoProcesses(lab: Lab): Promise<Sample> {
  const databaseUrl = await lab.createDatabase();
  const sample: Sample = {};
  {
    await using first = await startProduct(databaseUrl);
    await using second = await startProduct(databaseUrl);
    const seconds = lab.quick ? 4 : 8;
    const load = { warmUpSeconds: WARM_UP_SECONDS, seconds, connections: 256, messagesEach: 1 };
    const posted = await post([first, second], load);
    sample['two processes: messages, 1 a webhook, 256 connections, /s'] = posted.messages / seconds;
  }
  await lab.drop(databaseUrl);
  return sample;
}

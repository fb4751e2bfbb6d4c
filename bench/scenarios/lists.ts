import pg from 'pg';
import { type Lab, type Program, post, startProduct, WARM_UP_SECONDS } from '../lab.ts';
import { fillLog } from '../large-log.ts';
import { HttpConnection } from '../load/http-connection.ts';
import { Latencies } from '../load/latencies.ts';
import type { Statement } from '../load/statement-probe.ts';
import type { Run, Sample } from '../measured.ts';
import { LISTS, type ListCase } from './list-cases.ts';

/** How soon a list is there, of a log of ten million and of one of a million. */
export const lists: Run[] = [{ part: 'lists', title: 'lists of a small and of a large log', once: true, measure }];

const REQUESTS = 200;
/** Of lists that take long there are fewer. */
const AT_MOST_MS = 10_000;
const DIFFERENT = 40;
/** Until the code that serves a list is compiled. */
const WARM_UP_MS = 2_000;

async function measure(lab: Lab): Promise<Sample> {
  const sizes = lab.quick ? { small: 100_000, large: 1_000_000 } : { small: 1_000_000, large: 10_000_000 };
  const sample: Sample = {};
  for (const [size, entries] of Object.entries(sizes)) {
    const databaseUrl = await lab.filledDatabase(`log_${entries}`, async (url) => {
      {
        // For its first account, of whose read marks there are many.
        await using _ = await startProduct(url);
      }
      const began = performance.now();
      await fillLog(url, entries, (what) => process.stderr.write(`\n  ${size} log: ${what}`));
      sample[`${size} log: filled in, s`] = (performance.now() - began) / 1000;
    });
    sample[`${size} log: entries`] = entries;
    await using program = await startProduct(databaseUrl);
    for (const list of LISTS) {
      process.stderr.write(`\n  ${size} log: ${list.name}`);
      try {
        Object.assign(sample, await measureList(program, list, size));
      } catch (error) {
        process.exitCode = 1;
        console.error(`\n${size} log: ${list.name}:`, error);
      }
    }
    // What is added would lie on top of what the lists are of the next time.
    if (size === 'large' && !lab.keeps) {
      const load = { connections: 32, messagesEach: 1, warmUpSeconds: WARM_UP_SECONDS, seconds: lab.quick ? 4 : 8 };
      const posted = await post([program], load);
      sample[`ingest into the large log, 1 a webhook, 32 connections, /s`] = posted.messages / load.seconds;
    }
  }
  return sample;
}

/** Requests one after the other, and between them the statements that each makes, alone: as the server sent them. */
async function measureList(program: Program, { name, query, variables }: ListCase, size: string): Promise<Sample> {
  const client = new pg.Client({ connectionString: program.databaseUrl });
  await client.connect();
  // As the server's connections: what takes too long there does here.
  await client.query('set jit = off; set statement_timeout = 2500');
  const url = new URL('/graphql', program.url);
  const connection = await HttpConnection.open(url);
  const [requests, statements] = [new Latencies(), new Latencies()];
  const cases: { request: string; sql: Statement[] }[] = [];
  for (const asked of await variables(client, DIFFERENT)) {
    const request = requestFor(url, program.authorization ?? '', JSON.stringify({ query, variables: asked }));
    const sql = await program.record(() => ask(connection, request));
    cases.push({ request, sql: sql.filter(({ text }) => !BESIDE.test(text)) });
    await run(client, cases.at(-1)?.sql ?? []);
  }
  const warm = performance.now() + WARM_UP_MS;
  for (let index = 0; performance.now() < warm; index++)
    await ask(connection, cases[index % cases.length]?.request ?? '');
  const end = performance.now() + AT_MOST_MS;
  for (let index = 0; index < REQUESTS && performance.now() < end; index++) {
    const { request, sql } = cases[index % cases.length] ?? { request: '', sql: [] };
    const measured = [
      () => timed(requests, () => ask(connection, request)),
      () => timed(statements, () => run(client, sql)),
    ];
    for (const measureOne of index % 2 === 0 ? measured : measured.reverse()) await measureOne();
  }
  connection.close();
  await client.end();
  return {
    [`${size} log: ${name}, p50, ms`]: requests.quantile(0.5),
    [`${size} log: ${name}, SQL alone, p50, ms`]: statements.quantile(0.5),
    [`${size} log: ${name}, p99, ms`]: requests.quantile(0.99),
    [`${size} log: ${name}, statements`]: Math.max(...cases.map(({ sql }) => sql.length)),
  };
}

/** What is no part of a list: who asks, and what the program does all the time. */
const BESIDE = /staff_session|index_entries|from feed_step s/;

async function run(client: pg.Client, statements: Statement[]): Promise<void> {
  for (const { text, values } of statements) await client.query(text, values);
}

async function ask(connection: HttpConnection, request: string): Promise<void> {
  const status = await new Promise<number>((answered) => connection.ask(request, answered));
  if (status !== 200) throw new Error(`a list was answered with ${status}`);
}

async function timed(latencies: Latencies, work: () => Promise<void>): Promise<void> {
  const began = performance.now();
  await work();
  latencies.add(performance.now() - began);
}

function requestFor({ host, pathname }: URL, authorization: string, body: string): string {
  return `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

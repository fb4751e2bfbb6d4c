import { LISTS } from './scenarios/list-cases.ts';

/** What is required of the figures of one run. */
export type Bar = {
  required: string;
  atLeast?: number;
  atMost?: number;
  unit: string;
  of(figure: (name: string) => number): number;
};

/** The lists that also have a deep page, whose first is theirs by its name alone. */
const PAGED = ['inbox', 'customerComms', 'conversations'];

export const bars: Bar[] = [
  {
    required: 'ingest, 1 message a webhook, 32 connections, to the straightforward one',
    atLeast: 2.5,
    unit: '×',
    of: (f) =>
      f('product: messages, 1 a webhook, 32 connections, /s') /
      f('straightforward: messages, 1 a webhook, 32 connections, /s'),
  },
  {
    required: 'the same over 256 connections, to single inserts without a server',
    atLeast: 0.6,
    unit: '×',
    of: (f) => f('product: messages, 1 a webhook, 256 connections, /s') / f('inserts alone: single, /s'),
  },
  {
    required: 'ingest, 50 messages a webhook, to the straightforward one',
    atLeast: 8,
    unit: '×',
    of: (f) =>
      f('product: messages, 50 a webhook, 32 connections, /s') /
      f('straightforward: messages, 50 a webhook, 32 connections, /s'),
  },
  {
    required: 'the same, to batched inserts without a server',
    atLeast: 0.5,
    unit: '×',
    of: (f) => f('product: messages, 50 a webhook, 32 connections, /s') / f('inserts alone: batches of 1,000, /s'),
  },
  ...limits('4000 webhooks/s, 0 watching', { 'ack p50, ms': 10, 'ack p99, ms': 60, refused: 0 }),
  ...limits('4000 webhooks/s, 100 watching', { 'ack p99, ms': 120, refused: 0, 'missed or twice': 0 }),
  ...limits('200/s to 1,000 subscribers', {
    'live p50, ms': 30,
    'live p99, ms': 120,
    'ack p99, ms': 100,
    'missed or twice': 0,
  }),
  {
    required: '200/s to one subscriber, live p50, to the straightforward one',
    atMost: 1.5,
    unit: '×',
    of: (f) =>
      f('product: 200/s to 1 subscriber, live p50, ms') / f('straightforward: 200/s to 1 subscriber, live p50, ms'),
  },
  {
    required: 'deliveries to 100 at saturation, to the straightforward one',
    atLeast: 10,
    unit: '×',
    of: (f) => f('product: deliveries to 100, /s') / f('straightforward: deliveries to 100, /s'),
  },
  {
    required: 'the same, to bare ws one by one',
    atLeast: 3,
    unit: '×',
    of: (f) => f('product: deliveries to 100, /s') / f('bare ws: deliveries to 100, /s'),
  },
  {
    required: 'ingest kept when 100 watch',
    atLeast: 0.5,
    unit: '×',
    of: (f) => f('product: messages while 100 watch, /s') / f('product: messages while nobody watches, /s'),
  },
  {
    required: 'an idle subscriber’s memory, to a bare ws connection’s',
    atMost: 2,
    unit: '×',
    of: (f) => f('product: memory of an idle subscriber, kB') / f('bare ws: memory of an idle connection, kB'),
  },
  ...limits('1,000 come back, each 500 behind', { 'all caught up, s': 5, 'missed or twice': 0 }),
  {
    required: 'memory after 10 minutes of 500/s to 100, one of which stopped reading, to that after 1 minute',
    atMost: 1.1,
    unit: '×',
    of: (f) => f('memory after 10 minutes of 500/s, of that after a tenth'),
  },
  ...limits('storm, 5,000 loaded', {
    'longest task, its own time, ms': 50,
    'slowest letter, ms': 100,
    'never or twice in the page': 0,
  }),
  ...limits('storm, at the end', { 'longest task, its own time, ms': 50, 'slowest letter, ms': 100 }),
  {
    required: 'the page’s heap when the storm was read, to that with 5,000 loaded before it',
    atMost: 1.1,
    unit: '×',
    of: (f) => f('heap, let go of at the end, MB') / f('heap, 5,000 entries loaded, MB'),
  },
  {
    required: 'the page’s heap after another storm, to that before it',
    atMost: 1.1,
    unit: '×',
    of: (f) => f('heap, after a storm at the end, MB') / f('heap, let go of at the end, MB'),
  },
  ...LISTS.flatMap(({ name }) => [
    ...['small', 'large'].map((size) => ({
      required: `${size} log: ${name}: p50 over the SQL alone`,
      atMost: 3,
      unit: 'ms',
      of: (f: (name: string) => number) =>
        f(`${size} log: ${name}, p50, ms`) - f(`${size} log: ${name}, SQL alone, p50, ms`),
    })),
    {
      required: `${name}: p50 of a log ten times as large`,
      atMost: 2,
      unit: '×',
      of: (f: (name: string) => number) => f(`large log: ${name}, p50, ms`) / f(`small log: ${name}, p50, ms`),
    },
  ]),
  // As fast as can be told: a page differs by what stands on it.
  ...PAGED.map((name) => ({
    required: `${name}: a deep page to the first`,
    atMost: 1.25,
    unit: '×',
    of: (f: (name: string) => number) => f(`large log: ${name}, deep, p50, ms`) / f(`large log: ${name}, p50, ms`),
  })),
];

function limits(subject: string, most: Record<string, number>): Bar[] {
  return Object.entries(most).map(([figure, atMost]) => ({
    required: `${subject}: ${figure}`,
    atMost,
    unit: '',
    of: (f) => f(`${subject}: ${figure}`),
  }));
}

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bars } from './bars.ts';
import { openLab } from './lab.ts';
import type { Run, Sample } from './measured.ts';
import { ingest } from './scenarios/ingest.ts';
import { lists } from './scenarios/lists.ts';
import { live } from './scenarios/live.ts';
import { page } from './scenarios/page.ts';
import { statuses } from './scenarios/statuses.ts';
import { printLines, printTables } from './table.ts';

const RUNS: Run[] = [...ingest, ...statuses, ...live, ...lists, ...page];

/** `npm run bench -- [part…] [--quick] [--json] [--runs N] [--keep FOLDER]`: kept are the databases that take long to fill. */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    runs: { type: 'string' },
    only: { type: 'string', default: '' },
    keep: { type: 'string' },
  },
});
const runs = RUNS.filter(
  ({ part, title }) => (positionals.length === 0 || positionals.includes(part)) && title.includes(options.only),
);
const repetitions = Number(options.runs ?? (options.quick ? 1 : 3));

// Interleaved, so that what the machine does meanwhile befalls all alike.
const samples: Sample[] = [];
await using lab = await openLab({ quick: options.quick, keep: options.keep && resolve(options.keep) });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // The processes that are measured end with this one, but for the database.
  process.once(signal, async () => {
    await lab[Symbol.asyncDispose]();
    process.exit(1);
  });
}
for (let repetition = 0; repetition < repetitions; repetition++) {
  const sample: Sample = {};
  samples.push(sample);
  for (const [index, run] of runs.entries()) {
    if (run.once && repetition > 0) continue;
    const began = performance.now();
    process.stderr.write(`${repetition + 1}/${repetitions} ${index + 1}/${runs.length} ${run.title} … `);
    try {
      Object.assign(sample, await run.measure(lab));
      process.stderr.write(`${Math.round((performance.now() - began) / 1000)} s\n`);
    } catch (error) {
      console.error(error);
      process.exitCode = 1;
    }
  }
}
if (options.json) printLines(samples, bars);
else printTables(samples, bars);

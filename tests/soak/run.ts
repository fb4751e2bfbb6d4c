import { parseArgs } from 'node:util';
import { soak } from './soak.ts';

const USAGE = 'npm run soak -- [minutes] [--seed number]';

/** `npm run soak`: 30 minutes of faults by chance, or as many as are asked for. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { seed: { type: 'string' } }, allowPositionals: true });
  const minutes = Number(positionals[0] ?? 30);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
  if (!(minutes > 0) || !Number.isInteger(seed)) {
    console.error(USAGE);
    return 1;
  }
  console.log(`${minutes} min of faults, --seed ${seed}`);
  const different = await soak({ minutes, seed, signal: surprise });
  for (const line of different.slice(0, 50)) console.error(line);
  console.log(
    different.length === 0
      ? 'The log, the feed, every subscriber and all sends agree.'
      : `${different.length} differences, with --seed ${seed}`,
  );
  return different.length === 0 ? 0 : 1;
}

/** Aborted by whatever nobody waits for: a program that ends, a subscriber that is told nonsense, Ctrl-C. */
function firstSurprise(): AbortSignal {
  const surprise = new AbortController();
  process.on('uncaughtException', (error) => surprise.abort(error));
  process.once('SIGINT', () => surprise.abort(new Error('interrupted')));
  return surprise.signal;
}

const surprise = firstSurprise();
try {
  process.exit(await main());
} catch (error) {
  console.error(surprise.aborted ? surprise.reason : error);
  process.exit(1);
}

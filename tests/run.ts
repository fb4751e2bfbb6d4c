import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** What Node compiles for one of the many processes of a run, the others needn't. */
const COMPILED = join(ROOT, 'node_modules/.cache/node-compile-cache');

/** `npm test`: builds the client and runs the tests. Arguments go on to the runner. */
async function main(args: string[]): Promise<number> {
  const built = await run('node_modules/vite/bin/vite.js', ['build', 'client', '--logLevel', 'error']);
  if (built !== 0) return built;
  return run('node_modules/vitest/vitest.mjs', ['run', ...args]);
}

async function run(script: string, args: string[]): Promise<number> {
  const env = { NODE_COMPILE_CACHE: COMPILED, ...process.env };
  const child = spawn(process.execPath, [join(ROOT, script), ...args], { cwd: ROOT, env, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

process.exitCode = await main(process.argv.slice(2));

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** What Node compiles for one of the many processes of a run, the others needn't. */
const COMPILED = join(ROOT, 'node_modules/.cache/node-compile-cache');

/** `npm test`: builds the client and runs the tests. Arguments go on to the runner. */
async function main(args: string[]): Promise<number> {
  const built = await run('node_modules/vite/bin/vite.js', ['build', 'client', '--logLevel', 'error']);
  if (built !== 0) return built;
  return process.env.CI ? testTwice(args) : test(args);
}

const test = (args: string[]) => run('node_modules/vitest/vitest.mjs', ['run', ...args]);

/**
 * A shared machine has its moments: a file in which a test failed runs once more, with a server and a database anew,
 * which a second try within the file wouldn't have. What fails twice fails, and so does what is no test's failure.
 */
async function testTwice(args: string[]): Promise<number> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'crm-comms-failed-'));
  process.env.FAILED_FILES = join(folder.path, 'files.json');
  const code = await test(args);
  if (code === 0 || !existsSync(process.env.FAILED_FILES)) return code;
  const failed = JSON.parse(await readFile(process.env.FAILED_FILES, 'utf8')) as string[];
  if (failed.length === 0) return code;
  process.stdout.write(`\nOnce more, what failed:\n${failed.join('\n')}\n`);
  return await test(failed);
}

async function run(script: string, args: string[]): Promise<number> {
  const env = { NODE_COMPILE_CACHE: COMPILED, ...process.env };
  const child = spawn(process.execPath, [join(ROOT, script), ...args], { cwd: ROOT, env, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

process.exitCode = await main(process.argv.slice(2));

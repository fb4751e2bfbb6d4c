import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, NoBrowser } from './harness/find-browser.ts';

const ROOT = join(import.meta.dirname, '..');

/** `npm test`: finds a browser, builds the client, runs the tests. Arguments go on to the runner. */
async function main(args: string[]): Promise<number> {
  if (needsBrowser(args)) process.env.CHROMIUM_PATH = await findBrowser(process.env);
  const built = await run('node_modules/vite/bin/vite.js', ['build', 'client', '--logLevel', 'error']);
  if (built !== 0) return built;
  return run('node_modules/vitest/vitest.mjs', ['run', ...args]);
}

/** Only where nothing but files outside tests/browser is named do the tests go without. */
function needsBrowser(args: string[]): boolean {
  const files = args.filter((arg) => !arg.startsWith('-'));
  return files.length === 0 || files.some((file) => file.includes('browser') || !existsSync(join(ROOT, file)));
}

async function run(script: string, args: string[]): Promise<number> {
  const child = spawn(process.execPath, [join(ROOT, script), ...args], { cwd: ROOT, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof NoBrowser)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

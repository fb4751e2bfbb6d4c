import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './harness/find-browser.ts';

const ROOT = join(import.meta.dirname, '..');

/** `npm test`: finds a browser, builds the client, runs the tests. Arguments go on to the runner. */
async function main(args: string[]): Promise<number> {
  const { env } = process;
  if (needsBrowser(args)) {
    const browser = await findBrowser(env);
    if (browser === undefined) {
      console.error(
        'No browser was found, and none could be installed: install Chromium or Chrome, or set CHROMIUM_PATH to one, and run "npm test" again.',
      );
      return 1;
    }
    env.CHROMIUM_PATH = browser;
  }
  const built = await run('node_modules/vite/bin/vite.js', ['build', 'client', '--logLevel', 'warn']);
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

process.exitCode = await main(process.argv.slice(2));

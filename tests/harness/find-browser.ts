import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const PLAYWRIGHT_CLI = join(import.meta.dirname, '../../node_modules/playwright-core/cli.js');
const DOWNLOAD_LIMIT_MS = 180_000;
const INSTALL_LIMIT_MS = 600_000;

/**
 * A Chromium that starts: the one that is named, an installed one, a downloaded one, the distribution's package.
 *
 * @throws An error with one line that says what to do.
 */
export async function findBrowser(env: NodeJS.ProcessEnv): Promise<string> {
  if (env.CHROMIUM_PATH) {
    if (await starts(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
    throw new Error(`CHROMIUM_PATH is ${env.CHROMIUM_PATH}, which does not start: set it to a Chromium or Chrome.`);
  }
  const found = (await firstThatStarts(installed(env))) ?? (await downloaded()) ?? (await packaged(env));
  if (found) return found;
  throw new Error('The tests need a browser, and none could be had: install Chromium or Chrome, or set CHROMIUM_PATH.');
}

function installed(env: NodeJS.ProcessEnv): string[] {
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'chrome',
    'chromium-headless-shell',
  ];
  const folders = [
    ...(env.PATH ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
    '/opt/google/chrome',
  ];
  const apps = ['Google Chrome', 'Chromium', 'Google Chrome for Testing'];
  return [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    ...['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      apps.map((app) => join(folder, `${app}.app/Contents/MacOS/${app}`)),
    ),
  ];
}

async function downloaded(): Promise<string | undefined> {
  const path = chromium.executablePath();
  if (!existsSync(path)) {
    console.log('No Chromium or Chrome is installed: downloading one for the tests.');
    await runQuietly(process.execPath, [PLAYWRIGHT_CLI, 'install', 'chromium'], DOWNLOAD_LIMIT_MS);
  }
  return firstThatStarts([path]);
}

async function packaged(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !isDebianLike()) return undefined;
  console.log('Installing the package chromium for the tests: apt-get update && apt-get install -y chromium');
  const updated = await runQuietly('apt-get', ['update'], INSTALL_LIMIT_MS);
  if (updated) await runQuietly('apt-get', ['install', '-y', 'chromium'], INSTALL_LIMIT_MS);
  return firstThatStarts(installed(env));
}

function isDebianLike(): boolean {
  return (
    existsSync('/etc/os-release') && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  );
}

async function firstThatStarts(paths: string[]): Promise<string | undefined> {
  for (const path of new Set(paths)) if (existsSync(path) && (await starts(path))) return path;
  return undefined;
}

function starts(path: string): Promise<boolean> {
  return runQuietly(path, ['--version'], 30_000);
}

/** Whether it ended well and in time. */
async function runQuietly(command: string, args: string[], limitMs: number): Promise<boolean> {
  const child = spawn(command, args, {
    stdio: 'ignore',
    timeout: limitMs,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  try {
    const [code] = await once(child, 'exit');
    return code === 0;
  } catch {
    return false;
  }
}

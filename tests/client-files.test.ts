import { existsSync, readdirSync, statSync, watch } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished } from 'vitest';
import { createDatabase } from './harness/database.ts';
import { startServer, type TestServer } from './harness/server.ts';
import { test } from './harness/test.ts';

const ROOT = join(import.meta.dirname, '..');
const BUILD = join(ROOT, 'client/dist');
/** Words of package.json, of the server's code, of the page's sources, of the machine. */
const OUTSIDE = /"crm-comms"|buildApp|createRoot\(document|root:x:|DATABASE_URL|createBrowserRouter\(\[/;

const up = (step: string) => Array.from({ length: 12 }, () => step).join('');

describe('the way out of the client’s files is closed', () => {
  test.for([
    '/../package.json',
    '/../../package.json',
    `/${up('../')}etc/passwd`,
    '/assets/../../../package.json',
    '/assets/../../../server/app.ts',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/%2e%2e%2f%2e%2e%2fpackage.json',
    `/${up('%2e%2e%2f')}etc%2fpasswd`,
    '/assets/..%2f..%2f..%2fpackage.json',
    '/%252e%252e%252f%252e%252e%252fpackage.json',
    '/..\\..\\package.json',
    '/..%5c..%5cpackage.json',
    '/assets/%5c..%5c..%5c..%5cpackage.json',
    '/..;/..;/package.json',
    '/.%2e/.%2e/package.json',
    '/....//....//package.json',
    '/%c0%ae%c0%ae/%c0%ae%c0%ae/package.json',
    '/%u002e%u002e/package.json',
    '//etc/passwd',
    '///etc/passwd',
    '/etc/passwd',
    '/%2fetc%2fpasswd',
    '/file:///etc/passwd',
    'file:///etc/passwd',
    'http://evil.example/../../package.json',
    '/index.html%00.js',
    '/..%00/package.json',
    '/%00',
    '/assets/%00../../package.json',
    '/package.json',
    '/server/app.ts',
    '/.env',
    '/.git/config',
    '/..%2f.env',
    '/main.tsx',
    '/assets',
    '/assets/',
    '/%',
    '/%zz',
    '/a%ff',
    `/${'a/'.repeat(300)}`,
    '/?/../../package.json',
    '/#/../../package.json',
  ])('%s', async (path, { server }) => {
    for (const headers of ['', 'Accept: text/html\r\n']) {
      const answer = await rawGet(server, path, headers);
      const [head = ''] = answer.split('\r\n\r\n');
      expect(answer).not.toMatch(OUTSIDE);
      expect(head).toMatch(/^HTTP\/1\.1 (200|400|403|404) /);
      // Whatever is answered well is the page, or nothing at all of the machine.
      if (/^HTTP\/1\.1 200 /.test(head)) expect(answer).toContain('<div id="root"');
      expect(answer).not.toMatch(/node_modules|E[A-Z]{5,}:|\bat \w+ \(/);
      if (headers === '' && !/^\/[?#]/.test(path)) expect(head).not.toMatch(/^HTTP\/1\.1 200 /);
    }
  });

  test('every file of the build is there, under its own type', async ({ server }) => {
    const files = filesOf(BUILD).filter((name) => !/\.(br|gz)$/.test(name));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const response = await fetch(server.url + file);
      expect(response.status, file).toBe(200);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(response.headers.get('content-type'), file).toMatch(
        /^(text\/(html|css)|application\/javascript|image\/svg|font\/)/,
      );
    }
  });

  test('nothing is written or removed', async ({ server }) => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'POST']) {
      expect((await fetch(`${server.url}/index.html`, { method })).status, method).toBe(404);
    }
  });
});

test('two programs that start without a build make one that is there whole, or not at all', async () => {
  const folder = await withoutBuild();
  const client = join(folder, 'client');
  const build = join(client, 'dist');
  const seen: string[][] = [];
  const watcher = watch(client, (_event, name) => {
    const files = name === 'dist' && existsSync(build) ? filesOf(build) : [];
    if (files.length > 0) seen.push(files);
  });
  onTestFinished(() => watcher.close());

  const databaseUrl = await createDatabase();
  await using servers = new AsyncDisposableStack();
  const starts = await Promise.allSettled([1, 2].map(() => startServer({ databaseUrl, folder })));
  for (const start of starts) if (start.status === 'fulfilled') servers.use(start.value);
  expect(starts.flatMap((start) => (start.status === 'rejected' ? [String(start.reason)] : []))).toEqual([]);
  expect(seen.length).toBeGreaterThan(0);
  for (const files of seen) expect(files).toEqual(filesOf(build));
  expect(filesOf(build)).toEqual(expect.arrayContaining(['/index.html', expect.stringMatching(/\.js\.br$/)]));
  expect(readdirSync(client).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
});

/** As it stands: `fetch` would tidy the path up. */
async function rawGet(server: TestServer, path: string, headers: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n${headers}Connection: close\r\n\r\n`);
  return await text(socket);
}

describe('what the page loads', () => {
  test('goes out compressed to who takes that, and is the same', async ({ server }) => {
    const [path = ''] = await scriptsOfPage(server);
    const plain = await fetch(server.url + path, { headers: { 'accept-encoding': 'identity' } });
    for (const encoding of ['br', 'gzip']) {
      const compressed = await fetch(server.url + path, { headers: { 'accept-encoding': encoding } });
      expect(compressed.headers.get('content-encoding')).toBe(encoding);
      expect(compressed.headers.get('vary')).toMatch(/accept-encoding/i);
      expect(await compressed.text()).toBe(await plain.clone().text());
    }
  });

  test('before it shows anything is less than 300 kB of JavaScript, compressed', async ({ server }) => {
    const scripts = await scriptsOfPage(server);
    expect(scripts.length).toBeGreaterThan(0);
    const sizes = scripts.map((path) => statSync(join(BUILD, `${path}.br`)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
  });
});

/** What the page names: that which it begins with, and all that this imports. */
async function scriptsOfPage(server: TestServer): Promise<string[]> {
  const page = await (await fetch(`${server.url}/`)).text();
  return [...page.matchAll(/"(\/assets\/[^"]+\.js)"/g)].flatMap(([, path]) => path ?? []);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length));
}

/** This checkout, but as it is after it was cloned; with what a build that was killed has left. */
async function withoutBuild(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crm-comms-without-build-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const name of ['server', 'client']) {
    await cp(join(ROOT, name), join(folder, name), { recursive: true, filter: (path) => !path.startsWith(BUILD) });
  }
  for (const name of ['node_modules', 'schema.graphql', 'package.json', 'tsconfig.json']) {
    await symlink(join(ROOT, name), join(folder, name));
  }
  await mkdir(join(folder, 'client/dist/assets'), { recursive: true });
  return folder;
}

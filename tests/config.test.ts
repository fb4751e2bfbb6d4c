import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, openDoors, readConfig } from '../server/config.ts';

const production = {
  NODE_ENV: 'production',
  WHATSAPP_APP_SECRET: 'a-secret',
  WHATSAPP_VERIFY_TOKEN: 'a-word-of-ours',
};

describe('the environment', () => {
  test('needs nothing', () => {
    expect(readConfig({})).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 4000,
      databaseUrl: undefined,
      dataDir: join(process.cwd(), 'data'),
      publicUrl: undefined,
      trustedProxies: [],
      defaultCountry: 'GR',
      sessionSecret: undefined,
      firstAdmin: undefined,
      metricsToken: undefined,
      logLevel: 'info',
      whatsapp: {
        phoneNumberId: undefined,
        accessToken: undefined,
        verifyToken: 'change-me',
        appSecrets: [],
        apiUrl: 'https://graph.facebook.com',
        apiVersion: 'v26.0',
        sendsPerSecond: 80,
        readReceipts: false,
        allowUnsignedWebhooks: false,
      },
    });
  });

  test('counts an empty value as unset', () => {
    const names = [...readFileSync('.env.example', 'utf8').matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name ?? '');
    expect(names).toHaveLength(21);
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readConfig({}));
  });

  test('has its defaults in .env.example', () => {
    const example = readFileSync('.env.example', 'utf8').replace(/^#(?=[A-Z_]+=)/gm, '');
    const shown = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(example)?.[1];
    const defaults = [
      'HOST',
      'PORT',
      'DATA_DIR',
      'WHATSAPP_VERIFY_TOKEN',
      'WHATSAPP_ALLOW_UNSIGNED_WEBHOOKS',
      'WHATSAPP_API_URL',
      'WHATSAPP_API_VERSION',
      'WHATSAPP_SENDS_PER_SECOND',
      'WHATSAPP_READ_RECEIPTS',
      'DEFAULT_COUNTRY',
      'LOG_LEVEL',
    ];
    expect(readConfig(Object.fromEntries(defaults.map((name) => [name, shown(name)])))).toEqual(readConfig({}));
  });

  test('is read into what it means', () => {
    const config = readConfig({
      HOST: '0.0.0.0',
      PORT: '0',
      PUBLIC_URL: 'https://inbox.example.com/',
      TRUSTED_PROXIES: '10.0.0.7, 192.168.0.0/16,::1,loopback',
      WHATSAPP_APP_SECRET: 'new-secret, old-secret',
      WHATSAPP_API_URL: 'http://127.0.0.1:4001/',
      WHATSAPP_SENDS_PER_SECOND: '1000',
      DEFAULT_COUNTRY: 'br',
      ADMIN_EMAIL: 'maria@example.com',
      ADMIN_PASSWORD: ' with blanks ',
    });
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 0,
      trustedProxies: ['10.0.0.7', '192.168.0.0/16', '::1', 'loopback'],
      defaultCountry: 'BR',
      firstAdmin: { email: 'maria@example.com', password: ' with blanks ' },
      whatsapp: { appSecrets: ['new-secret', 'old-secret'], apiUrl: 'http://127.0.0.1:4001', sendsPerSecond: 1000 },
    });
    expect(config.publicUrl?.origin).toBe('https://inbox.example.com');
  });

  test.each([
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'mysql://localhost/crm'],
    ['PUBLIC_URL', 'inbox.example.com'],
    ['PUBLIC_URL', 'ftp://inbox.example.com'],
    ['PUBLIC_URL', 'https://inbox.example.com/crm'],
    ['PUBLIC_URL', 'https://user:password@inbox.example.com'],
    ['TRUSTED_PROXIES', '10.0.0.7,proxy.local'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['WHATSAPP_PHONE_NUMBER_ID', '+30 210 1234567'],
    ['WHATSAPP_ACCESS_TOKEN', 'Bearer abc'],
    ['WHATSAPP_ACCESS_TOKEN', 'EAAtoken–with–dashes'],
    ['WHATSAPP_ACCESS_TOKEN', 'token\u0007'],
    ['WHATSAPP_API_URL', 'graph.facebook.com'],
    ['WHATSAPP_API_VERSION', '26'],
    ['WHATSAPP_SENDS_PER_SECOND', '0'],
    ['WHATSAPP_ALLOW_UNSIGNED_WEBHOOKS', 'yes'],
    ['DEFAULT_COUNTRY', 'XX'],
    ['ADMIN_EMAIL', 'maria'],
    ['ADMIN_PASSWORD', 'short'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s in one line that names it', (name, value) => {
    const env = { ADMIN_EMAIL: 'a@example.com', ADMIN_PASSWORD: 'long-enough', [name]: value };
    expect(problemsOf(env)).toEqual([expect.stringMatching(new RegExp(`^${name} must .+\\.$`))]);
  });

  test('tells every mistake at once', () => {
    expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'x', DEFAULT_COUNTRY: 'x' })).toHaveLength(3);
  });

  test('wants both of the first admin or neither', () => {
    expect(problemsOf({ ADMIN_EMAIL: 'a@example.com' })).toEqual([expect.stringMatching(/^ADMIN_PASSWORD must/)]);
    expect(problemsOf({ ADMIN_PASSWORD: 'long-enough' })).toEqual([expect.stringMatching(/^ADMIN_EMAIL must/)]);
  });
});

describe('production', () => {
  test('starts with its doors closed', () => {
    expect(readConfig(production).production).toBe(true);
  });

  test.each([
    ['WHATSAPP_APP_SECRET', { WHATSAPP_APP_SECRET: '' }],
    ['WHATSAPP_APP_SECRET', { WHATSAPP_APP_SECRET: ' , ' }],
    ['WHATSAPP_VERIFY_TOKEN', { WHATSAPP_VERIFY_TOKEN: '' }],
    ['WHATSAPP_VERIFY_TOKEN', { WHATSAPP_VERIFY_TOKEN: 'change-me' }],
    ['SESSION_SECRET', { DATABASE_URL: 'postgres://db/crm' }],
    ['SESSION_SECRET', { DATABASE_URL: 'postgres://db/crm', SESSION_SECRET: 'short' }],
  ])('refuses an open %s: %o', (name, env) => {
    expect(problemsOf({ ...production, ...env })).toEqual([expect.stringMatching(new RegExp(`^${name} must .+\\.$`))]);
  });

  test('tells what it refuses beside what it can’t read', () => {
    const problems = problemsOf({ NODE_ENV: 'production', PORT: 'x', DATABASE_URL: 'postgres://db/crm' });
    expect(problems.map((line) => line.split(' ')[0])).toEqual([
      'PORT',
      'WHATSAPP_APP_SECRET',
      'WHATSAPP_VERIFY_TOKEN',
      'SESSION_SECRET',
    ]);
  });

  test('takes unsigned webhooks only when told to', () => {
    const config = readConfig({ ...production, WHATSAPP_APP_SECRET: '', WHATSAPP_ALLOW_UNSIGNED_WEBHOOKS: 'true' });
    expect(openDoors(config)).toContainEqual(expect.stringMatching(/^WHATSAPP_APP_SECRET is empty/));
  });

  test('starts with a database and a secret', () => {
    const env = { ...production, DATABASE_URL: 'postgresql://db/crm', SESSION_SECRET: 'x'.repeat(16) };
    expect(readConfig(env).databaseUrl).toBe('postgresql://db/crm');
  });
});

test('elsewhere the start says what stands open', () => {
  expect(openDoors(readConfig({})).map((line) => line.split(' ')[0])).toEqual([
    'WHATSAPP_APP_SECRET',
    'WHATSAPP_VERIFY_TOKEN',
    'METRICS_TOKEN',
  ]);
  expect(openDoors(readConfig({ ...production, METRICS_TOKEN: 'm' }))).toEqual([]);
});

test('the program says each mistake in a line, and ends with 1', () => {
  const { PATH } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/main.ts'], {
    env: { PATH, PORT: 'x', LOG_LEVEL: 'x' },
    encoding: 'utf8',
  });
  const lines = `${stdout}${stderr}`.split('\n');
  expect(lines.filter((line) => line.includes('PORT must'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('LOG_LEVEL must'))).toHaveLength(1);
  expect(status).toBe(1);
});

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('It was accepted.');
}

import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { type CountryCode, isSupportedCountry } from 'libphonenumber-js';
import { z } from 'zod';

/**
 * The environment, judged once at start. Everything below `main.ts` knows only what this returns.
 *
 * @throws {ConfigError} with one line per mistake, each naming its variable and the remedy.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = givenValues(env);
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw new ConfigError(allProblems(given, parsed.error.issues));

  const config = configOf(parsed.data);
  const refused = refusals(config);
  if (refused.length > 0) throw new ConfigError(refused);
  return config;
}

export type Config = ReturnType<typeof configOf>;

export class ConfigError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** What a start should say aloud, since it stands open: a line each. */
export function openDoors(config: Config): string[] {
  const { whatsapp } = config;
  return [
    whatsapp.appSecrets.length === 0 &&
      'WHATSAPP_APP_SECRET is empty: whoever finds the webhook can post messages to it. Set it to the app secret from the App Dashboard of Meta (App settings > Basic).',
    whatsapp.verifyToken === DEFAULT_VERIFY_TOKEN &&
      `WHATSAPP_VERIFY_TOKEN is "${DEFAULT_VERIFY_TOKEN}", which everybody knows: set it to a random word of your own, and the same one at Meta.`,
    config.metricsToken === undefined &&
      'METRICS_TOKEN is empty: whoever reaches this port can read /metrics. Set it to a random word that the metrics collector sends as its bearer token.',
  ].filter((line) => line !== false);
}

const DEFAULT_VERIFY_TOKEN = 'change-me';
const SHORTEST_SESSION_SECRET = 16;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** An empty value counts as unset. Stray blanks go, but for a password, where they may be meant. */
function givenValues(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      (name === 'ADMIN_PASSWORD' ? value : value?.trim()) || undefined,
    ]),
  );
}

const environment = z
  .object({
    NODE_ENV: z.string().optional(),
    HOST: z.string().default('127.0.0.1'),
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535 (0 picks a free port)')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a whole number from 0 to 65535 (0 picks a free port)')
      .default(4000),
    DATABASE_URL: z
      .string()
      .refine(
        (value) => isUrl(value, ['postgres:', 'postgresql:']),
        'must look like postgres://user:password@host:5432/name; leave it empty for the embedded database',
      )
      .optional(),
    DATA_DIR: z
      .string()
      .default('./data')
      .transform((path) => resolve(path)),
    PUBLIC_URL: z
      .string()
      .refine(
        (value) => isUrl(value, ['http:', 'https:']) && isBareOrigin(new URL(value)),
        'must be the address where staff open the inbox and nothing after it, such as https://inbox.example.com',
      )
      .transform((value) => new URL(value))
      .optional(),
    TRUSTED_PROXIES: commaSeparated().refine(
      (proxies) => proxies.every(isProxyAddress),
      'must be addresses or ranges with commas between, such as 10.0.0.7,192.168.0.0/16',
    ),
    WHATSAPP_PHONE_NUMBER_ID: z
      .string()
      .regex(/^\d+$/, 'must be the id that Meta shows under the number (digits only, not the phone number itself)')
      .optional(),
    WHATSAPP_ACCESS_TOKEN: z
      .string()
      .regex(
        /^[!-~]+$/,
        'must be the token alone, as Meta shows it: without spaces, the word Bearer, or other than plain letters, digits and signs',
      )
      .optional(),
    WHATSAPP_VERIFY_TOKEN: z.string().default(DEFAULT_VERIFY_TOKEN),
    WHATSAPP_APP_SECRET: commaSeparated(),
    WHATSAPP_API_URL: z
      .string()
      .default('https://graph.facebook.com')
      .refine((value) => isUrl(value, ['http:', 'https:']), 'must be a web address such as https://graph.facebook.com')
      .transform((value) => value.replace(/\/+$/, '')),
    WHATSAPP_API_VERSION: z
      .string()
      .default('v26.0')
      .refine((value) => /^v\d+\.\d+$/.test(value), 'must look like v26.0'),
    WHATSAPP_SENDS_PER_SECOND: z
      .string()
      .regex(/^[1-9]\d{0,3}$/, 'must be a whole number from 1 to 9999')
      .transform(Number)
      .default(80),
    WHATSAPP_READ_RECEIPTS: trueOrFalse(),
    WHATSAPP_ALLOW_UNSIGNED_WEBHOOKS: trueOrFalse(),
    DEFAULT_COUNTRY: z
      .string()
      .default('GR')
      .transform((value) => value.toUpperCase())
      .refine(
        (value): value is CountryCode => isSupportedCountry(value),
        'must be a country in two letters, such as GR',
      ),
    SESSION_SECRET: z.string().optional(),
    ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
    ADMIN_PASSWORD: z
      .string()
      .min(8, 'must have at least 8 characters')
      .max(128, 'must have at most 128 characters')
      .optional(),
    METRICS_TOKEN: z.string().optional(),
    LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  })
  .superRefine((env, context) => {
    for (const [set, missing] of [
      ['ADMIN_EMAIL', 'ADMIN_PASSWORD'],
      ['ADMIN_PASSWORD', 'ADMIN_EMAIL'],
    ] as const) {
      if (env[set] !== undefined && env[missing] === undefined) {
        context.addIssue({ code: 'custom', path: [missing], message: `must be set too where ${set} is, or neither` });
      }
    }
  });

function configOf(env: z.output<typeof environment>) {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = env;
  return defined({
    production: env.NODE_ENV === 'production',
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    dataDir: env.DATA_DIR,
    publicUrl: env.PUBLIC_URL,
    trustedProxies: env.TRUSTED_PROXIES,
    defaultCountry: env.DEFAULT_COUNTRY,
    sessionSecret: env.SESSION_SECRET,
    firstAdmin: email !== undefined && password !== undefined ? { email, password } : undefined,
    metricsToken: env.METRICS_TOKEN,
    logLevel: env.LOG_LEVEL,
    whatsapp: defined({
      phoneNumberId: env.WHATSAPP_PHONE_NUMBER_ID,
      accessToken: env.WHATSAPP_ACCESS_TOKEN,
      verifyToken: env.WHATSAPP_VERIFY_TOKEN,
      appSecrets: env.WHATSAPP_APP_SECRET,
      apiUrl: env.WHATSAPP_API_URL,
      apiVersion: env.WHATSAPP_API_VERSION,
      sendsPerSecond: env.WHATSAPP_SENDS_PER_SECOND,
      readReceipts: env.WHATSAPP_READ_RECEIPTS,
      allowUnsignedWebhooks: env.WHATSAPP_ALLOW_UNSIGNED_WEBHOOKS,
    }),
  });
}

/** Without the members that are undefined, so that what is unset is absent. */
function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** What development may leave open and production may not. */
function refusals({ production, databaseUrl, sessionSecret, whatsapp }: Config): string[] {
  if (!production) return [];
  return [
    whatsapp.appSecrets.length === 0 &&
      !whatsapp.allowUnsignedWebhooks &&
      'WHATSAPP_APP_SECRET must be set in production, or anybody could post messages: copy the app secret from the App Dashboard of Meta (App settings > Basic). To run without, set WHATSAPP_ALLOW_UNSIGNED_WEBHOOKS=true.',
    whatsapp.verifyToken === DEFAULT_VERIFY_TOKEN &&
      `WHATSAPP_VERIFY_TOKEN must not be "${DEFAULT_VERIFY_TOKEN}" in production: set it to a random word, and enter the same word at Meta under WhatsApp > Configuration.`,
    databaseUrl !== undefined &&
      (sessionSecret?.length ?? 0) < SHORTEST_SESSION_SECRET &&
      `SESSION_SECRET must be set in production with DATABASE_URL, to at least ${SHORTEST_SESSION_SECRET} characters and the same for every process: make one with "openssl rand -hex 32".`,
  ].filter((line) => line !== false);
}

/** What is wrong with the values themselves, and what would be refused without those: for all to be mended at once. */
function allProblems(given: NodeJS.ProcessEnv, issues: z.core.$ZodIssue[]): string[] {
  const mistaken = issues.map(({ path }) => String(path[0]));
  const others = Object.fromEntries(Object.entries(given).filter(([name]) => !mistaken.includes(name)));
  const parsed = environment.safeParse(others);
  const refused = parsed.success ? refusals(configOf(parsed.data)) : [];
  const isNew = (line: string) => !mistaken.some((name) => line.startsWith(`${name} `));
  return [...issues.map(problemOf), ...refused.filter(isNew)];
}

function problemOf({ path, message }: z.core.$ZodIssue): string {
  return `${path.join('.')} ${message}.`;
}

function trueOrFalse() {
  return z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((value) => value === 'true');
}

function commaSeparated() {
  return z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    );
}

function isUrl(value: string, protocols: string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

function isBareOrigin(url: URL): boolean {
  return url.href === `${url.origin}/`;
}

/** An address, a range of them, or a name that Fastify knows for one. */
function isProxyAddress(value: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(value)) return true;
  const [address = '', bits, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

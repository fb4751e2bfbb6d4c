import type { FastifyInstance } from 'fastify';
import { type Logger as Pino, pino } from 'pino';
import pretty from 'pino-pretty';

export type Logger = Pino;

/**
 * JSON lines on standard output, or readable ones for a person at a terminal.
 *
 * Secrets, what people wrote and full phone numbers never reach a line: known names are redacted, and errors are
 * reduced to what doesn't carry values.
 */
export function createLogger({ level, pretty: readable }: { level: string; pretty: boolean }): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: redactedPaths, censor },
    serializers: { err: safeError },
  };
  return readable ? pino(options, pretty({ sync: true, translateTime: 'SYS:HH:MM:ss.l' })) : pino(options);
}

/** Logs every answer by its route's pattern: a URL holds tokens and phone numbers. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const answer = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (reply.statusCode >= 500) request.log.warn(answer, 'answered');
    else request.log.debug(answer, 'answered');
    done();
  });
}

/** `306974015758` as `30697…58`: enough to recognise a number, too little to call it. */
function maskPhone(phone: string): string {
  return phone.length < 9 ? '…' : `${phone.slice(0, 5)}…${phone.slice(-2)}`;
}

const secretNames = [
  'accessToken',
  'appSecrets',
  'authorization',
  'body',
  'cookie',
  'databaseUrl',
  'headers',
  'metricsToken',
  'params',
  'password',
  'payload',
  'phone',
  'query',
  'secret',
  'sessionSecret',
  'text',
  'token',
  'toPhone',
  'variables',
  'verifyToken',
];

const redactedPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

function censor(value: unknown): unknown {
  return typeof value === 'string' && /^\d{5}…\d{2}$/.test(value) ? value : '[redacted]';
}

type LoggedError = {
  type: string;
  message: string;
  stack?: string;
  code?: string;
  constraint?: string;
  cause?: LoggedError;
  errors?: LoggedError[];
};

/**
 * What of an error may be kept: its kind, its words without long numbers, where it happened. Of PostgreSQL's errors
 * neither `detail` nor `where` (they quote rows), nor the words where those quote a value.
 */
function safeError(error: unknown): LoggedError | unknown {
  return error instanceof Error ? loggedError(error, 0) : { type: typeof error, message: 'thrown, but not an Error' };
}

function loggedError(error: Error & { code?: unknown; constraint?: unknown }, depth: number): LoggedError {
  const message = quotesValues(error) ? `PostgreSQL error ${error.code}` : maskNumbers(error.message);
  const inner = depth < 4;
  return {
    type: error.name,
    message,
    ...(error.stack !== undefined && { stack: stackOf(error, message) }),
    ...(typeof error.code === 'string' && { code: error.code }),
    ...(typeof error.constraint === 'string' && { constraint: error.constraint }),
    ...(inner && error.cause instanceof Error && { cause: loggedError(error.cause, depth + 1) }),
    ...(inner &&
      error instanceof AggregateError && {
        errors: error.errors.filter((one) => one instanceof Error).map((one) => loggedError(one, depth + 1)),
      }),
  };
}

/** PostgreSQL quotes what it was given in its errors about data (SQLSTATE class 22) and about integrity (23). */
function quotesValues(error: Error & { code?: unknown }): boolean {
  return typeof error.code === 'string' && /^2[23][0-9A-Z]{3}$/.test(error.code);
}

/** The frames under a message of our choice: a stack repeats the original one in its first lines. */
function stackOf(error: Error, message: string): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`${error.name}: ${message}`, ...frames].join('\n');
}

function maskNumbers(text: string): string {
  return text.replace(/\d{8,15}/g, maskPhone);
}

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from './ops/logging.ts';
import { answerProblem } from './ops/problem-details.ts';

const CLIENT = join(import.meta.dirname, '../client');
const CLIENT_BUILD = join(CLIENT, 'dist');
const ALL_OF_IT = { recursive: true, force: true };

/** Builds the client where it has no build: beside its place, since another program may do the same, or serve what is there. */
export async function ensureClientBuilt(log: Logger): Promise<void> {
  if (isClientBuilt()) return;
  log.info('building the client, which has no build yet');
  const vite = join(CLIENT, '../node_modules/vite/bin/vite.js');
  const making = `${CLIENT_BUILD}.making-${process.pid}`;
  // What a build that was killed has left.
  await rm(CLIENT_BUILD, ALL_OF_IT);
  try {
    const options = ['--logLevel', 'warn', '--outDir', making];
    const build = spawn(process.execPath, [vite, 'build', CLIENT, ...options], { stdio: 'inherit' });
    const [code] = await once(build, 'exit');
    if (code !== 0) throw new Error('The client could not be built: run "npm run build" to see why.');
    await rename(making, CLIENT_BUILD);
  } catch (error) {
    // Another program was faster: its build is as good.
    if (!isClientBuilt()) throw error;
  } finally {
    await rm(making, ALL_OF_IT);
  }
}

function isClientBuilt(): boolean {
  return existsSync(join(CLIENT_BUILD, 'index.html'));
}

/**
 * The client's files, and its page at every address that is not a file's: the client reads the address itself.
 * Everything that nothing else answers ends here.
 */
export async function registerClientFiles(app: FastifyInstance, root = CLIENT_BUILD): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    serve: false,
    preCompressed: true,
    dotfiles: 'ignore',
    suppressWarning: true,
  });

  const headers = {
    'content-security-policy': securityPolicy(),
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });

  app.get<FileRequest>('/*', async (request, reply) => {
    const path = request.params['*'];
    if (isReserved(path) || isTrick(path)) return answerProblem(reply, nothingThere);
    if (path === '' || path === 'index.html') return sendPage(root, reply);
    return reply.sendFile(path, isHashed(path) ? { immutable: true, maxAge: '365d' } : { maxAge: 0 });
  });

  app.setNotFoundHandler(async (request, reply) =>
    isPageAddress(request) ? sendPage(root, reply) : answerProblem(reply, nothingThere),
  );
}

type FileRequest = { Params: { '*': string } };

const nothingThere = { status: 404, detail: 'There is nothing at this address.' };

/** `style-src` by nonce, since components insert styles as they are drawn. */
function securityPolicy(nonce?: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

async function sendPage(root: string, reply: FastifyReply): Promise<FastifyReply> {
  const page = await readPage(root);
  if (page === undefined) {
    return reply.code(503).type('text/plain; charset=utf-8').send('There is no client here yet. Run: npm run build\n');
  }
  const nonce = randomBytes(16).toString('base64');
  return reply
    .code(200)
    .type('text/html; charset=utf-8')
    .headers({ 'cache-control': 'no-cache', 'content-security-policy': securityPolicy(nonce) })
    .send(page.replaceAll('__CSP_NONCE__', nonce));
}

async function readPage(root: string): Promise<string | undefined> {
  try {
    return await readFile(join(root, 'index.html'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A browser that opens an address asks for a page by name; a missing picture or script doesn't. */
function isPageAddress({ method, params, headers }: FastifyRequest): boolean {
  const path = (params as Partial<FileRequest['Params']>)['*'] ?? '';
  const reads = method === 'GET' || method === 'HEAD';
  const wantsPage = headers.accept?.includes('text/html') === true;
  return reads && wantsPage && !isReserved(path) && !isHashed(path) && !isTrick(path);
}

function isReserved(path: string): boolean {
  return /^(?:api|graphql|healthz|readyz|metrics)(?:\/|$)/.test(path);
}

/** Vite names these by their content. */
function isHashed(path: string): boolean {
  return /^assets(?:\/|$)/.test(path);
}

function isTrick(path: string): boolean {
  return path.includes('\0') || path.split(/[\\/]/).includes('..');
}

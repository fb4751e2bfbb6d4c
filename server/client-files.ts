import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerProblem } from './ops/problem-details.ts';

export const CLIENT_BUILD = join(import.meta.dirname, '../client/dist');

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

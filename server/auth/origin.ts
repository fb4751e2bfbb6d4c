import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { answerProblem } from '../ops/problem-details.ts';

/** Whether a page of this address is ours. `port` is the one that is listened on. */
export function isOwnOrigin(origin: string, config: Config, port: number | undefined): boolean {
  if (config.publicUrl) return origin === config.publicUrl.origin;
  return ['localhost', '127.0.0.1', '[::1]'].some((host) => origin === new URL(`http://${host}:${port}`).origin);
}

/** Refuses what somebody else's page asks for with the cookie of ours. A program sends no `Origin`, and passes. */
export function refuseForeignOrigins(app: FastifyInstance, config: Config): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { origin, cookie } = request.headers;
    const asks = cookie !== undefined && origin !== undefined && !readingMethods.has(request.method);
    if (asks && !isOwnOrigin(origin, config, request.socket.localPort)) answerProblem(reply, foreignOrigin);
    else done();
  });
}

export const foreignOrigin = {
  status: 403,
  detail: 'This came from a page of another address. Open the inbox at its own address; PUBLIC_URL says which that is.',
};

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

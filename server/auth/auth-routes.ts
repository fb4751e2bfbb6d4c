import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { answerProblem } from '../ops/problem-details.ts';
import type { Auth, SignIn } from './auth.ts';
import { foreignOrigin, isOwnOrigin } from './origin.ts';

/** Sign-in and sign-out. Of better-auth's own routes none is open. */
export async function registerAuth(app: FastifyInstance, auth: Auth, config: Config): Promise<void> {
  await app.register(async (routes) => {
    acceptEmptyJson(routes);

    routes.post('/api/auth/sign-in/email', { bodyLimit: 16_384 }, async (request, reply) => {
      // Without a cookie too: another page must not sign somebody in as somebody else.
      const { origin } = request.headers;
      if (origin !== undefined && !isOwnOrigin(origin, config, request.socket.localPort)) {
        return answerProblem(reply, foreignOrigin);
      }
      const credentials = credentialsSchema.safeParse(request.body);
      if (!credentials.success) return answerProblem(reply, unreadable(credentials.error));

      const before = await auth.sessionOf(headersOf(request.headers));
      const signIn = await auth.signIn(credentials.data, callerOf(request));
      if (signIn.outcome !== 'SIGNED_IN') return refuse(request, reply, signIn);
      if (before) await auth.endSession(before.sessionId);
      reply.header('set-cookie', signIn.headers.getSetCookie());
      reply.header('set-auth-token', signIn.headers.get('set-auth-token'));
      return reply.header('cache-control', 'no-store').send(signIn.body);
    });

    routes.post('/api/auth/sign-out', async (request, reply) => {
      const session = await auth.sessionOf(headersOf(request.headers));
      if (session) await auth.endSession(session.sessionId);
      reply.header('set-cookie', await auth.forgettingCookies());
      return reply.header('cache-control', 'no-store').send({ success: true });
    });
  });
}

/** What of a request, or of an upgrade, says who asks. */
export function headersOf({ cookie, authorization }: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  if (cookie !== undefined) headers.set('cookie', cookie);
  if (authorization !== undefined) headers.set('authorization', authorization);
  return headers;
}

const credentialsSchema = z.object({ email: z.string().trim().min(1).max(320), password: z.string().min(1).max(1000) });

function unreadable(error: z.ZodError) {
  const field = error.issues[0]?.path.join('.');
  return field
    ? { status: 422, detail: `Send the ${field} as text.`, field }
    : { status: 400, detail: 'Send a JSON object with email and password.' };
}

function refuse(request: FastifyRequest, reply: FastifyReply, signIn: Exclude<SignIn, { outcome: 'SIGNED_IN' }>) {
  request.log.info({ address: request.ip, outcome: signIn.outcome }, 'sign-in refused');
  switch (signIn.outcome) {
    case 'WRONG':
      return answerProblem(reply, { status: 401, detail: 'The e-mail address or the password is wrong.' });
    case 'DEACTIVATED':
      return answerProblem(reply, { status: 403, detail: 'This account is deactivated. An admin can make it active.' });
    case 'TOO_MANY':
      return answerProblem(reply, {
        status: 429,
        detail: 'Too many sign-ins that failed. Wait a minute and try again.',
        retryAfter: signIn.retryAfter,
      });
  }
}

function callerOf(request: FastifyRequest) {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? '' };
}

/** A sign-out has nothing to say, whatever its content type announces. */
function acceptEmptyJson(routes: FastifyInstance): void {
  const parse = routes.getDefaultJsonParser('error', 'error');
  routes.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null);
    else void parse(request, body, done);
  });
}

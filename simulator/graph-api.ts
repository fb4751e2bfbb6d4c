import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type GraphError, graphError, graphPathError } from './graph-error.ts';
import type { SimulatedPerson } from './simulated-person.ts';
import type { PlannedAnswer, WhatsApp } from './whatsapp.ts';

type MessagesPath = { version: string; phoneNumberId: string };
type Answer = { status: number; body: unknown } | 'hang' | 'drop';
type Judged = { answer: Answer; readAs?: string; wamid?: string };

/** v20.0 expired on 24 Sep 2026; v21.0 does on 21 Jan 2027. */
const liveVersions = ['v21.0', 'v22.0', 'v23.0', 'v24.0', 'v25.0', 'v26.0'];

/**
 * The Graph API as far as sending needs it: `POST /{version}/{phone number id}/messages`, and
 * `GET /{version}/{phone number id}` for how the number is written.
 */
export function registerGraphApi(app: FastifyInstance, whatsapp: WhatsApp): void {
  void app.register(async (graph) => {
    graph.removeAllContentTypeParsers();
    graph.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

    graph.post<{ Params: MessagesPath; Body: string | undefined }>(
      '/:version/:phoneNumberId/messages',
      async (request, reply) => {
        const body = parse(request.body);
        const { answer, readAs, wamid } = await judge(whatsapp, request, body);
        whatsapp.record({
          at: new Date().toISOString(),
          version: request.params.version,
          kind: body?.status === 'read' ? 'read' : 'message',
          to: asText(body?.to) ?? asText(body?.recipient),
          readAs,
          body: body ?? {},
          answer: typeof answer === 'object' ? answer.status : answer,
          code: codeOf(answer),
          wamid,
        });
        return give(reply, answer, whatsapp.ended);
      },
    );

    graph.get<{ Params: MessagesPath; Querystring: { fields?: string } }>(
      '/:version/:phoneNumberId',
      async (request, reply) => {
        const { phoneNumberId: id, displayPhoneNumber: display_phone_number } = whatsapp.business;
        const unknown = request.query.fields?.split(',').find((field) => !/^(id|display_phone_number)$/.test(field));
        const answer =
          pathRefusal(whatsapp, request.params, 'get') ??
          tokenRefusal(whatsapp, request.headers.authorization) ??
          (unknown
            ? graphPathError(400, 100, `(#100) Tried accessing nonexisting field (${unknown})`)
            : { status: 200, body: { display_phone_number, id } });
        return give(reply, answer, whatsapp.ended);
      },
    );

    graph.setNotFoundHandler((request, reply) => {
      const { status, body } = graphPathError(400, 2500, `Unknown path components: ${request.url.split('?')[0]}`);
      return reply.code(status).send(body);
    });
  });
}

async function judge(
  whatsapp: WhatsApp,
  request: FastifyRequest<{ Params: MessagesPath }>,
  body: Record<string, unknown> | undefined,
): Promise<Judged> {
  const refusal =
    pathRefusal(whatsapp, request.params, 'post') ??
    tokenRefusal(whatsapp, request.headers.authorization) ??
    (body === undefined ? graphError(100, 'The body is not a JSON object.') : commonRefusal(body));
  if (refusal || body === undefined) return { answer: refusal ?? graphError(100) };
  if (body.status === 'read') return { answer: markRead(whatsapp, body) };
  const malformed = messageRefusal(body);
  if (malformed) return { answer: malformed };
  return send(whatsapp, body);
}

async function send(whatsapp: WhatsApp, body: Record<string, unknown>): Promise<Judged> {
  const to = asText(body.to);
  const recipient = asText(body.recipient);
  const { person, readAs } = whatsapp.recipientOf({ ...(to && { to }), ...(recipient && { recipient }) });
  const planned = whatsapp.takePlannedAnswer(person);
  if (planned && !accepts(planned)) return { answer: refusalOf(planned), readAs };
  if (readAs === whatsapp.business.displayPhoneNumber.replace(/\D/g, '')) return { answer: graphError(131021), readAs };
  const lateCode = person?.onWhatsApp ? windowCode(whatsapp, person, body) : 131026;
  if (!planned) {
    const limit = person && whatsapp.limitReached(person);
    if (limit) return { answer: graphError(limit), readAs };
    const rule = lateCode === 131026 ? whatsapp.rules.unknownNumbers : whatsapp.rules.window;
    if (lateCode && rule === 'answer') return { answer: graphError(lateCode), readAs };
  }
  return accept(
    person ?? nobody(whatsapp, readAs, to !== undefined),
    body,
    planned ?? (lateCode ? lateFailure(lateCode) : undefined),
    readAs,
  );
}

async function accept(
  person: SimulatedPerson,
  body: Record<string, unknown>,
  planned: Omit<PlannedAnswer, 'to'> | undefined,
  readAs: string,
): Promise<Judged> {
  const sentToUserId = asText(body.to) === undefined;
  const reaction = body.type === 'reaction' ? reactionOf(body) : undefined;
  const target = reaction && person.chat.find(({ wamid }) => wamid === reaction.messageId);
  if (reaction && (!target || target.type === 'reaction'))
    return { answer: graphError(131009, 'Unknown message.'), readAs };
  if (reaction && target) {
    const { wamid } = person.takesReaction(body, target, reaction.emoji);
    return { answer: accepted(person, body, wamid), readAs, wamid };
  }
  const { message, statuses } = person.takes(body, { statuses: planned?.statuses, sentToUserId });
  if (planned?.statusesFirst) await statuses;
  const kind = planned?.answer ?? 'accept';
  const answer =
    kind === 'hang' || kind === 'drop'
      ? kind
      : kind === 'html'
        ? { status: 200, body: '<!DOCTYPE html><title>Facebook</title><p>Something is not quite right.</p>' }
        : kind === 'empty'
          ? { status: 200, body: '' }
          : accepted(person, body, message.wamid);
  return { answer, readAs, wamid: message.wamid };
}

/** Whoever a message goes to that reaches no one. */
function nobody(whatsapp: WhatsApp, readAs: string, byNumber: boolean): SimulatedPerson {
  const identity = byNumber ? { phone: readAs } : { userId: readAs };
  return whatsapp.addPerson({ name: 'Nobody on WhatsApp', ...identity }, { onWhatsApp: false });
}

function accepted(person: SimulatedPerson, body: Record<string, unknown>, wamid: string): Answer {
  const to = asText(body.to);
  const contact =
    to === undefined ? { input: person.userId, user_id: person.userId } : { input: to, wa_id: person.waId };
  return {
    status: 200,
    body: {
      messaging_product: 'whatsapp',
      contacts: [contact],
      messages: [{ id: wamid, ...(body.type === 'template' && { message_status: 'accepted' }) }],
    },
  };
}

function accepts({ answer }: PlannedAnswer): boolean {
  return typeof answer === 'string' && answer !== 'server-error';
}

function refusalOf({ answer }: PlannedAnswer): Answer {
  if (typeof answer === 'number') return graphError(answer);
  return { status: 500, body: '<!DOCTYPE html><title>Error</title><p>Sorry, something went wrong.</p>' };
}

function lateFailure(code: number): Omit<PlannedAnswer, 'to'> {
  return { answer: 'accept', statuses: [`failed:${code}`], statusesFirst: false };
}

/** Outside the 24 hours only templates pass. A stranger is let through: the mistake is to be seen. */
function windowCode(whatsapp: WhatsApp, person: SimulatedPerson, body: Record<string, unknown>): 131047 | undefined {
  if (whatsapp.rules.window === 'off' || body.type === 'template' || person.stranger) return undefined;
  const closesAt = person.windowClosesAt;
  return closesAt !== undefined && closesAt.getTime() > Date.now() ? undefined : 131047;
}

function pathRefusal(
  whatsapp: WhatsApp,
  { version, phoneNumberId }: MessagesPath,
  method: 'get' | 'post',
): GraphError | undefined {
  if (!liveVersions.includes(version)) {
    const number = Number(/^v(\d+)\.\d$/.exec(version)?.[1]);
    return number < 21
      ? graphPathError(400, 2635, `(#2635) You are calling a deprecated version of the API: ${version}. Use v26.0.`)
      : graphPathError(400, 2500, `Unknown path components: /${version}/${phoneNumberId}/messages`);
  }
  if (phoneNumberId !== whatsapp.business.phoneNumberId) {
    return graphPathError(
      400,
      100,
      `Unsupported ${method} request. Object with ID '${phoneNumberId}' does not exist, cannot be loaded due to missing ` +
        'permissions, or does not support this operation.',
      33,
    );
  }
  return undefined;
}

function tokenRefusal(whatsapp: WhatsApp, authorization: string | undefined): GraphError | undefined {
  if (authorization === `Bearer ${whatsapp.accessToken}`) return undefined;
  return authorization === undefined
    ? graphPathError(401, 190, 'An access token is required to request this resource.')
    : graphPathError(401, 190, 'Invalid OAuth access token - Cannot parse access token');
}

function commonRefusal(body: Record<string, unknown>): GraphError | undefined {
  if (body.messaging_product === 'whatsapp') return undefined;
  return graphError(100, 'The parameter messaging_product is required and has to be "whatsapp".');
}

function markRead(whatsapp: WhatsApp, body: Record<string, unknown>): Answer {
  const wamid = asText(body.message_id);
  const found = wamid === undefined ? undefined : whatsapp.findMessage(wamid);
  if (found?.message.from !== 'customer') return graphError(131009, 'message_id is no message of a customer.');
  found.person.isReadUpTo(found.message.wamid);
  if (body.typing_indicator) found.person.seesTyping();
  return { status: 200, body: { success: true } };
}

const messageTypes = [
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'interactive',
  'template',
  'reaction',
];

function messageRefusal(body: Record<string, unknown>): GraphError | undefined {
  const type = body.type ?? 'text';
  const to = body.to;
  const recipient = body.recipient;
  const callbackData = body.biz_opaque_callback_data;
  if (!asText(to) && !asText(recipient)) return graphError(100, 'The parameter to is required.');
  if (to !== undefined && !/^\+?[\d\s()-]{5,25}$/.test(String(to))) {
    return graphError(131009, 'to is no phone number.');
  }
  if (typeof callbackData === 'string' && callbackData.length > 512) {
    return graphError(100, 'Param biz_opaque_callback_data must be at most 512 characters long.');
  }
  if (typeof type !== 'string' || !messageTypes.includes(type)) return graphError(131051);
  const content = body[type];
  if (typeof content !== 'object' || content === null) return graphError(131008, `The parameter ${type} is required.`);
  return type === 'text' ? textRefusal(content as Record<string, unknown>) : undefined;
}

function textRefusal({ body }: Record<string, unknown>): GraphError | undefined {
  if (typeof body !== 'string' || body.trim() === '')
    return graphError(131008, "The parameter text['body'] is required.");
  if ([...body].length > 4096) return graphError(100, "Param text['body'] must be at most 4096 characters long.");
  return undefined;
}

function reactionOf(body: Record<string, unknown>): { messageId: string; emoji: string } {
  const { message_id, emoji } = body.reaction as Record<string, unknown>;
  return { messageId: String(message_id), emoji: asText(emoji) ?? '' };
}

function parse(body: string | undefined): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(body ?? '');
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

function codeOf(answer: Answer): number | undefined {
  if (typeof answer !== 'object' || typeof answer.body !== 'object') return undefined;
  const { error } = answer.body as { error?: { code?: number } };
  return error?.code;
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

async function give(reply: FastifyReply, answer: Answer, ended: AbortSignal): Promise<FastifyReply> {
  if (typeof answer === 'object') {
    const html = typeof answer.body === 'string' && answer.body !== '';
    return reply
      .code(answer.status)
      .type(html ? 'text/html; charset=utf-8' : 'application/json; charset=UTF-8')
      .send(answer.body);
  }
  reply.hijack();
  if (answer === 'drop' || ended.aborted) reply.raw.destroy();
  else ended.addEventListener('abort', () => reply.raw.destroy(), { once: true });
  return reply;
}

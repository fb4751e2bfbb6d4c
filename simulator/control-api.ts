import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { type CustomerContents, type CustomerMessageType, customerContents } from './customer-message.ts';
import { streamChanges } from './event-stream.ts';
import { personSchema } from './people.ts';
import type { SimulatedPerson } from './simulated-person.ts';
import { personView, snapshot } from './view.ts';
import { plannedAnswerSchema, type WhatsApp } from './whatsapp.ts';

const travelSchema = z.object({
  hoursAgo: z.number().min(0).max(1000).optional(),
  replyTo: z.string().optional(),
  forwarded: z.boolean().optional(),
  copies: z.number().int().min(1).max(100).optional(),
  inAnotherBody: z.boolean().optional(),
  wrongSignatureFirst: z.boolean().optional(),
  afterNext: z.boolean().optional(),
});

const messageTypes = Object.keys(customerContents) as [CustomerMessageType, ...CustomerMessageType[]];
const messageSchema = z.object({
  type: z.enum(messageTypes),
  content: z.record(z.string(), z.unknown()),
  travel: travelSchema.default({}),
});
const batchSchema = z.object({ texts: z.array(z.string().min(1)).min(1).max(1000), travel: travelSchema.default({}) });
const habitsSchema = z.object({
  online: z.boolean().optional(),
  blocked: z.boolean().optional(),
  readReceipts: z.boolean().optional(),
  reading: z.boolean().optional(),
  showsNumber: z.boolean().optional(),
});
const statusSchema = z.object({ wamid: z.string(), status: plannedAnswerSchema.shape.statuses.unwrap().element });

/** What the page, and programs that test the product from outside, do to the simulated world. JSON throughout. */
export function registerControlApi(app: FastifyInstance, whatsapp: WhatsApp): void {
  void app.register(
    async (control) => {
      control.removeContentTypeParser('text/plain');
      control.addHook('onRequest', async (request, reply) => {
        const { origin, host } = request.headers;
        if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host))
          await problem(reply, 403, 'from another site');
      });
      control.setErrorHandler((error, _request, reply) => {
        if (error instanceof z.ZodError) return problem(reply, 400, z.prettifyError(error));
        return reply.send(error);
      });

      control.get('/state', async () => snapshot(whatsapp));
      control.get('/events', (_request, reply) => streamChanges(reply, whatsapp));
      control.get('/calls', async () => whatsapp.calls);
      control.get('/deliveries', async () => whatsapp.deliveries);

      /** An empty object makes somebody up. */
      control.post('/people', async (request) => {
        const asked = z.record(z.string(), z.unknown()).parse(request.body ?? {});
        return personView(whatsapp.addPerson(Object.keys(asked).length > 0 ? personSchema.parse(asked) : undefined));
      });

      /** Answers at once; how the delivery goes is in `/deliveries` and the events. */
      forPerson('/messages', messageSchema, (person, { type, content, travel }) => {
        const { wamid, said } = person.writes(type, contentOf(type, content), defined(travel));
        void said;
        return { wamid };
      });
      forPerson('/batch', batchSchema, (person, { texts, travel }) => {
        void person.saysAtOnce(texts, defined(travel));
        return {};
      });
      forPerson('/habits', habitsSchema, (person, { online, ...habits }) => {
        person.is(defined(habits));
        if (online !== undefined) void person.goesOnline(online);
        return personView(person);
      });
      forPerson('/reads', z.unknown(), async (person) => {
        await person.reads();
        return {};
      });
      forPerson('/number', z.object({ phone: z.string().regex(/^\d{7,15}$/) }), (person, { phone }) => {
        void person.changesNumber(phone);
        return personView(person);
      });
      control.get<{ Params: { id: string } }>('/people/:id/received', async (request, reply) => {
        const person = whatsapp.find(request.params.id);
        return person ? whatsapp.received(request.params.id) : problem(reply, 404, 'no such person');
      });

      control.post('/answers', async (request) => {
        whatsapp.nextAnswers(...z.array(plannedAnswerSchema).parse(request.body));
        return whatsapp.plannedAnswers;
      });
      control.delete('/answers', async () => {
        whatsapp.forgetPlannedAnswers();
        return whatsapp.plannedAnswers;
      });

      /** Any body at all, signed. */
      control.post('/webhook', async (request) => {
        void whatsapp.deliver(request.body);
        return {};
      });
      control.post<{ Params: { id: string } }>('/deliveries/:id/again', async (request, reply) => {
        const delivery = whatsapp.deliveries.find(({ id }) => id === request.params.id);
        if (!delivery) return problem(reply, 404, 'no such delivery');
        void whatsapp.deliverAgain(delivery);
        return {};
      });
      control.post('/statuses', async (request, reply) => {
        const { wamid, status } = statusSchema.parse(request.body);
        if (!whatsapp.findMessage(wamid)) return problem(reply, 404, 'no such message');
        void whatsapp.sendStatus(wamid, status);
        return {};
      });
      control.post('/verification', () => whatsapp.verifyWebhook());

      function forPerson<Body>(
        path: string,
        schema: z.ZodType<Body>,
        act: (person: SimulatedPerson, body: Body) => unknown,
      ): void {
        control.post<{ Params: { id: string } }>(`/people/:id${path}`, async (request, reply) => {
          const person = whatsapp.find(request.params.id);
          return person ? act(person, schema.parse(request.body ?? {})) : problem(reply, 404, 'no such person');
        });
      }
    },
    { prefix: '/simulator' },
  );
}

function contentOf<Type extends CustomerMessageType>(type: Type, content: unknown): CustomerContents[Type] {
  return customerContents[type].parse(content) as CustomerContents[Type];
}

function problem(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply.code(status).type('application/problem+json').send({ status, detail });
}

/** Without the members that are undefined. */
function defined<Bag extends object>(bag: Bag): { [Key in keyof Bag]?: Exclude<Bag[Key], undefined> } {
  return Object.fromEntries(Object.entries(bag).filter(([, value]) => value !== undefined)) as never;
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import { makeExecutableSchema } from '@graphql-tools/schema';
import Fastify from 'fastify';
import { PubSub, withFilter } from 'graphql-subscriptions';
import { useServer } from 'graphql-ws/use/ws';
import pg from 'pg';
import { WebSocketServer } from 'ws';
import { messageTable } from './message-table.ts';

// The inbox as Apollo's documentation would have it: what a webhook brings is inserted message by message, and each is
// published to the subscriptions of this process. Nothing is resumed, nobody signs in.

const typeDefs = /* GraphQL */ `
  type CommsEntry {
    id: ID!
    customerId: ID!
    type: String!
    direction: String!
    body: String!
    status: String!
    extMessageId: ID
    phone: String
    senderName: String
    occurredAt: String!
    loggedAt: String!
  }
  type Query {
    inbox(first: Int = 50): [CommsEntry!]!
  }
  type Subscription {
    commsLogged(customerId: ID, type: String): CommsEntry!
  }
`;

type Row = { customer_id: string; type: string; occurred_at: Date; logged_at: Date; [column: string]: unknown };
type Value = { contacts?: { wa_id: string; profile: { name: string } }[]; messages?: Message[] };
type Message = { id: string; from: string; timestamp: string; text: { body: string } };

const pubsub = new PubSub<{ LOGGED: { commsLogged: Row } }>();
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
await pool.query(messageTable);

const schema = makeExecutableSchema({
  typeDefs,
  resolvers: {
    CommsEntry: {
      customerId: (row: Row) => row.customer_id,
      extMessageId: (row: Row) => row.ext_message_id,
      senderName: (row: Row) => row.sender_name,
      occurredAt: (row: Row) => row.occurred_at.toISOString(),
      loggedAt: (row: Row) => row.logged_at.toISOString(),
    },
    Query: {
      inbox: async (_: unknown, { first }: { first: number }) =>
        (await pool.query('select * from message order by id desc limit $1', [first])).rows,
    },
    Subscription: {
      commsLogged: {
        subscribe: withFilter<{ commsLogged: Row }, { customerId?: string; type?: string }>(
          () => pubsub.asyncIterableIterator('LOGGED'),
          (event, wanted) =>
            (!wanted?.customerId || event?.commsLogged.customer_id === wanted.customerId) &&
            (!wanted?.type || event?.commsLogged.type === wanted.type),
        ),
      },
    },
  },
});

async function log(message: Message, { contacts }: Value): Promise<void> {
  const name = contacts?.find((contact) => contact.wa_id === message.from)?.profile.name;
  const { rows } = await pool.query<Row>(
    `insert into message (customer_id, type, direction, body, status, ext_message_id, phone, sender_name, occurred_at)
    values ($1, 'WHATSAPP', 'INBOUND', $2, 'RECEIVED', $3, $1, $4, $5) on conflict do nothing returning *`,
    [message.from, message.text.body, message.id, name, new Date(Number(message.timestamp) * 1000)],
  );
  for (const row of rows) await pubsub.publish('LOGGED', { commsLogged: row });
}

const app = Fastify();
const sockets = new WebSocketServer({ server: app.server, path: '/graphql' });
useServer({ schema }, sockets);

app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.post('/api/crm/whatsapp/webhook', async (request, reply) => {
  const bytes = request.body as Buffer;
  const signature = Buffer.from(String(request.headers['x-hub-signature-256']));
  const wanted = createHmac('sha256', process.env.WHATSAPP_APP_SECRET ?? '')
    .update(bytes)
    .digest('hex');
  const expected = Buffer.from(`sha256=${wanted}`);
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return reply.code(401).send('');
  const { entry } = JSON.parse(bytes.toString()) as { entry: { changes: { value: Value }[] }[] };
  for (const { changes } of entry) {
    for (const { value } of changes) for (const message of value.messages ?? []) await log(message, value);
  }
  return reply.code(200).send('');
});

const apollo = new ApolloServer({ schema, plugins: [fastifyApolloDrainPlugin(app)] });
await apollo.start();
await app.register(fastifyApollo(apollo));
await app.listen({ host: '127.0.0.1', port: 0 });
console.log(JSON.stringify({ msg: 'listening', port: (app.server.address() as AddressInfo).port }));
process.on('SIGINT', () => process.exit());

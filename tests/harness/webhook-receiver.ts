import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Post = { raw: string; headers: IncomingHttpHeaders };
type Value = { contacts?: unknown[]; messages?: Message[]; statuses?: Status[] };
type Message = Record<string, unknown> & { id: string; timestamp: string; text?: { body: string } };
type Status = Record<string, unknown> & { status: string };

/** The least that can stand for the product: it takes every webhook, unless `answers` holds another answer. */
export async function startReceiver() {
  const posts: Post[] = [];
  const challenges: Record<string, string>[] = [];
  const answers: (number | 'cut')[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = answers.shift() ?? 200;
    if (request.method === 'GET') {
      const query = Object.fromEntries(new URL(request.url ?? '', 'http://product').searchParams);
      challenges.push(query);
      response.writeHead(Number(answer)).end(query['hub.challenge']);
      return;
    }
    posts.push({ raw: Buffer.concat(chunks).toString('latin1'), headers: request.headers });
    if (answer === 'cut') response.destroy();
    else response.writeHead(answer).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });

  const values = () =>
    posts.flatMap(({ raw }) => {
      const body = JSON.parse(raw) as { entry: { changes: { value: Value }[] }[] };
      return body.entry.flatMap(({ changes }) => changes.map(({ value }) => value));
    });
  const messages = () => values().flatMap((value) => value.messages ?? []);
  const statuses = () => values().flatMap((value) => value.statuses ?? []);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    posts,
    challenges,
    answers,
    values,
    messages,
    statuses,
    texts: () => messages().map(({ text }) => text?.body),
    statusNames: () => statuses().map(({ status }) => status),
  };
}

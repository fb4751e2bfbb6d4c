import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createQueue } from './queue.ts';

/** The Graph API's address with a test behind it, which answers each call as it likes, or doesn't. */
export interface OwnGraphApi extends AsyncDisposable {
  url: string;
  calls: OwnCall[];
  /** The next call that nobody has taken. */
  next(): Promise<OwnCall>;
  /** Answers calls as they come; those until now are `next`'s. */
  respond(how: (call: OwnCall) => void): void;
}

export interface OwnCall {
  at: number;
  to: string;
  text: string;
  callbackData: string;
  answer(status: number, body: unknown): void;
  /** As Meta does when it takes a message. Its id. */
  accept(wamid?: string): string;
  /** As Meta does when it doesn't. */
  refuse(code: number): void;
  /** Cuts the connection without an answer. */
  drop(): void;
}

export async function startGraphApi(): Promise<OwnGraphApi> {
  const waiting = createQueue<OwnCall>('call');
  const calls: OwnCall[] = [];
  let respond = (call: OwnCall) => waiting.push(call);
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ display_phone_number: '+30 21 0000 0000', id: request.url?.split(/[/?]/)[2] }));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call = callOf(JSON.parse(Buffer.concat(chunks).toString()) as Sent, response);
    calls.push(call);
    respond(call);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    next: () => waiting.next(),
    respond: (how) => {
      respond = how;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Sent = { to: string; text: { body: string }; biz_opaque_callback_data: string };

function callOf(sent: Sent, response: ServerResponse): OwnCall {
  const answer = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  return {
    at: performance.now(),
    to: sent.to,
    text: sent.text.body,
    callbackData: sent.biz_opaque_callback_data,
    answer,
    accept(wamid = `wamid.${crypto.randomUUID()}`) {
      answer(200, { messaging_product: 'whatsapp', contacts: [{ input: sent.to }], messages: [{ id: wamid }] });
      return wamid;
    },
    refuse: (code) => answer(400, { error: { message: `(#${code}) Refused`, code, error_data: { details: 'No.' } } }),
    drop: () => response.destroy(),
  };
}

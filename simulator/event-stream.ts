import type { FastifyReply } from 'fastify';
import { snapshot, viewOf } from './view.ts';
import type { WhatsApp } from './whatsapp.ts';

/** Server-sent events: first the whole state, then each change as it happens. */
export function streamChanges(reply: FastifyReply, whatsapp: WhatsApp): void {
  reply.hijack();
  const stream = reply.raw;
  stream.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  const write = (name: string, data: unknown) => stream.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  write('state', snapshot(whatsapp));
  const stop = whatsapp.onChange((change) => {
    const view = viewOf(change, whatsapp);
    if (view) write('change', view);
  });
  const end = () => stream.end();
  whatsapp.ended.addEventListener('abort', end, { once: true });
  stream.on('close', () => {
    stop();
    whatsapp.ended.removeEventListener('abort', end);
  });
}

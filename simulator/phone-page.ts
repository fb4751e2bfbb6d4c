import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';

const files: Record<string, string> = {
  'index.html': 'text/html; charset=utf-8',
  'phone.css': 'text/css; charset=utf-8',
  'icons.svg': 'image/svg+xml',
  'main.js': 'text/javascript; charset=utf-8',
  'dom.js': 'text/javascript; charset=utf-8',
  'control.js': 'text/javascript; charset=utf-8',
  'people-list.js': 'text/javascript; charset=utf-8',
  'chat.js': 'text/javascript; charset=utf-8',
  'composer.js': 'text/javascript; charset=utf-8',
  'tricks.js': 'text/javascript; charset=utf-8',
  'delivery-log.js': 'text/javascript; charset=utf-8',
};

/** The page with the phone: these files and no others. */
export function registerPhonePage(app: FastifyInstance): void {
  for (const [name, type] of Object.entries(files)) {
    app.get(name === 'index.html' ? '/' : `/${name}`, async (_request, reply) => {
      const content = await readFile(new URL(`phone/${name}`, import.meta.url));
      return reply
        .headers({
          'Content-Security-Policy':
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          'X-Content-Type-Options': 'nosniff',
          'Referrer-Policy': 'no-referrer',
          'Cache-Control': 'no-cache',
        })
        .type(type)
        .send(content);
    });
  }
}

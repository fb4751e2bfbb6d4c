import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import greek from '../client/language/el.json' with { type: 'json' };
import greekOfServer from '../client/language/el.server.json' with { type: 'json' };
import english from '../client/language/en.json' with { type: 'json' };
import { learnSpoken, spoken } from '../client/language/spoken.ts';
import { deviceInWords } from '../server/auth/device.ts';

const root = join(import.meta.dirname, '..');
const COUNTED = /_(one|other)$/;

test('each translation has what its text has put in', () => {
  for (const [text, translation] of Object.entries({ ...greek, ...english, ...greekOfServer })) {
    // "One message" says its number itself.
    const said = text.endsWith('_one') ? gapsOf(text).filter((gap) => gap !== 'count') : gapsOf(text);
    expect.soft(gapsOf(translation), text).toEqual(expect.arrayContaining(said));
    expect.soft(gapsOf(text), text).toEqual(expect.arrayContaining(gapsOf(translation)));
  }
});

test('what counts has both forms, in both languages', () => {
  const counted = Object.keys(greek).filter((text) => COUNTED.test(text));
  const counts = new Set(counted.map((text) => text.replace(COUNTED, '')));
  expect(counted.sort()).toEqual([...counts].flatMap((text) => [`${text}_one`, `${text}_other`]).sort());
  expect(Object.keys(english).sort()).toEqual(counted);
});

test('every text is still on the page', () => {
  const page = sourcesOf('client', /\.tsx?$/);
  const isThere = (text: string) => page.some((source) => source.includes(`'${text}'`) || source.includes(`"${text}"`));
  const unused = Object.keys(greek)
    .map((text) => text.replace(COUNTED, ''))
    // Said of the thing that is named: <Trouble what="The team">, <PaneBoundary name="tab">.
    .filter(
      (text) =>
        !isThere(text) && !isThere(text.replace(/^This (.+) couldn’t be loaded$|^(.+) couldn’t be loaded$/, '$1$2')),
    );
  expect(unused).toEqual([]);
});

test('what the server says to people is known in Greek, and nothing else', () => {
  const said = new Set([...sentencesOfServer(), ...ASSEMBLED]);
  expect([...said].filter((sentence) => !(sentence in greekOfServer))).toEqual([]);
  expect(Object.keys(greekOfServer).filter((sentence) => !said.has(sentence))).toEqual([]);
});

test('the server’s sentences are found whatever they have put in, and several of them together', () => {
  const unknown = 'Something that nobody translated.';
  expect(spoken('Try again later.')).toBe('Try again later.');
  learnSpoken(greekOfServer);
  expect(spoken(unknown)).toBe(unknown);
  expect(spoken('WhatsApp takes at most 4,096 characters: shorten it by 12.')).toMatch(/4\.096.* 12\.$/);
  expect(spoken('Messages can’t be sent yet: the server needs A and B.')).toMatch(/τα A και B\.$/);
  const stopped = 'WhatsApp no longer accepts the company’s access token. Try again later. (WhatsApp’s code: 190)';
  expect(spoken(stopped)).toMatch(/^Το WhatsApp .+ Δοκιμάστε ξανά αργότερα\. \(Κωδικός του WhatsApp: 190\)$/);
  for (const userAgent of [
    null,
    'curl/8.5',
    'Mozilla/5.0 (X11; Linux)',
    'Mozilla/5.0 (Windows NT) Chrome/140 Edg/140',
  ]) {
    expect(spoken(deviceInWords(userAgent))).not.toBe(deviceInWords(userAgent));
  }
});

/** Put together from pieces, by the channel's reason and by a session's device. */
const ASSEMBLED = [
  '(WhatsApp’s code: {{0}})',
  'Messages can’t be sent yet: the server needs {{0}} and {{1}}.',
  'An unknown device',
  'A browser on {{0}}',
  'A program ({{0}})',
  ...['Chrome', 'Edge', 'Firefox', 'Opera', 'Safari', 'Samsung Internet'].map((browser) => `${browser} on {{0}}`),
];

/** Rooms' files that answer programs, not the page. */
const FOR_PROGRAMS = /auth-routes|origin|staff-command|date-time|fan-out|limits|websocket|send-route|webhook\.ts$/;

/** Each text in quotes that is a sentence, and the reasons why something is parked; what differs as {{0}}, {{1}}. */
function sentencesOfServer(): string[] {
  return ['comms', 'auth', 'graphql', 'whatsapp'].flatMap((room) =>
    sourcesOf(join('server', room), /^(?!.*generated).*\.ts$/, FOR_PROGRAMS).flatMap((source) => {
      const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      const reasons = code.match(/^(?!.*\blog\b).*\breason:.*$/gm)?.join('\n') ?? '';
      return [
        ...quotedIn(code).filter((text) => /^[A-Z].* .*[.?]$/.test(text)),
        ...quotedIn(reasons).filter((text) => /^[a-z]+ .* /.test(text)),
      ].map(withNumberedGaps);
    }),
  );
}

function quotedIn(code: string): string[] {
  return [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\\n]|\\.)*)`/g)].map((match) => match[1] ?? match[2] ?? '');
}

function withNumberedGaps(text: string): string {
  let gap = 0;
  return text.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, () => `{{${gap++}}}`);
}

function gapsOf(text: string): string[] {
  return [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name ?? '');
}

function sourcesOf(folder: string, wanted: RegExp, unwanted = /\.generated\.|^dist/): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => wanted.test(name) && !unwanted.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginningOf, isLong } from '../client/conversation/folded-text.ts';
import {
  type Block,
  type Piece,
  readPlainText,
  readWhatsAppText,
  withoutMarks,
} from '../client/conversation/formatted-text.ts';

test('in one line a text stands without its marks', () => {
  expect(withoutMarks('*Two* of _snake_case_:\n- `one*`\n> see https://example.com/a_b_')).toBe(
    'Two of snake_case:\n- one*\n> see https://example.com/a_b_',
  );
});

describe('a text of WhatsApp is read as WhatsApp reads it', () => {
  test.for([
    ['*bold*', '<bold>bold</bold>'],
    ['a *bold* b', 'a <bold>bold</bold> b'],
    ['(_italic_), ~strike~!', '(<italic>italic</italic>), <strike>strike</strike>!'],
    ['*_both_ of* them', '<bold><italic>both</italic> of</bold> them'],
    ['*Καλημέρα*, _שלום_', '<bold>Καλημέρα</bold>, <italic>שלום</italic>'],
    ['😀*a*😀', '😀<bold>a</bold>😀'],
    ['**twice**', '*<bold>twice</bold>*'],
    ['`code *stays*` here', '<code>code *stays*</code> here'],
    ['```one\n*two*\nthree``` four', '<mono>one\n*two*\nthree</mono> four'],
  ])('marks: %s', ([text = '', read]) => expect(drawn(text)).toBe(read));

  test.for([
    'snake_case_name and snake__case__name',
    '2*3*4 = 24',
    'a * not bold*',
    '*not bold *',
    '*not\nbold*',
    '*open, and never closed',
    '**', // Nothing to mark.
    '``` ```',
    'don`t, can`t',
    '𝒳*a*𝒳',
    '-no list',
    '1.5 litres',
    '>:(',
  ])('no marks: %s', (text) => expect(drawn(text)).toBe(text));

  test('marks that cross one another: the first closed counts', () => {
    expect(drawn('*a _b* c_')).toBe('<bold>a _b</bold> c_');
  });

  test('lists and quotes, line by line', () => {
    expect(drawn('To do:\n- *one*\n* two\n1. first\n12. twelfth\n> said _before_\n> and then\nEnd')).toBe(
      'To do:|<bullets>- <bold>one</bold>\n* two</bullets>|<numbers>1. first\n12. twelfth</numbers>' +
        '|<quote>> said <italic>before</italic>\n> and then</quote>|End',
    );
  });
});

describe('links', () => {
  test.for([
    ['see https://example.com/a_b_c, and', 'see [https://example.com/a_b_c], and'],
    ['*https://example.com/a*', '<bold>[https://example.com/a]</bold>'],
    ['_https://example.com/a_b_', '<italic>[https://example.com/a_b]</italic>'],
    ['*see www.example.com*', '<bold>see [www.example.com=http://www.example.com]</bold>'],
    ['`https://example.com`', '<code>[https://example.com]</code>'],
    ['```\nhttps://example.com```', '<mono>\n[https://example.com]</mono>'],
    ['a.b@example.com', '[a.b@example.com=mailto:a.b@example.com]'],
    ['Thanks.Me too', 'Thanks.Me too'],
    ['javascript:alert(1) ftp://example.com data:text/html,x //example.com', undefined],
  ])('%s', ([text = '', read = text]) => expect(drawn(text)).toBe(read));

  test('outside of WhatsApp there are links, and no marks', () => {
    expect(readPlainText('*a*\n- https://example.com/').map(drawnBlock).join('|')).toBe(
      '*a*\n- [https://example.com/]',
    );
  });
});

describe('a long text', () => {
  test('is cut where its marks are closed and its links whole', () => {
    const text = `*${'bold '.repeat(170)}https://example.com/${'long'.repeat(50)} and on* and on`;
    expect(isLong(text)).toBe(false);
    const cut = beginningOf(readWhatsAppText(text)).map(drawnBlock).join('|');
    expect(cut).toBe(`<bold>${'bold '.repeat(170)}[https://example.com/${'long'.repeat(50)}]</bold>`);
    const emoji = beginningOf(readWhatsAppText('😀'.repeat(1_000)))
      .map(drawnBlock)
      .join('');
    expect(emoji).toBe(`${'😀'.repeat(427)}…`);
  });

  test('may be one of many short lines', () => {
    expect(isLong('a\n'.repeat(40))).toBe(true);
    expect(typed(beginningOf(readWhatsAppText('a\n'.repeat(40)))).split('\n')).toHaveLength(20);
    expect(typed(beginningOf(readPlainText('a\n'.repeat(40)))).split('\n')).toHaveLength(20);
  });
});

describe('whatever the text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom('*', '_', '~', '`', '```', ' ', '\n', 'a', 'β', '😀', '- ', '1. ', '> ', 'https://a.gr/', '.'),
      )
      .map((parts) => parts.join('')),
  );

  test('no character is lost or added', () => {
    fc.assert(
      fc.property(texts, (text) => typed(readWhatsAppText(text)) === text),
      { numRuns: 3_000 },
    );
    fc.assert(fc.property(texts, (text) => typed(readPlainText(text)) === text));
  });

  test('a link leads to the web or to a mailbox', () => {
    fc.assert(
      fc.property(texts, (text) =>
        [readWhatsAppText(text), readPlainText(text)].every((blocks) => hrefs(blocks).every(isHarmless)),
      ),
    );
  });

  test.for([
    '*',
    '_a',
    '*a ',
    '`',
    '`a',
    '```',
    '```a',
    '`a\n',
    '*_~`',
    '- ',
    '> *\n',
    'https://a.gr/',
    '*https://a.gr* ',
    '_www.',
    'a@',
    'x.gr ',
    '\n',
    '(*',
  ])('the longest is read in no time: %j over and over', (part) => {
    const quickest = (length: number) => {
      const text = part.repeat(length / part.length);
      return Math.min(...Array.from({ length: 3 }, () => timeOf(() => readWhatsAppText(text))));
    };
    // Ten times as long would take a hundred times as long, which is seconds.
    expect(quickest(65_000)).toBeLessThan(500);
  });
});

const drawn = (text: string) => readWhatsAppText(text).map(drawnBlock).join('|');

function drawnBlock({ kind, lines }: Block): string {
  const inside = lines.map(({ marker, pieces }) => marker + pieces.map(drawnPiece).join('')).join('\n');
  return kind === 'text' ? inside : `<${kind}>${inside}</${kind}>`;
}

function drawnPiece(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  if ('href' in piece) return piece.href === piece.text ? `[${piece.text}]` : `[${piece.text}=${piece.href}]`;
  return `<${piece.mark}>${piece.pieces.map(drawnPiece).join('')}</${piece.mark}>`;
}

/** The text as somebody typed it, put together again out of what was read. */
const typed = (blocks: Block[]) =>
  blocks.flatMap(({ lines }) => lines.map(({ marker, pieces }) => marker + pieces.map(typedPiece).join(''))).join('\n');

const SIGNS = { bold: '*', italic: '_', strike: '~', code: '`', mono: '```' };

function typedPiece(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  if ('href' in piece) return piece.text;
  return SIGNS[piece.mark] + piece.pieces.map(typedPiece).join('') + SIGNS[piece.mark];
}

const hrefs = (blocks: Block[]) =>
  blocks.flatMap(({ lines }) => lines.flatMap(({ pieces }) => pieces.flatMap(hrefsOf)));

function hrefsOf(piece: Piece): string[] {
  if (typeof piece === 'string') return [];
  return 'href' in piece ? [piece.href] : piece.pieces.flatMap(hrefsOf);
}

const isHarmless = (href: string) => ['http:', 'https:', 'mailto:'].includes(new URL(href).protocol);

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

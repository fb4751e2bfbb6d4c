import { type Link, linksOf } from './links.ts';

/** What was said, as it is to be drawn: its lines, those of one kind together. */
export type Block = { kind: BlockKind; lines: Line[] };
export type BlockKind = 'text' | 'bullets' | 'numbers' | 'quote';
/** The marker is what the line began with as it was typed: `- `, `12. `, `> `, or nothing. */
export type Line = { marker: string; pieces: Piece[] };
export type Piece = string | { mark: Mark; pieces: Piece[] } | { href: string; text: string };
export type Mark = 'bold' | 'italic' | 'strike' | 'code' | 'mono';

/** Reads a text as WhatsApp does: its links first, and within the rest its marks. */
export function readWhatsAppText(text: string): Block[] {
  const fixed = { links: linksOf(text), monos: new Map<number, number>() };
  const blocks: Block[] = [];
  for (const span of linesOf(text, fixed)) {
    const { kind, marker } = markerAt(text, span.from);
    const line = { marker, pieces: piecesOf(text, { ...span, from: span.from + marker.length }, fixed) };
    const last = blocks.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else blocks.push({ kind, lines: [line] });
  }
  return blocks;
}

/** Reads a text that has links, and no marks. */
export function readPlainText(text: string): Block[] {
  const links = linksOf(text);
  let from = 0;
  const lines = text.split('\n').map((line) => {
    const span = { from, to: from + line.length };
    from = span.to + 1;
    return { marker: '', pieces: linkedPieces(text, span, links) };
  });
  return [{ kind: 'text', lines }];
}

/** What WhatsApp's marks are left out of, for where there is no room to draw them. */
export function withoutMarks(text: string): string {
  const words = (piece: Piece): string =>
    typeof piece === 'string' ? piece : 'mark' in piece ? piece.pieces.map(words).join('') : piece.text;
  return readWhatsAppText(text)
    .flatMap(({ lines }) => lines.map(({ marker, pieces }) => marker + pieces.map(words).join('')))
    .join('\n');
}

type Span = { from: number; to: number };
/** What no mark reaches into, by where it begins. */
type Fixed = { links: Map<number, Link>; monos: Map<number, number> };

const MONO = '```';
const CODE = '`';
/** These stand in one line, alone or in one another. */
const MARKS: Record<string, Mark> = { '*': 'bold', _: 'italic', '~': 'strike' };

/** The lines of a text; what stands between ```, over several lines too, is noted and not parted. */
function linesOf(text: string, { links, monos }: Fixed): Span[] {
  const lines: Span[] = [];
  let from = 0;
  let lastMono = text.lastIndexOf(MONO);
  for (let at = 0; at < text.length; at++) {
    const link = links.get(at);
    if (link) at = link.to - 1;
    else if (text[at] === '\n') {
      lines.push({ from, to: at });
      from = at + 1;
    } else if (at < lastMono && text.startsWith(MONO, at)) {
      const close = text.indexOf(MONO, at + MONO.length);
      if (close < 0) lastMono = at;
      else if (text.slice(at + MONO.length, close).trim() !== '') monos.set(at, close + MONO.length);
      at = (monos.get(at) ?? at + MONO.length) - 1;
    }
  }
  return [...lines, { from, to: text.length }];
}

const MARKER = /(?:([*-])|(\d{1,3}\.)|>) (?=\S)/y;

function markerAt(text: string, from: number): { kind: BlockKind; marker: string } {
  MARKER.lastIndex = from;
  const found = MARKER.exec(text);
  if (!found) return { kind: 'text', marker: '' };
  return { kind: found[1] ? 'bullets' : found[2] ? 'numbers' : 'quote', marker: found[0] };
}

/** The pieces of one line. Nothing is looked at twice, so that the longest text is read in no time. */
function piecesOf(text: string, { from, to }: Span, { links, monos }: Fixed): Piece[] {
  const bottom = { sign: '', pieces: [] as Piece[] };
  const open = [bottom];
  let plainFrom = from;
  let at = from;

  const put = (...added: Piece[]) => putInto((open.at(-1) ?? bottom).pieces, added);
  /** Puts the plain text up to here, then the piece, and goes on after it. */
  const putHere = (piece: Piece, next: number) => {
    put(text.slice(plainFrom, at), piece);
    at = next;
    plainFrom = next;
  };
  /** What was opened and not closed is text. */
  const leaveOpen = (depth: number) => {
    for (const { sign, pieces } of open.splice(depth)) putInto((open.at(-1) ?? bottom).pieces, [sign, ...pieces]);
  };

  while (at < to) {
    const sign = text[at] ?? '';
    const link = links.get(at);
    const mono = monos.get(at);
    if (link) putHere({ href: link.href, text: text.slice(at, link.to) }, link.to);
    else if (mono !== undefined) {
      const inside = { from: at + MONO.length, to: mono - MONO.length };
      putHere({ mark: 'mono', pieces: linkedPieces(text, inside, links) }, mono);
    } else if (sign === CODE) {
      const close = codeEnd(text, at, { from, to });
      if (close === undefined) at++;
      else putHere({ mark: 'code', pieces: linkedPieces(text, { from: at + 1, to: close }, links) }, close + 1);
    } else if (sign in MARKS) {
      const run = { from: at, to: endOfRun(text, at) };
      const depth = open.findIndex((mark) => mark.sign === sign);
      if (depth > 0 && closes(text, run, { from, to })) {
        put(text.slice(plainFrom, at));
        leaveOpen(depth + 1);
        const { pieces } = open.pop() ?? bottom;
        plainFrom = at;
        putHere({ mark: MARKS[sign] as Mark, pieces }, at + 1);
        at = run.to;
      } else if (depth < 0 && opens(text, run, { from, to })) {
        put(text.slice(plainFrom, run.to - 1));
        open.push({ sign, pieces: [] });
        at = run.to;
        plainFrom = at;
      } else at = run.to;
    } else at++;
  }
  put(text.slice(plainFrom, to));
  leaveOpen(1);
  return bottom.pieces;
}

function putInto(pieces: Piece[], added: readonly Piece[]): void {
  for (const piece of added) {
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else if (piece !== '') pieces.push(piece);
  }
}

/** Where the code ends that begins here, in this line. */
function codeEnd(text: string, at: number, line: Span): number | undefined {
  const close = text.indexOf(CODE, at + 1);
  if (close < 0 || close >= line.to || text.slice(at + 1, close).trim() === '') return undefined;
  if (isWord(before(text, at, line)) || isWord(after(text, close + 1, line))) return undefined;
  return close;
}

/** As in 2*3*4 and snake_case, a mark stands at the edge of a word. */
const opens = (text: string, run: Span, line: Span) =>
  !isWord(before(text, run.from, line)) && !isBlank(after(text, run.to, line));
const closes = (text: string, run: Span, line: Span) =>
  !isBlank(before(text, run.from, line)) && !isWord(after(text, run.to, line));

function endOfRun(text: string, from: number): number {
  let to = from + 1;
  while (text[to] === text[from]) to++;
  return to;
}

function before(text: string, at: number, line: Span): string {
  if (at <= line.from) return '';
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(at - 2, at) : text.charAt(at - 1);
}

const after = (text: string, at: number, line: Span) =>
  at < line.to ? String.fromCodePoint(text.codePointAt(at) ?? 32) : '';
const isWord = (character: string) => /^[\p{L}\p{M}\p{N}]/u.test(character);
const isBlank = (character: string) => character === '' || /\s/.test(character);

function linkedPieces(text: string, { from, to }: Span, links: Fixed['links']): Piece[] {
  const pieces: Piece[] = [];
  let plainFrom = from;
  for (let at = from; at < to; at++) {
    const link = links.get(at);
    if (!link || link.to > to) continue;
    putInto(pieces, [text.slice(plainFrom, at), { href: link.href, text: text.slice(at, link.to) }]);
    plainFrom = link.to;
    at = link.to - 1;
  }
  putInto(pieces, [text.slice(plainFrom, to)]);
  return pieces;
}

import type { Block, Piece } from './formatted-text.ts';

const LONG = 1_400;
const SHOWN_FOLDED = 900;
/** Of many short lines it is the lines that take the room. */
const LINE = 45;

export function isLong(text: string): boolean {
  return text.length > LONG || text.length + LINE * (text.split('\n').length - 1) > LONG;
}

/** The beginning of a long text, with its marks closed and its links whole. */
export function beginningOf(blocks: readonly Block[]): Block[] {
  let room = SHOWN_FOLDED;

  function cut(pieces: readonly Piece[]): Piece[] {
    return pieces.flatMap((piece): Piece[] => {
      if (room <= 0) return [];
      if (typeof piece !== 'string' && 'mark' in piece) return [{ ...piece, pieces: cut(piece.pieces) }];
      const left = room;
      room -= typeof piece === 'string' ? piece.length : piece.text.length;
      return [typeof piece === 'string' && room < 0 ? `${piece.slice(0, left).replace(HALF, '').trimEnd()}…` : piece];
    });
  }

  return blocks.flatMap(({ kind, lines }) => {
    const shown = lines.flatMap(({ marker, pieces }) => {
      if (room <= 0) return [];
      room -= LINE;
      return [{ marker, pieces: cut(pieces) }];
    });
    return shown.length > 0 ? [{ kind, lines: shown }] : [];
  });
}

/** Half of a character that takes two places. */
const HALF = /[\ud800-\udbff]$/;

import type { ReactNode } from 'react';
import classes from './FormattedText.module.css';
import type { Block, Mark, Piece } from './formatted-text.ts';

/** A text that was read (formatted-text.ts), drawn by elements alone: nothing in it is ever markup. */
export function FormattedText({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, index) => <BlockElement key={index} block={block} />);
}

function BlockElement({ block: { kind, lines } }: { block: Block }) {
  if (kind === 'bullets' || kind === 'numbers') {
    const List = kind === 'bullets' ? 'ul' : 'ol';
    return (
      <List dir="auto" className={classes.list}>
        {lines.map(({ marker, pieces }, index) => (
          <li key={index} value={kind === 'numbers' ? Number.parseInt(marker, 10) : undefined}>
            {pieces.map(drawn)}
          </li>
        ))}
      </List>
    );
  }
  const text = lines.map(({ pieces }, index) => [index > 0 && '\n', ...pieces.map(drawn)]);
  return kind === 'quote' ? (
    <blockquote dir="auto" className={classes.quote}>
      {text}
    </blockquote>
  ) : (
    <p dir="auto" className={classes.text}>
      {text}
    </p>
  );
}

const ELEMENTS: Record<Mark, 'strong' | 'em' | 's' | 'code'> = {
  bold: 'strong',
  italic: 'em',
  strike: 's',
  code: 'code',
  mono: 'code',
};

function drawn(piece: Piece, key: number): ReactNode {
  if (typeof piece === 'string') return piece;
  if ('href' in piece) {
    return (
      <a key={key} href={piece.href} target="_blank" rel="noopener noreferrer" dir="ltr" className={classes.link}>
        {piece.text}
      </a>
    );
  }
  const Element = ELEMENTS[piece.mark];
  return (
    <Element key={key} className={Element === 'code' ? classes.code : undefined}>
      {piece.pieces.map(drawn)}
    </Element>
  );
}

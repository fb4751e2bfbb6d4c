type Part = { at: number; part: string; found: boolean };

/** How much stands before the first word that was found, and in all. */
const BEFORE = 18;
const SHOWN = 160;

/** A text from shortly before the first of the words that were searched for, cut into what is one of them and what isn't. */
export function markFound(text: string, search: string): Part[] {
  const { folded, places } = foldWithPlaces(text);
  const hits = search
    .split(/\s+/)
    .map((word) => foldWithPlaces(word).folded)
    .filter(Boolean)
    .flatMap((word) => placesOf(word, folded))
    .sort((a, b) => a.from - b.from);
  const first = hits[0] ? (places[hits[0].from] ?? 0) : 0;
  const space = first > BEFORE ? text.indexOf(' ', first - BEFORE) + 1 : 0;
  const from = Math.min(space, first);
  const parts: Part[] = from > 0 ? [{ at: -1, part: '…', found: false }] : [];
  let at = from;
  for (const hit of hits) {
    const begin = Math.max(at, places[hit.from] ?? text.length);
    const end = places[hit.to] ?? text.length;
    if (end <= begin || begin > from + SHOWN) continue;
    if (begin > at) parts.push({ at, part: text.slice(at, begin), found: false });
    parts.push({ at: begin, part: text.slice(begin, end), found: true });
    at = end;
  }
  const rest = text.slice(at, Math.max(at, from + SHOWN)).toWellFormed();
  return rest ? [...parts, { at, part: rest, found: false }] : parts;
}

/** As the server compares: without case and accents, ς as σ. `places`: where each of its letters stands in the text. */
function foldWithPlaces(text: string): { folded: string; places: number[] } {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const letter of text) {
    const plain = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ');
    for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
    folded += plain;
    at += letter.length;
  }
  places.push(at);
  return { folded, places };
}

function placesOf(word: string, text: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + word.length)) {
    found.push({ from, to: from + word.length });
  }
  return found;
}

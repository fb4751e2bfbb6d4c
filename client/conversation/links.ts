import { LinkifyIt } from 'linkify-it';

export type Link = { to: number; href: string };

const linkify = new LinkifyIt({ fuzzyLink: true }).add('ftp:', null).add('//', null);

/** The links of a text, http, https and mailto alone, by where they begin. */
export function linksOf(text: string): Map<number, Link> {
  // A link may stand right between marks, which to the finder of links are letters.
  const found = linkify.match(text.replace(/[*_~`](?=https?:|mailto:|www\.)/gi, ' ')) ?? [];
  const links = new Map<number, Link>();
  for (const { index, lastIndex, schema, url, raw } of found) {
    // “Thanks.Me too” lacks a space, and means no address.
    if (schema === '' && /^[^/?#]*\.\p{Lu}\p{Ll}+$/u.test(raw)) continue;
    const closing = text[index - 1] === '_' ? '*~`_' : '*~`';
    let to = lastIndex;
    while (closing.includes(text[to - 1] ?? '')) to--;
    links.set(index, { to, href: url.slice(0, url.length - (lastIndex - to)) });
  }
  return links;
}

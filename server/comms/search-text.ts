import { storableText } from './storable-text.ts';

/** Text as search compares it: without case and accents, final sigma as any other. */
export function searchText(...parts: (string | null | undefined)[]): string {
  return parts
    .filter((part) => part)
    .join(' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ');
}

/** A `LIKE` pattern for each word; all must match. A number may be written with separators. */
export function searchPatterns(search: string): string[] {
  return searchText(storableText(search))
    .split(/\s+/)
    .map((word) => (/^[+(]?\d[\d().-]*$/.test(word) ? word.replace(/\D/g, '') : word))
    .filter((word) => word !== '' && word !== '+')
    .slice(0, 10)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
}

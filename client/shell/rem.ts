const READERS_SIZE = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** In pixels, so many times the reader's own size of text: what holds text grows with it. */
export const rem = (times: number): number => times * READERS_SIZE;

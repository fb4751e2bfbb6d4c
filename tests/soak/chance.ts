/** Dice that fall the same way again for the same seed. */
export interface Chance {
  /** A whole number from 0 on, less than `limit`. */
  below(limit: number): number;
  happens(probability: number): boolean;
  pick<Choice>(choices: readonly Choice[]): Choice;
}

export function chanceOf(seed: number): Chance {
  let state = seed;
  /** Mulberry32. */
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    happens: (probability) => next() < probability,
    pick: <Choice>(choices: readonly Choice[]) => choices[below(choices.length)] as Choice,
  };
}

import type { Lab } from './lab.ts';

/** Figures by name; the name ends with the unit. */
export type Sample = Record<string, number>;

/** One thing that is measured, by itself. */
export type Run = {
  part: string;
  title: string;
  /** Takes so long that one run has to do. */
  once?: boolean;
  measure(lab: Lab): Promise<Sample>;
};

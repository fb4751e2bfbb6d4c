import type { Bar } from './bars.ts';
import type { Sample } from './measured.ts';

/** What is measured against is called noisy when it varies by more. */
const NOISY = 4 / 3;

/** Ratios and limits first, then what they come from: the medians of the runs, with the least and the most. */
export function printTables(samples: Sample[], bars: Bar[]): void {
  const judged = bars.map((bar) => judge(bar, samples)).filter((each) => each !== undefined);
  printTable(
    ['required', 'at least / most', 'median', 'from – to', ''],
    judged.map(({ bar, median, holds, ...spread }) => [
      bar.required,
      `${bar.atLeast === undefined ? '≤' : '≥'} ${number(bar.atLeast ?? bar.atMost ?? 0)} ${bar.unit}`,
      `${number(median)} ${bar.unit}`,
      range(spread),
      holds ? 'ok' : 'MISSED',
    ]),
  );
  printTable(
    ['figure', 'median', 'from – to'],
    figuresOf(samples).map(({ figure, median, ...spread }) => [figure, number(median), range(spread)]),
  );
  for (const { figure, from, to } of noisyYardsticks(samples)) {
    console.log(`NOISY machine: "${figure}" varied from ${number(from)} to ${number(to)}; trust none of the above.`);
  }
}

/** The same for programs, a line each. */
export function printLines(samples: Sample[], bars: Bar[]): void {
  for (const bar of bars) {
    const judged = judge(bar, samples);
    if (!judged) continue;
    const { required, atLeast, atMost, unit } = bar;
    const { median, from, to, runs, holds } = judged;
    console.log(JSON.stringify({ bar: required, atLeast, atMost, unit, median, from, to, runs, holds }));
  }
  const noisy = new Set(noisyYardsticks(samples).map(({ figure }) => figure));
  for (const figure of figuresOf(samples)) console.log(JSON.stringify({ ...figure, noisy: noisy.has(figure.figure) }));
}

/** Of so many runs: what takes long is measured in one. */
type Spread = { median: number; from: number; to: number; runs: number };
type Judged = Spread & { bar: Bar; holds: boolean };

/** Undefined: not measured this time. */
function judge(bar: Bar, samples: Sample[]): Judged | undefined {
  const values = samples
    .map((sample) => bar.of((figure) => sample[figure] ?? Number.NaN))
    .filter((value) => !Number.isNaN(value));
  if (values.length === 0) return undefined;
  const spread = spreadOf(values);
  const { median } = spread;
  return { bar, ...spread, holds: median >= (bar.atLeast ?? median) && median <= (bar.atMost ?? median) };
}

function figuresOf(samples: Sample[]) {
  const figures = [...new Set(samples.flatMap((sample) => Object.keys(sample)))];
  return figures.map((figure) => {
    const values = samples.map((sample) => sample[figure]).filter((value) => value !== undefined);
    return { figure, ...spreadOf(values) };
  });
}

function noisyYardsticks(samples: Sample[]) {
  return figuresOf(samples).filter(
    ({ figure, from, to }) => /^(inserts alone|straightforward|bare ws).*\/s$/.test(figure) && to > from * NOISY,
  );
}

function spreadOf(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
  return { median: (low + high) / 2, from: sorted[0] ?? 0, to: sorted.at(-1) ?? 0, runs: sorted.length };
}

function range({ from, to, runs }: Omit<Spread, 'median'>): string {
  return runs > 1 ? `${number(from)} – ${number(to)} of ${runs}` : 'one run';
}

function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

function printTable(head: string[], rows: string[][]): void {
  if (rows.length === 0) return;
  const all = [head, head.map(() => '---'), ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  console.log();
  for (const row of all) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0, cell === '---' ? '-' : ' '));
    console.log(`| ${cells.join(' | ')} |`);
  }
}

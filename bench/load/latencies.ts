/** Times in milliseconds, counted rather than kept: in steps of 0.05 ms up to 1 s, of 10 ms above. */
export class Latencies {
  count = 0;
  max = 0;
  readonly #fine = new Uint32Array(20_000);
  readonly #coarse = new Uint32Array(12_000);

  add(ms: number): void {
    this.count += 1;
    if (ms > this.max) this.max = ms;
    const counts = ms < 1_000 ? this.#fine : this.#coarse;
    const place = ms < 1_000 ? Math.max(0, ms) * 20 : Math.min(ms / 10, counts.length - 1);
    counts[Math.floor(place)] = (counts[Math.floor(place)] ?? 0) + 1;
  }

  /** The time that this share of all took at most. */
  quantile(share: number): number {
    let left = this.count * share;
    for (const [place, count] of this.#fine.entries()) {
      left -= count;
      if (left <= 0) return (place + 1) / 20;
    }
    for (const [place, count] of this.#coarse.entries()) {
      left -= count;
      if (left <= 0) return (place + 1) * 10;
    }
    return this.max;
  }

  summary(): { p50: number; p99: number; max: number } {
    return { p50: this.quantile(0.5), p99: this.quantile(0.99), max: this.max };
  }
}

const PATIENCE_MS = 20_000;

/** What arrives, kept until somebody asks for it, so that nothing is missed between two awaits. */
export interface Queue<Item> {
  push(item: Item): void;
  /** The next item; an error that says so where none comes in time. */
  next(): Promise<Item>;
  /** Those that are here already. */
  waiting: Item[];
}

export function createQueue<Item>(what: string): Queue<Item> {
  const waiting: Item[] = [];
  const takers: ((item: Item) => void)[] = [];
  return {
    waiting,
    push(item) {
      const taker = takers.shift();
      if (taker) taker(item);
      else waiting.push(item);
    },
    next() {
      const { promise, resolve, reject } = Promise.withResolvers<Item>();
      const item = waiting.shift();
      if (item !== undefined) return Promise.resolve(item);
      const timer = setTimeout(() => {
        takers.splice(takers.indexOf(take), 1);
        reject(new Error(`No ${what} came within ${PATIENCE_MS / 1000} s`));
      }, PATIENCE_MS);
      const take = (taken: Item) => {
        clearTimeout(timer);
        resolve(taken);
      };
      takers.push(take);
      return promise;
    },
  };
}

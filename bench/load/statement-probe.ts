import pg from 'pg';

/** Loaded into a program that is measured: records, while it is told to, what the program asks of PostgreSQL. */
export type Statement = { text: string; values: unknown[] };

const statements: Statement[] = [];
let recording = false;

const query: (this: pg.Client, ...args: unknown[]) => unknown = pg.Client.prototype.query;
Object.assign(pg.Client.prototype, {
  query(this: pg.Client, ...args: unknown[]) {
    if (recording) note(args);
    return query.apply(this, args);
  },
});

process.on('message', (message) => {
  if (message !== 'record' && message !== 'recorded') return;
  recording = message === 'record';
  process.send?.(statements.splice(0));
});

function note([given, values]: unknown[]): void {
  if (typeof given === 'string') statements.push({ text: given, values: Array.isArray(values) ? values : [] });
  else if (typeof given === 'object' && given !== null && 'text' in given) {
    const { text, values = [] } = given as Partial<Statement>;
    if (text) statements.push({ text, values });
  }
}

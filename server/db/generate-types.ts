import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DiffChecker, generate, PostgresDialect } from 'kysely-codegen';
import { pino } from 'pino';
import { connectDatabase } from './database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';

/** Writes the row types, as they follow from the migrations. With `--verify` it only tells what is out of date. */
const { values } = parseArgs({ options: { verify: { type: 'boolean', default: false } } });
const file = join(import.meta.dirname, 'schema.generated.ts');
const types = await generateTypes();

if (!values.verify) {
  await writeFile(file, types);
} else if (types !== (await readFile(file, 'utf8'))) {
  console.error(`${file} is out of date, run "npm run codegen":`);
  console.error(new DiffChecker().diff(types, await readFile(file, 'utf8')));
  process.exitCode = 1;
}

async function generateTypes(): Promise<string> {
  const log = pino({ level: 'warn' });
  const dataDir = await mkdtemp(join(tmpdir(), 'crm-comms-types-'));
  try {
    await using postgres = await startEmbeddedPostgres({ dataDir, log });
    await migrate(postgres.url, log);
    await using database = connectDatabase(postgres.url, { log });
    return await generate({
      db: database.kysely.withoutPlugins(),
      dialect: new PostgresDialect(),
      camelCase: true,
      singularize: true,
      typeMapping: { int8: 'number' },
      outFile: null,
    });
  } finally {
    await rm(dataDir, { recursive: true });
  }
}

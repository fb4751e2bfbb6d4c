import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { DiffChecker, generate, PostgresDialect } from 'kysely-codegen';
import { pino } from 'pino';
import { connectDatabase, type Database } from './database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';

/**
 * Writes what the migrations come to: the row types, and the functions, views and indexes as they are now, each of which
 * several migrations may have replaced. With `--verify` it only tells what is out of date.
 */
const { values } = parseArgs({ options: { verify: { type: 'boolean', default: false } } });
for (const [name, text] of Object.entries(await generated())) {
  const file = join(import.meta.dirname, name);
  if (!values.verify) {
    await writeFile(file, text);
    continue;
  }
  const before = await readFile(file, 'utf8');
  if (text === before) continue;
  console.error(`${file} is out of date, run "npm run codegen":`);
  console.error(new DiffChecker().diff(text, before));
  process.exitCode = 1;
}

async function generated(): Promise<Record<string, string>> {
  const log = pino({ level: 'warn' });
  const dataDir = await mkdtemp(join(tmpdir(), 'crm-comms-schema-'));
  try {
    await using postgres = await startEmbeddedPostgres({ dataDir, log });
    await migrate(postgres.url, log);
    await using database = connectDatabase(postgres.url, { log });
    return { 'schema.generated.ts': await rowTypes(database), 'schema.generated.sql': await definitions(database) };
  } finally {
    await rm(dataDir, { recursive: true });
  }
}

function rowTypes({ kysely }: Database): Promise<string> {
  return generate({
    db: kysely.withoutPlugins(),
    dialect: new PostgresDialect(),
    camelCase: true,
    singularize: true,
    typeMapping: { int8: 'number' },
    outFile: null,
  });
}

async function definitions({ kysely }: Database): Promise<string> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select name, definition from (
      select 1 as kind, proname as name, pg_get_functiondef(p.oid) || ';' as definition
        from pg_proc p join pg_language l on l.oid = prolang
        where pronamespace = 'public'::regnamespace and lanname in ('sql', 'plpgsql')
      union all
      select 2, relname, 'CREATE VIEW ' || relname || ' AS' || chr(10) || pg_get_viewdef(oid, true)
        from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace
      union all
      select 3, tgname, pg_get_triggerdef(oid, true) || ';' from pg_trigger where not tgisinternal
      union all
      select 4, indexname, indexdef || ';' from pg_indexes where schemaname = 'public'
    ) made order by kind, name, definition`.execute(kysely);
  const migrations = await readMigrations();
  const told = rows.map(({ name, definition }) => {
    const made = migrations.findLast(({ text }) =>
      new RegExp(`\\b(function|view|index|trigger|rename to) ${name}\\b`).test(text),
    );
    return `${made ? `-- ${made.name}\n` : ''}${definition.replaceAll(/ +$/gm, '').trim()}\n`;
  });
  return `-- What the migrations come to, by "npm run codegen": above each the one it is from, which says why it is so.\n\n${told.join('\n')}`;
}

async function readMigrations(): Promise<{ name: string; text: string }[]> {
  const folder = join(import.meta.dirname, 'migrations');
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })));
}

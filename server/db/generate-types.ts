import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Cli } from 'kysely-codegen';
import { pino } from 'pino';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';

/** The row types, from what the migrations make of an empty database. With `--verify` it only compares. */
const { values } = parseArgs({ options: { verify: { type: 'boolean', default: false } } });
const log = pino({ level: 'warn' });
const dataDir = await mkdtemp(join(tmpdir(), 'crm-comms-types-'));
try {
  await using postgres = await startEmbeddedPostgres({ dataDir, log });
  await migrate(postgres.url, log);
  await new Cli().generate({
    url: postgres.url,
    dialect: 'postgres',
    camelCase: true,
    singularize: true,
    typeMapping: { int8: 'number' },
    outFile: join(import.meta.dirname, 'schema.generated.ts'),
    logLevel: 'error',
    verify: values.verify,
  });
} finally {
  await rm(dataDir, { recursive: true });
}

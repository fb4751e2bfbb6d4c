import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../server/db/embedded-postgres.ts';
import { migrate } from '../../server/db/migrate.ts';
import { createLogger } from '../../server/ops/logging.ts';
import { findBrowser } from './find-browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of the run, which holds `tests_template`, migrated and empty. */
    postgresUrl: string;
    /** Where a test of this run needs a browser, one that starts. */
    chromiumPath: string | undefined;
  }
}

/** A browser, and one PostgreSQL for the whole run, with the migrated database that each test file clones. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  project.provide('chromiumPath', await browserFor(project.vitest.state.getPaths()));
  const log = createLogger({ level: 'warn', pretty: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'crm-comms-tests-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log });

  const templateUrl = new URL(postgres.url);
  templateUrl.pathname = '/tests_template';
  await createTemplate(postgres.url);
  await migrate(templateUrl.href, log);
  project.provide('postgresUrl', postgres.url);

  return async () => {
    await postgres[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true });
  };
}

/** Downloads one where there is none, which only a run with browser tests should have to wait for. */
async function browserFor(testFiles: string[]): Promise<string | undefined> {
  return testFiles.some((path) => path.includes('/browser/')) ? findBrowser(process.env) : undefined;
}

async function createTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create database tests_template');
  await client.end();
}

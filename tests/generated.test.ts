import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..');

test('the row types are what the migrations make', async () => {
  const verifying = run(process.execPath, ['server/db/generate-types.ts', '--verify'], { cwd: ROOT });
  await expect(verifying).resolves.toBeDefined();
});

import { writeFile } from 'node:fs/promises';
import type { Reporter } from 'vitest/node';

/** Leaves the files in which a test failed where `tests/run.ts` looks for them; none where something else failed too. */
export const failedFiles: Reporter = {
  async onTestRunEnd(files, unhandledErrors) {
    const failed = files.filter((file) => !file.ok()).map(({ moduleId }) => moduleId);
    const { FAILED_FILES } = process.env;
    if (FAILED_FILES && unhandledErrors.length === 0) await writeFile(FAILED_FILES, JSON.stringify(failed));
  },
};

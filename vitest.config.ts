import { defineConfig } from 'vitest/config';
import { failedFiles } from './tests/harness/failed-files.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/harness/global-setup.ts',
    pool: 'forks',
    // Files share no state that one could spoil for another, and a process for each is slow to start.
    isolate: false,
    maxWorkers: 3,
    reporters: ['default', failedFiles],
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
  },
});

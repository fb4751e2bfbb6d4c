import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/harness/global-setup.ts',
    pool: 'forks',
    maxWorkers: 2,
    // A shared machine has its moments; a test that fails twice fails.
    retry: process.env.CI ? 1 : 0,
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
  },
});

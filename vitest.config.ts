import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Most tests wait for sockets and clocks, not for a core; Vitest would leave one of two cores idle.
    maxWorkers: 2,
    // Of the tests of a file that may run side by side, so many do.
    maxConcurrency: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});

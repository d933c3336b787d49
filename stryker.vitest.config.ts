import { defineConfig } from 'vitest/config';

/** For `npm run mutants`: the tests of the pure rooms, and those of other rooms that reach them as quickly. */
export default defineConfig({
  test: {
    include: [
      'test/{laws,wire,protocols,tap,metrics,claims,recordings,anatomy}/**/*.test.ts',
      'test/inspection/{books,foreign,habits,hints,profile,upgrades}.test.ts',
      'test/gate/{report-differences,thresholds,timings}.test.ts',
    ],
    testTimeout: 30_000,
    // Modules are loaded once for all test files of a mutant.
    isolate: false,
  },
});

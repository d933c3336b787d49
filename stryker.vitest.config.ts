import { defineConfig } from 'vitest/config';

/** For `npm run mutants`: the tests of the pure rooms, which need neither process nor socket. */
export default defineConfig({
  test: {
    include: ['test/{laws,wire,metrics,claims}/**/*.test.ts'],
    testTimeout: 30_000,
  },
});

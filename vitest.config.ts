import { defineConfig } from 'vitest/config';

const privileged = 'test/privileged/*.test.ts';
/** The built command from outside: each test waits for a process of its own, so they may wait side by side. */
const commands = [
  'test/commands/*.test.ts',
  'test/docs/{readme,library}.test.ts',
  'test/faults/processes.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'units', include: ['test/**/*.test.ts'], exclude: [privileged, ...commands] },
      },
      {
        extends: true,
        test: { name: 'commands', include: commands, sequence: { concurrent: true }, maxConcurrency: 3 },
      },
      // What needs root says so, and is skipped unless RTCOMPARE_PRIVILEGED=1.
      { extends: true, test: { name: 'privileged', include: [privileged] } },
    ],
    // Most tests wait for sockets and clocks, not for a core: three files keep two cores busier than two do.
    maxWorkers: 3,
    // Of the tests of a file that may run side by side, so many do.
    maxConcurrency: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { browsers, leftOut } from './test/support/systems.ts';

const privileged = 'test/privileged/*.test.ts';
/** The built command from outside: tests wait for processes of their own, so those that say `concurrent` wait together. */
const commands = [
  'test/commands/*.test.ts',
  'test/docs/{readme,library}.test.ts',
  'test/faults/processes.test.ts',
];

/** Bytes, laws and words: no clock, no process, no browser. `npm run test:quick` runs these alone. */
const pure = [
  'test/{anatomy,base,claims,laws,metrics,predictions}/*.test.ts',
  'test/report/{*,wire/*}.test.ts',
  // Not the two in which sockets are dialled.
  'test/wire/!(dialer|tap).test.ts',
];

/** What there is no means for on this system. */
const absent = leftOut(process.platform);

/** Commands keep the cores busy and units mostly wait: by turns they take less time than one kind after the other. */
class ByTurns extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files);
    const busy = sorted.filter(({ project }) => project.name === 'commands');
    const others = sorted.filter(({ project }) => project.name !== 'commands');
    return others
      .flatMap((file, index) => [file, ...busy.slice(index, index + 1)])
      .concat(busy.slice(others.length));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: ByTurns },
    projects: [
      { extends: true, test: { name: 'quick', include: pure, exclude: [...absent], isolate: false } },
      {
        extends: true,
        // In workers that stay from file to file: loading everything anew for each took longer than the tests.
        test: {
          name: 'units',
          include: ['test/**/*.test.ts'],
          exclude: [privileged, ...browsers, ...commands, ...pure, ...absent],
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'commands', include: commands, exclude: [...absent], maxConcurrency: 3 },
      },
      {
        extends: true,
        // After the others, and one at a time: a page that races has laws to keep, and Chromium alone wants both cores.
        test: {
          name: 'browser',
          include: [...browsers],
          isolate: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      // What needs root says so, and is skipped unless RTCOMPARE_PRIVILEGED=1.
      { extends: true, test: { name: 'privileged', include: [privileged] } },
    ],
    // Most tests wait for sockets and clocks, not for a core: three files keep two cores busier than two do.
    maxWorkers: 3,
    // Of the tests of a file that may run side by side, so many do.
    maxConcurrency: 2,
    // Long enough for a machine that stands still for some seconds; what comes at once is seen at once.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});

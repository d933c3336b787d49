import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { browsers, leftOut, undisturbedBrowsers } from './test/support/systems.ts';

const privileged = 'test/privileged/*.test.ts';
/** Bytes, laws and words: no clock, no process, no browser. `npm run test:quick` runs these alone. */
const pure = [
  'test/{anatomy,base,claims,laws,metrics,predictions}/*.test.ts',
  'test/report/{*,wire/*}.test.ts',
  // Not the two in which sockets are dialled.
  'test/wire/!(dialer|tap).test.ts',
];

/** What there is no means for on this system. */
const absent = leftOut(process.platform);

/** The built command from outside, in processes of its own that keep the cores busy. */
const isCommand = ({ moduleId }: TestSpecification) =>
  /\/test\/(commands\/|docs\/(readme|library)\.|faults\/processes\.)/.test(moduleId);

/** It waits for minutes, and asks little of a core. */
const waitsLongest = ({ moduleId }: TestSpecification) => moduleId.includes('/commands/claims.');

/**
 * What waits longest comes first, beside what only computes. Then by turns: commands keep the cores busy and units mostly
 * wait. Files of one project follow each other where they can, because a worker does not pass on to another project.
 */
class ByTurns extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files);
    const of = (name: string) => sorted.filter(({ project }) => project.name === name);
    const units = of('units').filter((file) => !waitsLongest(file));
    const commands = units.filter(isCommand);
    const others = units.filter((file) => !isCommand(file));
    return [
      ...of('units').filter(waitsLongest),
      ...of('quick'),
      ...others.flatMap((file, index) => [file, ...commands.slice(index, index + 1)]),
      ...commands.slice(others.length),
      ...sorted.filter(({ project }) => !['quick', 'units'].includes(project.name)),
    ];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: ByTurns },
    // What it makes of a module stays on the disk until the module changes.
    experimental: { fsModuleCache: true },
    // Workers that stay from file to file, those of one project: loading everything anew took longer than the tests.
    isolate: false,
    projects: [
      { extends: true, test: { name: 'quick', include: pure, exclude: [...absent] } },
      {
        extends: true,
        test: {
          name: 'units',
          include: ['test/**/*.test.ts'],
          exclude: [privileged, ...browsers, ...undisturbedBrowsers, ...pure, ...absent],
        },
      },
      { extends: true, test: { name: 'browser', include: [...browsers] } },
      {
        extends: true,
        // After the others, and one at a time: a page that races has laws to keep, and Chromium alone wants both cores.
        test: {
          name: 'browser-alone',
          include: [...undisturbedBrowsers],
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
    // A run that a busy machine spoils is made three times.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

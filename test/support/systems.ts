/**
 * Tests that other systems leave out, because their means are not there: `npm test` is then the others. What the tests are
 * about is the program's; that Windows has no signals between processes, no bash and no links is the tests' own matter.
 * test/workflows.test.ts holds the lists against the tests.
 */

/** With /proc, or the `script` of util-linux: Linux alone. */
export const linuxOnly = [
  'test/browsers/{clients,engines}.test.ts',
  'test/commands/{completion,first-look,page-turner,run}.test.ts',
  'test/faults/{few-files,processes}.test.ts',
  'test/network/relay-process.test.ts',
];

/** With bash, signals to other processes, links, or programs of npm without a shell: not on Windows. */
const notWindows = [
  'test/action.test.ts',
  'test/commands/{claims,doctor,grade,inspect,output,serve,started}.test.ts',
  'test/docs/readme.test.ts',
  'test/package/install.test.ts',
];

/** What this system leaves out. */
export const leftOut = (system: NodeJS.Platform): readonly string[] => [
  ...(system === 'linux' ? [] : linuxOnly),
  ...(system === 'win32' ? notWindows : []),
];

/** They open a browser, which for now is one of Linux alone. */
export const browsers = [
  'test/browsers/{clients,engines}.test.ts',
  'test/commands/visitor.test.ts',
  'test/demo/{attacks,devtools,page,page-over-h2}.test.ts',
  'test/report/html/{html,sheet}.test.ts',
];

/** So do these, and what they time keeps its laws only where nothing else wants the cores. */
export const undisturbedBrowsers = ['test/demo/race.test.ts'];

/** `rtcompare demo`: the classroom page, up until Ctrl-C. */
import { basename } from 'node:path';
import { Command } from 'commander';
import { CannotRun, portRemedies, UsageError } from '../failure.ts';
import type { Context } from './context.ts';
import { readerOf } from './language.ts';
import { readReport } from './report-files.ts';
import { option, parseWhole } from './values.ts';

const examples = `
Examples:
  rtcompare demo                           open the address that it prints
  rtcompare demo --lang ko --bots 20
  rtcompare demo --classroom               others on the local network may join, with a code
  rtcompare demo --replay reports/latest.json
`;

interface Options {
  port: number;
  classroom?: boolean;
  bots: number;
  replay?: string;
  lang?: string;
}

export const demoCommand = ({ signal }: Context): Command =>
  [
    option('--port <port>', 'port of the page; 0 = any free one').argParser(parseWhole(0, 65_535)).default(0),
    option('--classroom', 'let others on the local network join, with a code'),
    option('--bots <n>', 'simulated clients in the room').argParser(parseWhole(0, 50)).default(0),
    option('--replay <file>', 'show a recorded run as well: a report of `run`'),
    option('--lang <language>', 'language the page begins with').choices(['en', 'ko']),
  ]
    .reduce(
      (built, added) => built.addOption(added),
      new Command('demo')
        .description('a page for a class: race the transports, chat over all of them, see every byte')
        .addHelpText('before', examples),
    )
    .action((options: Options) => demo(options, signal));

async function demo({ port, classroom, bots, replay, lang }: Options, signal: AbortSignal): Promise<void> {
  const { realClock } = await import('../clock.ts');
  const { startDemo } = await import('../demo/demo.ts');
  const { measureRows } = await import('../demo/filling.ts');
  const { recordedOf } = await import('../demo/recorded.ts');
  const { escapeControls } = await import('../report/escape.ts');
  const recorded = replay === undefined ? null : recordedOf(await readReport(replay), basename(replay));
  const host = classroom ? await classroomAddress() : '127.0.0.1';
  const { language, command = { start: 'rtcompare', end: '' } } = readerOf(lang);
  await using running = await startDemo({
    ...{ host, port, bots, recorded, clock: realClock, seed: 1, language, command, measure: measureRows },
    isClassroom: classroom === true,
    // What strangers send ends up here: it must not move the cursor.
    log: (line) => void process.stderr.write(`rtcompare: ${escapeControls(line)}\n`),
  }).catch((error: NodeJS.ErrnoException) => {
    throw explained(error, port, host);
  });
  const code = running.classroom
    ? `Others join at http://${host}:${running.port}/ with the code ${running.classroom.code}.\nEverybody on this network can reach the page, and with the code take part.\n`
    : '';
  process.stdout.write(`The page is at ${running.url}\n${code}Ctrl-C ends it.\n`);
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

async function classroomAddress(): Promise<string> {
  const { localAddress } = await import('../platform.ts');
  const found = localAddress();
  if (found) return found;
  throw new UsageError('--classroom: this machine has no address on a local network; use --bots instead');
}

function explained(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const remedies: Readonly<Record<string, string>> = portRemedies({ host, port });
  const remedy = error.code && remedies[error.code];
  return remedy ? new CannotRun(remedy) : error;
}

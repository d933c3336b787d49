/** `rtcompare inspect URL`: a recording relay in front of any application, what it spoke, and what that cost. */
import { Command } from 'commander';
import { CannotRun } from '../failure.ts';
import type { Inspection } from '../inspection/document.ts';
import type { Inspector } from '../inspection/inspector.ts';
import type { Target } from '../inspection/target.ts';
import type { InspectionFormat } from '../report/inspection-formats.ts';
import type { Words } from '../report/words.ts';
import type { Context } from './context.ts';
import { checkFile, checkFolder, writeWhole } from './files.ts';
import { readerOf } from './language.ts';
import { outNeedsReport } from './partners.ts';
import type { PcapFile } from './pcap-file.ts';
import { chosenFormats } from './report-files.ts';
import { option, parseDuration, parseWhole } from './values.ts';
import { widthOf } from './width.ts';

const examples = `
Examples:
  rtcompare inspect http://127.0.0.1:3000    then open what it prints
  rtcompare inspect http://127.0.0.1:3000 --duration 1s --json
  rtcompare inspect http://127.0.0.1:3000 --duration 1s --report html --out reports
  rtcompare inspect http://127.0.0.1:3000 --duration 1s --pcap app.pcap
`;

const more = `
It ends by --duration (exit 0) or by Ctrl-C (exit 130, as everywhere), and both
print everything that was seen. Nothing is changed on the way: not the Host
header, nor links that name the application's own port and so lead past the
relay. It adds no more than 5 ms (p99), or says that it did. It reads HTTP/1.1
without TLS; what it cannot read, it labels.
`;

interface Options {
  port: number;
  duration?: number;
  json?: boolean;
  report?: string;
  out: string;
  pcap?: string;
  lang?: string;
  wide?: boolean;
  ascii?: boolean;
  quiet?: boolean;
}

export const inspectCommand = ({ signal, done }: Context): Command =>
  [
    option('--port <port>', 'port of the relay; 0 = any free one')
      .argParser(parseWhole(0, 65_535))
      .default(0),
    option('--duration <time>', 'end by itself after this').argParser(parseDuration),
    option('--json', 'print what was seen as one JSON document'),
    option('--report <formats>', 'formats to write, with commas: json,md,html,csv'),
    option('--out <dir>', 'where the report goes').default('.'),
    option('--pcap <file>', 'keep every byte, in a file that Wireshark opens'),
    option('--lang <language>', 'language of the text').choices(['en', 'ko']),
    option('--wide', 'tables wider than 80 columns'),
    option('--ascii', 'no box-drawing characters'),
    option('--quiet', 'nothing on stderr but the address'),
  ]
    .reduce(
      (built, added) => built.addOption(added),
      new Command('inspect')
        .description(
          'relay any HTTP/1.1 application and say what it speaks, whose its bytes are, what stands out',
        )
        .argument('<url>', 'where the application listens, such as http://127.0.0.1:3000')
        .addHelpText('before', examples)
        .addHelpText('after', more),
    )
    .action(async (url: string, options: Options, command: Command) => {
      outNeedsReport(command, options.report);
      await inspect(url, options, signal);
      done(0);
    });

async function inspect(url: string, options: Options, signal: AbortSignal): Promise<void> {
  const { parseTarget, reach } = await import('../inspection/target.ts');
  const { inspectionFormats } = await import('../report/inspection-formats.ts');
  const { wordsOf } = await import('../report/words.ts');
  const { createPcapFile } = await import('./pcap-file.ts');
  const words = wordsOf(readerOf(options.lang));
  const target = parseTarget(url);
  const formats = options.report ? chosenFormats(options.report, inspectionFormats) : [];
  if (options.report) checkFolder(options.out);
  if (options.pcap) checkFile(options.pcap);
  const host = await reach(target);
  const pcap = options.pcap ? createPcapFile(options.pcap) : null;
  try {
    await using inspector = await listen(target, host, options.port, pcap?.add);
    welcome(target, inspector.port, words, options.quiet === true);
    const seen = await watch(inspector, words, options, signal);
    await checkBalance(seen);
    await tell(seen, formats, words, options);
    pcap?.finish();
  } finally {
    pcap?.discard();
  }
}

async function listen(
  target: Target,
  host: string,
  port: number,
  record?: PcapFile['add'],
): Promise<Inspector> {
  const { startInspector } = await import('../inspection/inspector.ts');
  const { realClock } = await import('../clock.ts');
  return startInspector({
    ...{ target: target.url, host, targetPort: target.port, port, clock: realClock },
    ...(record ? { record } : {}),
  }).catch((error: Error) => {
    throw new CannotRun(`cannot listen on 127.0.0.1 port ${port}: ${error.message}; choose another --port`);
  });
}

/** The address is no progress: without it nobody can use the relay. */
function welcome({ url, rest }: Target, port: number, words: Words, quiet: boolean): void {
  const scheme = url.slice(0, url.indexOf(':'));
  const here = `${scheme}://127.0.0.1:${port}`;
  process.stderr.write(`${words.say('inspect.open', { here: here + rest, target: url })}\n`);
  if (!quiet) process.stderr.write(`${words.say('inspect.host', { here: `127.0.0.1:${port}` })}\n`);
}

/** Shows what goes on until somebody, or the clock, ends it. */
async function watch(
  inspector: Inspector,
  words: Words,
  { duration, quiet, ascii }: Options,
  signal: AbortSignal,
): Promise<Inspection> {
  const { createLiveView, everyMs } = await import('./live-view.ts');
  const view = quiet ? null : createLiveView(process.stderr, words, ascii === true);
  const timer = setInterval(() => view?.show(inspector.look()), everyMs);
  await new Promise<void>((resolve) => {
    const end = duration === undefined ? undefined : setTimeout(resolve, duration);
    const stop = () => {
      clearTimeout(end);
      resolve();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  clearInterval(timer);
  const seen = await inspector.end();
  view?.end(seen);
  return seen;
}

/** Prints what was seen, then writes it: a full disk loses nothing that was measured. */
async function tell(
  seen: Inspection,
  formats: readonly InspectionFormat[],
  words: Words,
  options: Options,
): Promise<void> {
  const { inspectionBlocks } = await import('../report/inspection.ts');
  const { renderBlocks } = await import('../report/terminal.ts');
  const { language } = words;
  process.stdout.write(
    options.json
      ? `${JSON.stringify(seen, null, 2)}\n`
      : renderBlocks(inspectionBlocks(seen, words), {
          width: widthOf(options.wide),
          ascii: options.ascii === true,
        }),
  );
  for (const { ending, render } of formats) {
    const path = `${options.out}/rtcompare-inspection.${ending}`;
    writeWhole(path, render(seen, { language }));
    process.stderr.write(`rtcompare: wrote ${path}\n`);
  }
}

/** Figures that do not add up are never shown. */
async function checkBalance(seen: Inspection): Promise<void> {
  const { imbalances } = await import('../inspection/balance.ts');
  const [first] = imbalances(seen);
  if (first) throw new CannotRun(`the books do not balance: ${first}`);
}

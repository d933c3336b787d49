/** `rtcompare check`: weighs every transport and fails when the wire has become heavier than the baseline says. */
import type { Command } from 'commander';
import { UsageError } from '../base/failure.ts';
import { say, text } from '../base/text.ts';
import type { BrowserName } from '../browsers/engine.ts';
import type { Weighing } from '../document/weighing.ts';
import type { GateLibraries } from '../gate/project-libraries.ts';
import { readBaseline, refuseUnderCi } from './checking/baseline-file.ts';
import { librariesOf } from './checking/chosen-libraries.ts';
import { measureTimings } from './checking/timing-plan.ts';
import { exitCodeOf, tell, tellGitHub, writerOf } from './checking/told-comparison.ts';
import { weighBrowser } from './checking/weighed-browser.ts';
import { writeWhole } from './files/writing.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { visitorOption } from './inspecting/visitor.ts';
import { readerOf } from './options/language.ts';
import { outNeedsReport, refuseAlone } from './options/partners.ts';
import {
  asciiOption,
  commandArgument,
  jsonOption,
  langOption,
  option,
  parseDuration,
  quietOption,
  startOption,
  thresholdOption,
} from './options/values.ts';
import { createPlannedProgress, createProgress } from './screen/progress.ts';

const about = {
  purpose: purposes.check,
  examples: [
    ['rtcompare check', text('compare with reports/baseline.json', 'reports/baseline.json과 비교')],
    [
      'rtcompare check --update',
      text('weigh, write the baseline, and say what changed', '재서 기준값을 쓰고, 달라진 것을 알림'),
    ],
    [
      'rtcompare check http://127.0.0.1:3000 --inspection app.json --update -- node client.mjs',
      text('your own application, instead', '자신의 애플리케이션을 대신'),
    ],
    [
      'rtcompare check http://127.0.0.1:3000/chat --inspection chat.json --update --browser chromium',
      text('what its page really sends, preflights included', '그 페이지가 실제로 보내는 것, 사전 요청까지'),
    ],
  ],
} satisfies AboutCommand;

interface Options {
  baseline: string;
  libraries: string;
  serverLibraries?: string;
  inspection?: string;
  start?: string;
  threshold?: string[];
  timings?: boolean;
  browser?: BrowserName;
  duration?: number;
  update?: boolean;
  force?: boolean;
  json?: boolean;
  report?: string;
  out: string;
  lang?: string;
  ascii?: boolean;
  quiet?: boolean;
}

type Given = Options & { updateBaseline?: boolean };

const options = () => [
  option('--baseline <file>', text('what to compare with', '비교할 기준값')).default('reports/baseline.json'),
  option(
    '--libraries <dir>',
    text('weigh the libraries that are installed there', '그곳에 설치된 라이브러리를 잼'),
  ).default('.'),
  option(
    '--server-libraries <dir>',
    text('those of the servers, where they are elsewhere', '서버 쪽 라이브러리가 다른 곳에 있을 때'),
  ),
  option(
    '--timings',
    text('compare times as well, as ratios to tcp with intervals', '시간도 tcp에 대한 비율과 구간으로 비교'),
  ),
  visitorOption(
    text(
      'weigh what pages of a browser send; its baseline is a file of its own. With --inspection it opens the page of your application',
      '브라우저 페이지가 보내는 것을 잼. 기준값 파일은 따로 있음. --inspection과 함께 쓰면 자신의 애플리케이션 페이지를 엶',
    ),
  ),
  option(
    '--inspection <file>',
    text('what to compare your own application with', '자신의 애플리케이션과 비교할 기준값'),
  ),
  startOption(),
  option(
    '--duration <time>',
    text(
      'with --inspection: how long the page of --browser stays open (5s), or when it ends at the latest',
      '--inspection에서 --browser의 페이지를 열어 둘 시간(5s), 또는 늦어도 끝낼 시간',
    ),
  ).argParser(parseDuration),
  thresholdOption(),
  option('-u, --update', text('write what was weighed as the new baseline', '잰 값을 새 기준값으로 씀')),
  // Its name until 0.1.
  option('--update-baseline', text('the same', '같음')).hideHelp(),
  option('--force', text('update it even where CI is set', 'CI가 설정된 곳에서도 갱신')),
  jsonOption(text('print the comparison as one JSON document', '비교를 JSON 문서 하나로 출력')),
  option(
    '--report <formats>',
    text('formats to write, with commas: json,md,junit', '쓸 형식, 쉼표로 구분: json,md,junit'),
  ),
  option('--out <dir>', text('where they go', '파일을 둘 폴더')).default('.'),
  langOption(text('language of the findings', '결과의 언어')),
  asciiOption(),
  quietOption(),
];

export const checkCommand = (context: Context): Command =>
  command(
    'check',
    about,
    options(),
    argument(
      '[url]',
      text('your own application, beside --inspection', '--inspection과 함께 쓰는, 자신의 애플리케이션 주소'),
    ),
    commandArgument(),
  ).action(
    async (
      url: string | undefined,
      talking: string[],
      { updateBaseline, ...given }: Given,
      made: Command,
    ) => {
      const asked = { ...given, update: given.update === true || updateBaseline === true };
      outNeedsReport(made, asked.report);
      const remedy = text('add --update', '--update를 더해야 합니다');
      refuseAlone(made, '--force', { isThere: asked.update, remedy });
      const { inspection } = asked;
      for (const flag of ['--start', '--threshold', '--duration'] as const)
        refuseAlone(made, flag, { isThere: inspection !== undefined, remedy: withInspection });
      if (url !== undefined && inspection === undefined) throw new UsageError(aloneUrl);
      if (asked.update) refuseUnderCi(asked);
      if (asked.browser && asked.timings) throw new UsageError(beside);
      if (inspection === undefined) return context.done(await check(withOwnBaseline(asked, made), context));
      const { checkInspection } = await import('./inspecting/inspection-gate.ts');
      context.done(await checkInspection(url, talking, { ...asked, inspection }, context.signal));
    },
  );

const withInspection = text('add --inspection FILE', '--inspection FILE을 더해야 합니다');

const aloneUrl = text(
  'an address does nothing here: add --inspection FILE, the baseline of your application; see `rtcompare check --help`',
  '여기에 적은 주소는 하는 일이 없습니다. 애플리케이션의 기준값인 --inspection FILE을 더해야 합니다. `rtcompare check --help`에 예가 있습니다',
);

const beside = text(
  '--browser does not go with --timings: leave one of them out',
  '--browser는 --timings와 함께 쓸 수 없습니다. 둘 중 하나를 빼야 합니다',
);

/** A browser is compared with its own baseline: without `--baseline`, the file that has the browser's name. */
function withOwnBaseline(options: Options, made: Command): Options {
  if (!options.browser || made.getOptionValueSource('baseline') !== 'default') return options;
  return { ...options, baseline: `reports/baseline-${options.browser}.json` };
}

/** Returns the exit code. 0: as before, or lighter. 1: heavier, or something is missing that the baseline has. */
async function check(options: Options, { signal }: Context): Promise<number> {
  const { compareWeighings } = await import('../gate/gate.ts');
  const known = await readBaseline(options);
  const write = await writerOf(options.report, options.out, options.lang);
  const weighing = options.browser
    ? await weighBrowser(options.browser, options)
    : await weigh(options, await librariesOf(options), known, signal);
  const comparison = {
    ...compareWeighings(known ?? nothingOf(weighing), weighing),
    weighed: weighing.environment,
  };
  await tell(comparison, options);
  write({ weighing, comparison });
  await tellGitHub(comparison);
  if (!options.update) return exitCodeOf(comparison);
  writeWhole(options.baseline, `${JSON.stringify(weighing, null, 1)}\n`);
  return 0;
}

/** An empty weighing, to compare a first baseline with. */
const nothingOf = ({ timings: _, ...weighing }: Weighing): Weighing => ({ ...weighing, transports: [] });

const weighingStage = text('weighing {name}', '{name} 재는 중');

async function weigh(
  options: Options,
  { environment, libraries, serverLibraries }: GateLibraries,
  known: Weighing | null,
  signal: AbortSignal,
): Promise<Weighing> {
  const { weighAll } = await import('../gate/gate.ts');
  const { transports } = await import('../transports/index.ts');
  const reader = readerOf(options.lang);
  const quiet = options.quiet === true;
  const progress = createProgress(process.stderr, quiet);
  try {
    const weighed = await weighAll(transports, {
      baseline: options.update ? null : known,
      environment,
      changes: { libraries, serverLibraries },
      signal,
      onStage: (name) => progress.show(say(reader, weighingStage, { name })),
    });
    if (options.timings) {
      progress.end();
      const { stage } = createPlannedProgress(process.stderr, quiet, reader);
      return { ...weighed, timings: await measureTimings(signal, stage) };
    }
    // An update without --timings keeps the times of the known baseline.
    return known?.timings && options.update ? { ...weighed, timings: known.timings } : weighed;
  } finally {
    progress.end();
  }
}

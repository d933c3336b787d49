/** `rtcompare demo`: the classroom page, up until Ctrl-C. */
import { basename } from 'node:path';
import type { Command } from 'commander';
import { portFailure, UsageError } from '../base/failure.ts';
import { say, text } from '../base/text.ts';
import { readReport } from './files/documents.ts';
import { type AboutCommand, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { readerOf } from './options/language.ts';
import { langOption, option, parseWhole } from './options/values.ts';

const about = {
  purpose: purposes.demo,
  examples: [
    ['rtcompare demo', text('open the address that it prints', '출력되는 주소를 열기')],
    ['rtcompare demo --lang ko --bots 20'],
    [
      'rtcompare demo --classroom',
      text('others on the local network may join, with a code', '같은 네트워크의 사람이 코드로 참여'),
    ],
    [
      'rtcompare demo --over h2',
      text('over HTTP/2: six connections become one', 'HTTP/2로: 연결 6개가 하나로'),
    ],
    ['rtcompare demo --replay reports/latest.json'],
  ],
} satisfies AboutCommand;

interface Options {
  port: number;
  classroom?: boolean;
  bots: number;
  replay?: string;
  lang?: string;
  over: string;
  cert?: string;
  key?: string;
}

const phrases = {
  page: text('The page is at {url}', '페이지 주소: {url}'),
  join: text(
    'Others join at {url} with the code {code}.\nEverybody on this network can reach the page, and with the code take part.',
    '다른 사람은 {url}에서 코드 {code}로 참여합니다.\n이 네트워크의 누구나 페이지에 올 수 있고, 코드가 있으면 참여할 수 있습니다.',
  ),
  end: text('Ctrl-C ends it.', 'Ctrl-C를 누르면 끝납니다.'),
};

export const demoCommand = ({ signal }: Context): Command =>
  command('demo', about, [
    option('--port <port>', text('port of the page; 0 = any free one', '페이지의 포트. 0 = 아무 빈 포트'))
      .argParser(parseWhole(0, 65_535))
      .default(0),
    option(
      '--classroom',
      text(
        'let others on the local network join, with a code',
        '같은 네트워크의 사람이 코드로 참여할 수 있게',
      ),
    ),
    option('--bots <n>', text('simulated clients in the room', '방에 있는 모의 클라이언트 수'))
      .argParser(parseWhole(0, 50))
      .default(0),
    option(
      '--replay <file>',
      text(
        'show a recorded run as well: a report of `rtcompare run`',
        '기록된 측정도 보여 줌: `rtcompare run`의 보고서',
      ),
    ),
    option(
      '--over <protocol>',
      text(
        'what the page is served over: http, or with TLS https or h2 (HTTP/2)',
        '페이지를 싣는 프로토콜: http, 또는 TLS로 https나 h2(HTTP/2)',
      ),
    ).default('http'),
    option(
      '--cert <file>',
      text(
        'an own certificate, PEM; without it one is made for the run',
        '직접 쓸 인증서(PEM). 없으면 이번 실행용으로 만듦',
      ),
    ),
    option('--key <file>', text('the key of --cert, PEM', '--cert의 키(PEM)')),
    langOption(text('language the page begins with', '페이지가 시작하는 언어')),
  ]).action((options: Options) => demo(options, signal));

async function demo(
  { port, classroom, bots, replay, lang, ...sealing }: Options,
  signal: AbortSignal,
): Promise<void> {
  const { pageSeal } = await import('./options/page-seal.ts');
  const { realClock } = await import('../base/clock.ts');
  const { startDemo } = await import('../classroom/site/demo.ts');
  const { measureRows } = await import('../classroom/site/filling.ts');
  const { recordedOf } = await import('../classroom/site/recorded-lanes.ts');
  const { escapeControls } = await import('../report/skins/escape.ts');
  const recorded = replay === undefined ? null : recordedOf(await readReport(replay), basename(replay));
  const host = classroom ? await classroomAddress() : '127.0.0.1';
  const seal = await pageSeal(sealing, host);
  const reader = readerOf(lang);
  const { language, command = { start: 'rtcompare', end: '' } } = reader;
  await using running = await startDemo({
    host,
    port,
    seal,
    bots,
    recorded,
    clock: realClock,
    seed: 1,
    language,
    command,
    measure: measureRows,
    isClassroom: classroom === true,
    // A line may contain what visitors have sent, whose escape codes must not move the cursor.
    log: (line) => void process.stderr.write(`rtcompare: ${escapeControls(line)}\n`),
  }).catch((error: NodeJS.ErrnoException) => {
    throw portFailure(error, { host, port }) ?? error;
  });
  const { pastCertificate } = await import('./screen/past-certificate.ts');
  const { url, classroom: room } = running;
  const lines = [
    say(reader, phrases.page, { url }),
    ...(room ? [say(reader, phrases.join, { url: new URL('/', url).href, code: room.code })] : []),
    ...(seal
      ? pastCertificate({ cert: seal.certificate.cert, isMade: seal.from === null, url }, reader)
      : []),
    say(reader, phrases.end),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

async function classroomAddress(): Promise<string> {
  const { localAddress } = await import('../base/platform.ts');
  const found = localAddress();
  if (found) return found;
  throw new UsageError(
    text(
      '--classroom: this machine has no address on a local network; use --bots instead',
      '--classroom: 이 컴퓨터에는 로컬 네트워크 주소가 없습니다. 대신 --bots를 쓸 수 있습니다',
    ),
  );
}

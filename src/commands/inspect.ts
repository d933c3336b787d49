/**
 * `rtcompare inspect URL | FILE`: a recording relay before any application, or a capture or archive of it: what it
 * spoke, what that cost.
 */

import type { Command } from 'commander';
import { UsageError } from '../base/failure.ts';
import { type Reader, say, text } from '../base/text.ts';
import type { BrowserName } from '../browsers/engine.ts';
import type { Archive } from '../document/archive.ts';
import type { Inspection } from '../document/inspection.ts';
import type { InspectionFormat } from '../report/views/inspection/inspection-formats.ts';
import type { PcapFile } from './files/pcap-file.ts';
import { chosenFormats, writeEach } from './files/report-files.ts';
import { checkFile, checkFolder, checkPlace } from './files/writing.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { isRecorded } from './inspecting/recorded.ts';
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
  parseWhole,
  startOption,
  thresholdOption,
  wideOption,
} from './options/values.ts';
import { print } from './screen/print.ts';

const about = {
  purpose: purposes.inspect,
  examples: [
    [
      'rtcompare inspect http://127.0.0.1:3000',
      text('then open what it prints', '그런 다음 출력되는 주소를 열기'),
    ],
    ['rtcompare inspect http://127.0.0.1:3000 --duration 1s --json'],
    [
      'rtcompare inspect http://127.0.0.1:3000 -- node client.mjs',
      text('ends with the command; RTCOMPARE_URL is the address', '명령이 끝나면 끝남. 주소는 RTCOMPARE_URL'),
    ],
    ['rtcompare inspect http://127.0.0.1:3000 --duration 1s --report html --out reports'],
    ['rtcompare inspect http://127.0.0.1:3000 --duration 1s --pcap app.pcap'],
    [
      'rtcompare inspect https://127.0.0.1:3000 --keylog keys.log',
      text('TLS, with the secrets that clients log', '클라이언트가 남기는 키로 TLS까지 읽기'),
    ],
    [
      'rtcompare inspect app.pcapng',
      text('what tcpdump or Wireshark has captured', 'tcpdump나 Wireshark가 캡처한 것'),
    ],
    [
      'rtcompare inspect recorded.har',
      text('what DevTools of a browser has exported', '브라우저의 DevTools가 내보낸 것'),
    ],
  ],
  more: text(
    'It ends by --duration (exit 0) or by Ctrl-C (exit 130, as everywhere), and both print everything that was seen. Nothing is changed on the way: not the Host header, nor links that name the application’s own port and so lead past the relay. It adds no more than 5 ms (p99), or says that it did. It reads HTTP/1.1 and HTTP/2, and over TLS where --keylog has the secrets of the client; what it cannot read, it labels. A file (pcap, pcapng) is read as if the relay had stood there: with --port the connections of that port, else all that begin with HTTP, or with TLS whose secrets are in --keylog or in the file; what is missing in the capture is told. A HAR has no bytes of the wire: of it exchanges, messages, polls and names are told, no layers, and what it cannot say.',
    '--duration으로 끝나거나(종료 코드 0) Ctrl-C로 끝나며(어디서나처럼 130), 어느 쪽이든 본 것을 모두 출력합니다. 지나가는 것은 아무것도 바꾸지 않습니다. Host 헤더도, 애플리케이션의 포트를 직접 가리켜 중계를 비켜 가는 링크도 그대로입니다. 5 ms(p99)보다 더 늦추지 않으며, 그랬다면 그렇다고 알립니다. HTTP/1.1과 HTTP/2를 읽고, --keylog에 클라이언트의 키가 있으면 TLS 속도 읽으며, 읽을 수 없는 것은 그렇게 표시합니다. 파일(pcap, pcapng)은 그 자리에서 중계한 것처럼 읽습니다. --port가 있으면 그 포트의 연결만, 없으면 HTTP로 시작하는 연결과, --keylog나 파일 안에 키가 있는 TLS 연결을 모두 읽고, 캡처에 빠진 것은 빠졌다고 알립니다. HAR에는 실제로 오간 바이트가 없으므로 요청과 메시지, 폴링, 라이브러리 이름만 알려 주며, 알 수 없는 것은 알 수 없다고 적습니다.',
  ),
} satisfies AboutCommand;

interface Options {
  port: number;
  duration?: number;
  start?: string;
  browser?: BrowserName;
  threshold?: string[];
  json?: boolean;
  report?: string;
  out: string;
  pcap?: string;
  keylog?: string;
  lang?: string;
  wide?: boolean;
  ascii?: boolean;
  quiet?: boolean;
}

export const inspectCommand = ({ signal, done }: Context): Command =>
  command(
    'inspect',
    about,
    [
      option(
        '--port <port>',
        text(
          'port of the relay (0 = any free one); of the application in a file',
          '중계의 포트(0 = 아무 빈 포트). 파일에서는 애플리케이션의 포트',
        ),
      )
        .argParser(parseWhole(0, 65_535))
        .default(0),
      startOption(),
      visitorOption(
        text(
          'open the page in a browser, for --duration (5s), and end with it',
          '브라우저로 페이지를 열어 --duration(5s) 동안 두고 함께 끝남',
        ),
      ),
      thresholdOption(),
      option('--duration <time>', text('end by itself after this', '이 시간이 지나면 스스로 끝남')).argParser(
        parseDuration,
      ),
      jsonOption(text('print what was seen as one JSON document', '본 것을 JSON 문서 하나로 출력')),
      option(
        '--report <formats>',
        text('formats to write, with commas: json,md,html,csv', '쓸 형식, 쉼표로 구분: json,md,html,csv'),
      ),
      option('--out <dir>', text('where the report goes', '보고서를 둘 폴더')).default('.'),
      option(
        '--pcap <file>',
        text(
          'keep every byte, in a file that Wireshark opens; none where nobody sends any',
          '모든 바이트를 Wireshark가 여는 파일로 남김. 오간 것이 없으면 쓰지 않음',
        ),
      ),
      option(
        '--keylog <file>',
        text(
          'secrets that clients of TLS log: SSLKEYLOGFILE, `node --tls-keylog`',
          'TLS 클라이언트가 키를 남기는 파일: SSLKEYLOGFILE, `node --tls-keylog`',
        ),
      ),
      langOption(text('language of the text', '글의 언어')),
      wideOption(),
      asciiOption(),
      option('--quiet', text('nothing on stderr but the address', 'stderr에 주소만')),
    ],
    argument(
      '<url>',
      text(
        'where the application listens, such as http://127.0.0.1:3000, or a file: a capture such as app.pcapng, or a HAR',
        '애플리케이션의 주소(http://127.0.0.1:3000 등)나 파일(app.pcapng 같은 캡처나 HAR)',
      ),
    ),
    commandArgument(),
  ).action(async (url: string, command: string[], options: Options, made: Command) => {
    outNeedsReport(made, options.report);
    if (isRecorded(url)) refuseLive(made, command);
    done(await inspect(url, command, options, signal));
  });

const notWritten = text(
  'nobody sent anything, so {path} was not written',
  '오간 것이 없어 {path} 파일을 쓰지 않았습니다',
);

async function inspect(
  url: string,
  command: readonly string[],
  options: Options,
  signal: AbortSignal,
): Promise<number> {
  const formats = options.report
    ? chosenFormats(
        options.report,
        (await import('../report/views/inspection/inspection-formats.ts')).inspectionFormats,
      )
    : [];
  if (options.report) checkPlace(options.out);
  if (options.pcap) checkFile(options.pcap, checkPlace);
  const pcap = options.pcap ? await openPcap(options.pcap, url) : null;
  // Only a JSON document can be compared later, so a table alone needs no profile.
  const isProfiled =
    command.length > 0 ||
    options.browser !== undefined ||
    options.json === true ||
    formats.some(({ ending }) => ending === 'json');
  try {
    const inspecting = { ...options, command, isProfiled };
    const { seenLive, seenRecorded } = await import('./inspecting/live-or-recorded.ts');
    const { seen, code } = isRecorded(url)
      ? { seen: await seenRecorded(url, inspecting, signal), code: 0 }
      : await seenLive(url, inspecting, signal, pcap);
    await tell(seen, formats, readerOf(options.lang), options);
    if (pcap && !pcap.finish()) {
      const path = options.pcap ?? '';
      process.stderr.write(`rtcompare: ${say(readerOf(options.lang), notWritten, { path })}\n`);
    }
    if (code !== 0 || !seen.thresholds) return code;
    const { isMissed } = await import('../gate/inspection-thresholds.ts');
    return Number(seen.thresholds.some(isMissed));
  } finally {
    pcap?.discard();
  }
}

async function openPcap(path: string, url: string): Promise<PcapFile> {
  const { createPcapFile } = await import('./files/pcap-file.ts');
  const { isSealedUrl } = await import('./inspecting/inspecting.ts');
  return createPcapFile(path, isSealedUrl(url));
}

/** A recording is over, so nothing can be started, waited for or relayed. */
function refuseLive(made: Command, command: readonly string[]): void {
  const remedy = text(
    'a file is read as it is; leave it out, or name a URL',
    '파일은 있는 그대로 읽습니다. 이 옵션을 빼거나 URL을 적어야 합니다',
  );
  for (const flag of ['--duration', '--start', '--browser', '--pcap'] as const)
    refuseAlone(made, flag, { isThere: false, remedy });
  if (command.length > 0)
    throw new UsageError(
      text(
        '-- COMMAND does nothing here: a file is read as it is; leave the command out, or name a URL',
        '-- COMMAND는 여기서 하는 일이 없습니다: 파일은 있는 그대로 읽습니다. 명령을 빼거나 URL을 적어야 합니다',
      ),
    );
}

/** Prints what was seen, then writes it: a full disk loses nothing that was measured. */
async function tell(
  seen: Inspection | Archive,
  formats: readonly InspectionFormat[],
  reader: Reader,
  options: Options,
): Promise<void> {
  const { seenBlocks } = await import('../report/views/inspection/seen-blocks.ts');
  await print(
    options,
    () => seen,
    () => seenBlocks(seen, reader),
  );
  if (formats.length > 0) checkFolder(options.out);
  writeEach(formats, seen, `${options.out}/rtcompare-inspection`, { language: reader.language });
}

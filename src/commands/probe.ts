/**
 * `rtcompare probe proxies`: what the proxies of this machine do to each transport, measured, and what helps; `probe
 * browsers`.
 */

import { join } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../base/failure.ts';
import { inEveryLanguage, type Reader, say, text } from '../base/text.ts';
import type { ChosenProxy } from '../network/proxies/proxy-process.ts';
import type { Patience } from '../questions/passage/all-passages.ts';
import type { ProbedProxy } from '../questions/passage/configuration-passage.ts';
import type { Passages } from '../report/views/passage/passage-blocks.ts';
import { checkFolder, writeWhole, wrote } from './files/writing.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { readerOf } from './options/language.ts';
import { ownConfiguration, proxyConfigOption } from './options/proxy-config.ts';
import {
  asciiOption,
  jsonOption,
  langOption,
  option,
  parseDuration,
  quietOption,
  wideOption,
} from './options/values.ts';
import { jsonText, print } from './screen/print.ts';
import { createPlannedProgress } from './screen/progress.ts';

const about = {
  purpose: purposes.probe,
  examples: [
    [
      'rtcompare probe proxies httpxy:websocket',
      text('without names: all that are installed', '이름을 생략하면 설치된 모든 프록시'),
    ],
  ],
} satisfies AboutCommand;

interface Options {
  proxyConfig?: string;
  hold: number;
  idle?: number | true;
  out?: string;
  json?: boolean;
  lang?: string;
  wide?: boolean;
  ascii?: boolean;
  quiet?: boolean;
}

export const probeCommand = ({ signal, done }: Context): Command =>
  command(
    'probe',
    about,
    [
      proxyConfigOption(),
      option('--hold <time>', text('how long the server holds a poll', '서버가 폴을 붙들고 있는 시간'))
        .argParser(parseDuration)
        .default(2000, '2s'),
      option(
        '--idle [time]',
        text(
          'wait for idle limits so long: 75 s unless another time is given; 6 s without the option',
          '유휴 제한을 기다리는 시간. 적지 않으면 75초, 옵션이 없으면 6초',
        ),
      ).argParser(parseDuration),
      option(
        '--out <dir>',
        text(
          'write proxies.md, .html and .json there, or browsers.md and browsers.json',
          'proxies.md, .html, .json, 또는 browsers.md와 browsers.json을 쓸 폴더',
        ),
      ),
      jsonOption(),
      langOption(text('language of the tables', '표의 언어')),
      wideOption(),
      asciiOption(),
      quietOption(),
    ],
    argument('<what>', text('what is probed', '무엇을 알아볼지')).choices(['proxies', 'browsers']),
    argument(
      '[names...]',
      text(
        'such as nginx, haproxy:tuned, firefox or chromium=PATH; all when left out',
        'nginx, haproxy:tuned, firefox, chromium=경로 등. 생략하면 모두',
      ),
    ),
  ).action(async (what: string, names: readonly string[], options: Options) => {
    if (options.out !== undefined) checkFolder(options.out);
    if (what === 'browsers') {
      const { probeBrowsers } = await import('./probing/browser-habits.ts');
      await probeBrowsers(names, options, signal);
    } else await probe(names, options, signal);
    done(0);
  });

const onlyReal = text(
  '{name} is emulated: name a real proxy, such as nginx or httpxy',
  '{name}은(는) 모의 장비입니다. nginx나 httpxy 같은 실제 프록시를 적어야 합니다',
);
const notForward = text(
  '{name} stands at the clients, and these probes ask what stands before a server; measure through it: run --proxy {name}',
  '{name}은(는) 클라이언트 쪽에 놓이는데 이 검사는 서버 앞에 놓인 것을 알아봅니다. 이를 거쳐서 재려면 `run --proxy {name}` 명령을 씁니다',
);
const noneInstalled = text(
  'no proxy is installed here: `npm install httpxy`, or the package nginx',
  '설치된 프록시가 없습니다. `npm install httpxy` 또는 nginx 패키지를 설치해야 합니다',
);

/** The named proxies, each with one configuration or with all it has; without names, those that are installed. */
async function chosenOf(
  names: readonly string[],
  own: string | undefined,
): Promise<{ chosen: ChosenProxy[]; missing: string[] }> {
  const { readBetween, realIn } = await import('../network/between.ts');
  const { isForward, realProxies, realProxyByName } = await import('../network/proxies/index.ts');
  const { lookForProxy } = await import('../network/proxies/found-proxy.ts');
  if (own !== undefined) return { chosen: realIn(readBetween(names.join(','), own)), missing: [] };
  const isThere = (name: string) => {
    const proxy = realProxyByName(name);
    return proxy !== undefined && lookForProxy(proxy) !== undefined;
  };
  const all = realProxies.filter((one) => !isForward(one)).map(({ name }) => name);
  const missing = names.length > 0 ? [] : all.filter((name) => !isThere(name));
  const asked = names.length > 0 ? names : all.filter((name) => !missing.includes(name));
  const chosen = asked.flatMap((name) => {
    const proxy = realProxyByName(name);
    const written = proxy ? Object.keys(proxy.flavours).map((flavour) => `${name}:${flavour}`) : [name];
    return written.flatMap((one) => {
      const found = realIn(readBetween(one));
      if (found.length === 0) throw new UsageError(inEveryLanguage(onlyReal, { name }));
      if (isForward(proxy)) throw new UsageError(inEveryLanguage(notForward, { name }));
      return found;
    });
  });
  if (chosen.length === 0) throw new UsageError(noneInstalled);
  return { chosen, missing };
}

async function probe(names: readonly string[], options: Options, signal: AbortSignal): Promise<void> {
  const patience = patienceOf(options);
  const own = await ownConfiguration(options.proxyConfig);
  const { chosen, missing } = await chosenOf(names, own);
  const { readEnvironment } = await import('../trial/environment.ts');
  const proxies = await probeChosen(chosen, patience, options, signal);
  const passages = { environment: readEnvironment(chosen), proxies, missing };
  const { passageBlocks, proxiesDocument } = await import('../report/views/passage/passage-blocks.ts');
  const reader = readerOf(options.lang);
  if (options.out !== undefined) await write(passages, options.out, reader);
  await print(
    options,
    () => proxiesDocument(passages),
    () => passageBlocks(passages, reader),
  );
}

const shortIdleMs = 6000;
const longIdleMs = 75_000;

/** `--idle` without a value waits longer than most idle timeouts. */
const patienceOf = ({ hold, idle }: Options): Patience => ({
  holdMs: hold,
  idleMs: idle === true ? longIdleMs : (idle ?? shortIdleMs),
});

/** Probes the chosen proxies, then the configurations that show whether a remedy helps. */
async function probeChosen(
  chosen: readonly ChosenProxy[],
  patience: Patience,
  options: Options,
  signal: AbortSignal,
): Promise<ProbedProxy[]> {
  const { plannedMs, probeAll } = await import('../questions/passage/all-passages.ts');
  const { remediesToProbe } = await import('../questions/passage/ailing.ts');
  const { readBetween, realIn } = await import('../network/between.ts');
  const progress = createPlannedProgress(process.stderr, options.quiet === true, readerOf(options.lang));
  progress.announce(plannedMs(chosen.length, patience));
  const probeEach = (some: readonly ChosenProxy[]) =>
    probeAll(some, patience, signal, ({ name, leftMs }) => progress.show(name, leftMs));
  try {
    const proxies = await probeEach(chosen);
    const more = remediesToProbe(proxies).flatMap((one) => realIn(readBetween(one)));
    return more.length > 0 ? [...proxies, ...(await probeEach(more))] : proxies;
  } finally {
    progress.end();
  }
}

/** Writes the results for readers who have no proxies installed. */
async function write(passages: Passages, folder: string, reader: Reader): Promise<void> {
  const { markdownBlocks } = await import('../report/skins/markdown.ts');
  const { blocksPage } = await import('../report/skins/html/page.ts');
  const { passageBlocks, passageTitle, proxiesDocument } = await import(
    '../report/views/passage/passage-blocks.ts'
  );
  const blocks = passageBlocks(passages, reader);
  const files = {
    'proxies.json': jsonText(proxiesDocument(passages)),
    'proxies.md': `${markdownBlocks(blocks)}\n`,
    'proxies.html': blocksPage(say(reader, passageTitle), reader.language, blocks),
  };
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    writeWhole(path, content);
    process.stderr.write(`rtcompare: ${say(reader, wrote, { path })}\n`);
  }
}

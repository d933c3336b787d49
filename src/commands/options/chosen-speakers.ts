/**
 * `--browser` and `--runtime`: which programs are the clients, a trial for each. Options for what such a client
 * decides by itself, its headers and connections, are refused.
 */
import type { Option } from 'commander';
import { unknownWord } from '../../base/did-you-mean.ts';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Phrase, text } from '../../base/text.ts';
import { browserNames, type ChosenBrowser, type EngineName, runtimeNames } from '../../browsers/engine.ts';
import { option } from './values.ts';

export const speakerOptions = (): Option[] => [
  option(
    '--browser <engines>',
    text(
      'pages of a browser as clients, each a window of its own, its bytes recorded on the way: chromium, firefox, webkitgtk, several with commas',
      '브라우저 페이지를 클라이언트로 사용(클라이언트마다 창 하나, 바이트는 중간에서 기록): chromium, firefox, webkitgtk, 쉼표로 여러 개',
    ),
  ),
  option(
    '--runtime <runtimes>',
    text(
      'processes of other runtimes as clients, by their own fetch and WebSocket: bun, deno, node (clients of rtcompare itself), several with commas',
      '다른 런타임의 프로세스를 클라이언트로 사용(각자의 fetch와 WebSocket): bun, deno, node(rtcompare 자신의 클라이언트), 쉼표로 여러 개',
    ),
  ),
];

const unknown = {
  browser: text('--browser: no browser is called "{word}"', '--browser: "{word}"라는 브라우저는 없습니다'),
  runtime: text('--runtime: no runtime is called "{word}"', '--runtime: "{word}"라는 런타임은 없습니다'),
};

/** Options for what these clients decide by themselves. */
const theirOwn = { headers: '--headers', cookie: '--cookie', keepAlive: '--no-keep-alive' } as const;

const notAsked = text(
  '{flag} does not go with {option}: what is asked there sends and keeps what it likes; leave one of them out',
  '{flag} 옵션은 {option} 옵션과 함께 쓸 수 없습니다. 그런 클라이언트는 헤더와 연결을 스스로 정합니다. 둘 중 하나를 빼야 합니다',
);

/**
 * The browsers and runtimes that were asked for, in the order of the registries, each once; undefined stands for
 * Node's own clients, the only entry if none was asked for. Throws `CannotRun`, with what to install, if one is
 * missing.
 */
export async function chosenSpeakers(
  { browser, runtime }: { readonly browser?: string; readonly runtime?: string },
  isAsked: (option: string) => boolean,
): Promise<readonly (ChosenBrowser | undefined)[]> {
  const browsers = named(browser, browserNames, unknown.browser);
  const runtimes = named(runtime, ['node', ...runtimeNames], unknown.runtime);
  const engines = [...runtimes, ...browsers].filter((name) => name !== 'node');
  const option = browsers.length > 0 ? '--browser' : '--runtime';
  for (const [asked, flag] of Object.entries(theirOwn))
    if (engines.length > 0 && isAsked(asked))
      throw new UsageError(inEveryLanguage(notAsked, { flag, option }));
  const found = await Promise.all(engines.map((name) => lookForEngine(name)));
  return engines.length === 0 || runtimes.includes('node') ? [undefined, ...found] : found;
}

function named<Name extends string>(
  typed: string | undefined,
  known: readonly Name[],
  complaint: Phrase<'word'>,
): readonly Name[] {
  const words = typed?.split(',').map((one) => one.trim().toLowerCase()) ?? [];
  for (const word of words)
    if (!known.some((name) => name === word)) throw unknownWord(complaint, word, known);
  return known.filter((name) => words.includes(name));
}

/** @param path where it is; by default the path in its environment variable, else the usual places. */
export async function lookForEngine(name: EngineName, path?: string): Promise<ChosenBrowser> {
  const { findBrowser, variableOf } = await import('../../browsers/found-browser.ts');
  const { engines } = await import('../../browsers/engines/index.ts');
  const engine = engines[name];
  return findBrowser(engine, path || process.env[variableOf(engine)] || null);
}

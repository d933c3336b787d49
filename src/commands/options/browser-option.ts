/** `--browser`: real pages as clients. What a page decides by itself cannot be asked of it. */
import type { Option } from 'commander';
import { unknownWord } from '../../base/did-you-mean.ts';
import { UsageError } from '../../base/failure.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import {
  type BrowserName,
  browserNames,
  type ChosenBrowser,
  type EngineName,
} from '../../browsers/engine.ts';
import { option } from './values.ts';

export const browserOption = (): Option =>
  option(
    '--browser <engines>',
    text(
      'pages of a browser as clients, each a window of its own, its bytes recorded on the way: chromium, firefox, or both with a comma',
      '브라우저 페이지를 클라이언트로 사용(클라이언트마다 창 하나, 바이트는 중간에서 기록): chromium, firefox, 또는 쉼표로 둘 다',
    ),
  );

const unknown = text(
  '--browser: no browser is called "{word}"',
  '--browser: "{word}"라는 브라우저는 없습니다',
);

/** What a browser says and keeps by itself. */
const itsOwn = { headers: '--headers', cookie: '--cookie', keepAlive: '--no-keep-alive' } as const;

const notAsked = text(
  '{flag} does not go with --browser: a browser sends and keeps what it likes; leave one of them out',
  '{flag} 옵션은 --browser와 함께 쓸 수 없습니다. 브라우저는 헤더와 연결을 스스로 정합니다. 둘 중 하나를 빼야 합니다',
);

/** Looks for the browsers, in the order of the registry. Throws `CannotRun` with what to install where one is not there. */
export async function chosenBrowsers(
  typed: string | undefined,
  isAsked: (option: string) => boolean,
): Promise<readonly ChosenBrowser[]> {
  if (typed === undefined) return [];
  const wanted = new Set<BrowserName>();
  for (const word of typed.split(',').map((one) => one.trim().toLowerCase())) {
    const found = browserNames.find((name) => name === word);
    if (!found) throw unknownWord(unknown, word, browserNames);
    wanted.add(found);
  }
  for (const [asked, flag] of Object.entries(itsOwn))
    if (isAsked(asked)) throw new UsageError(inEveryLanguage(notAsked, { flag }));
  return Promise.all(browserNames.filter((name) => wanted.has(name)).map(lookForEngine));
}

export async function lookForEngine(name: EngineName): Promise<ChosenBrowser> {
  const { findBrowser, variableOf } = await import('../../browsers/found-browser.ts');
  const { engines } = await import('../../browsers/engines/index.ts');
  const engine = engines[name];
  return findBrowser(engine, process.env[variableOf(engine)] || null);
}

/**
 * `--browser` of `inspect` and `check`: a browser opens the page of the application, and the inspection ends with it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Option } from 'commander';
import { CannotRun, UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import { type BrowserName, browserNames, type ChosenBrowser } from '../../browsers/engine.ts';
import { option } from '../options/values.ts';
import type { Program } from '../started/programs.ts';

export const visitorOption = (description: Text): Option =>
  option('--browser <engine>', description).choices(browserNames);

/** How long a page stays open without `--duration`. */
export const staysMs = 5000;
/** Generous, because a browser that was just installed first makes its profile. */
const comesWithinMs = 30_000;
const lookEveryMs = 5;

const oneOfThem = text(
  '--browser opens the page itself, so -- COMMAND has nothing to do: leave one of them out',
  '--browser가 페이지를 직접 열므로 -- COMMAND가 할 일이 없습니다. 둘 중 하나를 빼야 합니다',
);
const sealed = text(
  '--browser: no browser trusts the certificate of {url} at the address of the relay; start the application without TLS, and write http://…',
  '--browser: 중계의 주소에서는 브라우저가 {url}의 인증서를 믿지 않습니다. 애플리케이션을 TLS 없이 띄우고 http://…로 적어야 합니다',
);
const neverCame = text(
  '{name} was started and has not come to {url} after {seconds} s',
  '{name}을(를) 시작했지만 {seconds}초가 지나도록 {url}에 접속하지 않았습니다',
);

/**
 * Throws `UsageError` for options that exclude each other, and `CannotRun`, with what to install, without the
 * browser.
 */
export async function findVisitor(
  name: BrowserName,
  { url, isSealed }: { readonly url: string; readonly isSealed: boolean },
  command: readonly string[],
): Promise<ChosenBrowser> {
  if (command.length > 0) throw new UsageError(oneOfThem);
  if (isSealed) throw new UsageError(inEveryLanguage(sealed, { url }));
  const { lookForEngine } = await import('../options/chosen-speakers.ts');
  return lookForEngine(name);
}

/**
 * Starts the browser with this address. `ended` rejects if its page does not connect, or if the browser ends by itself.
 *
 * @param stayMs how long its page stays open, from its first connection on.
 */
export async function startVisitor(
  chosen: ChosenBrowser,
  url: string,
  { stayMs, hasCome }: { readonly stayMs: number; hasCome(): boolean },
): Promise<Program> {
  const { startVisit } = await import('../../browsers/visit.ts');
  const visit = await startVisit(chosen, url);
  const over = new AbortController();
  const until = AbortSignal.any([over.signal, visit.gone]);
  async function stay(): Promise<number> {
    for (let waitedMs = 0; !hasCome(); waitedMs += lookEveryMs) {
      if (waitedMs >= comesWithinMs) throw new CannotRun(inEveryLanguage(neverCame, told));
      await pause(lookEveryMs, undefined, { signal: until });
    }
    await pause(stayMs, undefined, { signal: until });
    return 0;
  }
  const told = { name: chosen.name, url, seconds: String(comesWithinMs / 1000) };
  const ended = stay()
    .catch((error: unknown) => {
      if (over.signal.aborted) return 0;
      throw visit.gone.aborted ? visit.gone.reason : error;
    })
    .finally(() => visit[Symbol.asyncDispose]());
  return {
    ended,
    async stop() {
      over.abort();
      await ended;
    },
  };
}

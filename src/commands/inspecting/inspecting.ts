/**
 * One inspection, for `inspect` and `check`: starts the server (`--start`), the relay in front of it, and the command
 * that talks to it. It ends with that command, after `--duration`, or on a signal, and then stops what it has
 * started.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { CannotRun, UsageError } from '../../base/failure.ts';
import { inEveryLanguage, type Reader, say, text } from '../../base/text.ts';
import type { BrowserName, ChosenBrowser } from '../../browsers/engine.ts';
import type { Inspection } from '../../document/inspection.ts';
import type { Origin } from '../../inspection/inspected-origin.ts';
import type { Inspector } from '../../inspection/inspector.ts';
import type { KeyLog } from '../../protocols/tls/key-log.ts';
import type { PcapFile } from '../files/pcap-file.ts';
import { readerOf } from '../options/language.ts';
import { whenParentIsGone } from '../started/orphaned.ts';
import { checkProgram, type Program, startCommand, startServer } from '../started/programs.ts';
import { followKeyLog, loggingTo } from './key-log-file.ts';
import { findVisitor, startVisitor, staysMs } from './visitor.ts';

const phrases = {
  open: text('open {here} instead of {target}', '{target} 대신 이 주소로 여십시오: {here}'),
  sealed: text(
    'TLS is passed on sealed, and its bytes are only counted. To have them read, add --keylog FILE and let the client log its secrets there: SSLKEYLOGFILE=FILE for Chromium, Firefox and curl, `node --tls-keylog=FILE` for Node.',
    'TLS는 암호화된 그대로 전달하고 바이트만 셉니다. 내용까지 읽으려면 --keylog FILE을 더하고 클라이언트가 그 파일에 키를 남기게 하십시오. Chromium, Firefox, curl은 SSLKEYLOGFILE=FILE, Node는 `node --tls-keylog=FILE`입니다.',
  ),
  certificate: text(
    'The certificate is the application’s own. Where a client refuses it because of the address: `curl --connect-to ::{here} {target}`, `chromium --host-resolver-rules="MAP * {here}"`.',
    '인증서는 애플리케이션의 것 그대로입니다. 주소가 달라 클라이언트가 거부하면 `curl --connect-to ::{here} {target}`, `chromium --host-resolver-rules="MAP * {here}"`를 쓰십시오.',
  ),
  host: text(
    'Nothing is changed on the way, so the application sees {here} in the Host header. Ctrl-C ends it and prints what was seen.',
    '오가는 바이트를 바꾸지 않으므로 애플리케이션이 받는 Host 헤더의 값은 {here}입니다. Ctrl-C를 누르면 끝내고 결과를 보여 줍니다.',
  ),
};

export interface Inspecting {
  readonly port: number;
  readonly duration?: number | undefined;
  /** The shell command that starts the server. */
  readonly start?: string | undefined;
  /** The command that talks to the application; the inspection ends with it. */
  readonly command: readonly string[];
  /** The browser that opens the application's page, instead of a command. */
  readonly browser?: BrowserName | undefined;
  readonly isProfiled: boolean;
  /** The file to which clients log the secrets of their TLS connections. */
  readonly keylog?: string | undefined;
  /** As they were typed. */
  readonly threshold?: readonly string[] | undefined;
  readonly lang?: string | undefined;
  readonly ascii?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

export interface Inspected {
  readonly seen: Inspection;
  /** The command's exit code; 0 without a command. */
  readonly code: number;
}

/** Bytes of connections that the command has left may still be on their way: the longest wait for them. */
const settleMs = 100;
const lookEveryMs = 5;

/** Waits until every connection has ended, or `settleMs` have passed. */
async function settled(inspector: Inspector): Promise<void> {
  for (let waitedMs = 0; inspector.open > 0 && waitedMs < settleMs; waitedMs += lookEveryMs)
    await pause(lookEveryMs);
}

/**
 * Throws `UsageError` for a URL that cannot be inspected, and `CannotRun` if nothing listens or the sums do not agree.
 *
 * @param record takes every chunk, in order.
 */
export async function inspectApplication(
  url: string,
  options: Inspecting,
  signal: AbortSignal,
  record?: PcapFile['add'],
): Promise<Inspected> {
  const { parseTarget, reach } = await import('../../inspection/inspected-origin.ts');
  const { judgeInspectionThresholds, parseInspectionThreshold } = await import(
    '../../gate/inspection-thresholds.ts'
  );
  const reader = readerOf(options.lang);
  const target = parseTarget(asUrl(url));
  const keyLog = options.keylog === undefined ? undefined : keyLogOf(options.keylog, target);
  const thresholds = (options.threshold ?? []).map(parseInspectionThreshold);
  const visitor = options.browser && (await findVisitor(options.browser, target, options.command));
  if (options.start !== undefined) checkProgram(options.start);
  const server = options.start === undefined ? null : await startServer(options.start, target, signal);
  try {
    const host = server?.host ?? (await reach(target));
    await using inspector = await listen(target, host, { ...options, keyLog }, record);
    const here = addressOf(target, inspector.port);
    if (options.command.length === 0 && !visitor)
      welcome(target, inspector.port, reader, options.quiet === true);
    if (!options.quiet && target.isSealed && !keyLog)
      process.stderr.write(`${say(reader, phrases.sealed)}\n`);
    const logging = keyLog && options.keylog !== undefined ? loggingTo(options.keylog) : {};
    const env = { RTCOMPARE_URL: here, ...logging };
    const talking = await startTalking(inspector, here, visitor, options, env);
    // With a browser, `--duration` counts from the page's first connection: startVisitor keeps that time.
    const seen = await watch(
      inspector,
      reader,
      visitor ? { ...options, duration: undefined } : options,
      talking,
      signal,
    );
    const { checkBalance } = await import('./check-balance.ts');
    checkBalance(seen);
    const code = talking && !signal.aborted ? await talking.ended : 0;
    if (thresholds.length === 0) return { seen, code };
    return { seen: { ...seen, thresholds: judgeInspectionThresholds(thresholds, seen) }, code };
  } finally {
    await server?.stop();
  }
}

/** What talks to the application: a browser, or a command; null if people open the printed address themselves. */
async function startTalking(
  inspector: Inspector,
  here: string,
  visitor: ChosenBrowser | undefined,
  { command, duration }: Inspecting,
  env: Readonly<Record<string, string>>,
): Promise<Program | null> {
  const stayMs = duration ?? staysMs;
  if (visitor) return startVisitor(visitor, here, { stayMs, hasCome: () => inspector.open > 0 });
  return command.length > 0 ? startCommand(command, env) : null;
}

/** `localhost:3000`, and a port alone, are what people type for a URL. */
export function asUrl(typed: string): string {
  if (/^\d{1,5}$/.test(typed)) return `http://127.0.0.1:${typed}`;
  return /^(localhost|(\[[\da-f:.]+\]|[\w.-]+):\d{1,5})(\/.*)?$/i.test(typed) ? `http://${typed}` : typed;
}

async function listen(
  target: Origin,
  host: string,
  { port, isProfiled, keyLog }: Inspecting & { readonly keyLog: KeyLog | undefined },
  record?: PcapFile['add'],
): Promise<Inspector> {
  const { startInspector } = await import('../../inspection/inspector.ts');
  const { realClock } = await import('../../base/clock.ts');
  return startInspector({
    target: target.url,
    host,
    targetPort: target.port,
    port,
    clock: realClock,
    isProfiled,
    keyLog,
    ...(record ? { record } : {}),
  }).catch((error: Error) => {
    throw new CannotRun(
      inEveryLanguage(
        text(
          'cannot listen on 127.0.0.1 port {port}: {reason}; choose another --port',
          '127.0.0.1의 포트 {port}에서 받을 수 없습니다: {reason}. 다른 --port를 골라야 합니다',
        ),
        { port: String(port), reason: error.message },
      ),
    );
  });
}

/** The application's address through the relay. It keeps the name `localhost` if its certificate may be for that. */
const addressOf = ({ url, host, rest, isSealed }: Origin, port: number): string =>
  `${url.slice(0, url.indexOf(':'))}://${isSealed && host === 'localhost' ? host : '127.0.0.1'}:${port}${rest}`;

/** Whether it is an https: or wss: URL; false for a file, and for a URL that cannot be inspected. */
export const isSealedUrl = (typed: string): boolean => /^(https|wss):/i.test(asUrl(typed));

/** Throws `UsageError` if the origin speaks no TLS, so that there is nothing to decrypt, or the file cannot be read. */
function keyLogOf(path: string, { url, isSealed }: Origin): KeyLog {
  if (!isSealed) throw new UsageError(inEveryLanguage(unsealed, { url }));
  return followKeyLog(path);
}

const unsealed = text(
  '--keylog does nothing here: {url} speaks without TLS; leave it out, or write https://…',
  '--keylog는 여기서 하는 일이 없습니다: {url}에는 TLS가 없습니다. 이 옵션을 빼거나 https://…로 적어야 합니다',
);

/** Printed with --quiet, too: without its address the relay cannot be used. */
function welcome(target: Origin, port: number, reader: Reader, quiet: boolean): void {
  const here = addressOf(target, port);
  process.stderr.write(`${say(reader, phrases.open, { here, target: target.url })}\n`);
  if (quiet) return;
  const relay = { here: `127.0.0.1:${port}` };
  process.stderr.write(`${say(reader, phrases.host, relay)}\n`);
  if (target.isSealed)
    process.stderr.write(`${say(reader, phrases.certificate, { ...relay, target: target.url })}\n`);
}

/**
 * Shows what goes on until a signal, the clock, or the end of the command or browser. Draws nothing beside a command:
 * its output has the terminal to itself.
 */
async function watch(
  inspector: Inspector,
  reader: Reader,
  { duration, quiet, ascii }: Inspecting,
  talking: Program | null,
  signal: AbortSignal,
): Promise<Inspection> {
  const { createLiveView, everyMs } = await import('../screen/live-view.ts');
  const view = quiet || talking ? null : createLiveView(process.stderr, reader, ascii === true);
  const timer = view && setInterval(() => view.show(inspector.look()), everyMs);
  await new Promise<void>((resolve, reject) => {
    const end = duration === undefined ? undefined : setTimeout(resolve, duration);
    const callOff = whenParentIsGone(() => stop());
    const leave = () => {
      clearTimeout(end);
      callOff();
    };
    const stop = () => {
      leave();
      resolve();
    };
    talking?.ended
      .then(() => settled(inspector))
      .then(stop, (error: unknown) => {
        leave();
        reject(error);
      });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  if (timer) clearInterval(timer);
  const seen = await inspector.end();
  // The command still runs if the time was up, or a signal ended the inspection.
  await talking?.stop();
  view?.end(seen);
  return seen;
}

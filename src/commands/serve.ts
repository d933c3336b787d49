/** `rtcompare serve [NAME]`: the servers under test, kept up, with the lines to try them by hand. */
import type { Command } from 'commander';
import { unknownWord } from '../base/did-you-mean.ts';
import { CannotRun, portFailure, UsageError } from '../base/failure.ts';
import { own } from '../base/lookup.ts';
import { inEveryLanguage, type Phrase, say, text } from '../base/text.ts';
import type { RunningBehaviour } from '../servers/behaviours.ts';
import type { Server } from '../servers/server.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { readerOf } from './options/language.ts';
import { refuseAlone } from './options/partners.ts';
import { option, parsePositive, parseWhole } from './options/values.ts';

const ending = text('Ctrl-C ends them.', 'Ctrl-C를 누르면 끝납니다.');

const about = {
  purpose: purposes.serve,
  examples: [
    ['rtcompare serve', text('every server, each on a free port', '모든 서버를 빈 포트에')],
    [
      'rtcompare serve ws --port 8080',
      text('one of them, on a port of your choice', '하나만, 원하는 포트에'),
    ],
    ['rtcompare serve sse --behaviour ticker --rate 1'],
    [
      'rtcompare serve --control',
      text(
        'for a run on another machine: with --host, the address by which it comes',
        '다른 컴퓨터에서 하는 측정을 위해. --host에는 그쪽에서 쓸 주소',
      ),
    ],
    [
      'rtcompare serve ws --devtools',
      text(
        'the same bytes in the DevTools of a browser, in five steps',
        '브라우저 DevTools에서 같은 바이트 찾기, 다섯 단계',
      ),
    ],
  ],
} satisfies AboutCommand;

interface Options {
  host: string;
  port: number;
  behaviour: string;
  rate: number;
  devtools?: boolean;
  control?: boolean;
  lang?: string;
}

export const serveCommand = ({ signal, done }: Context): Command =>
  command(
    'serve',
    about,
    [
      option('--host <address>', text('address to listen on', '받을 주소')).default('127.0.0.1'),
      option('--port <port>', text('first port; 0 = any free one', '첫 포트. 0 = 아무 빈 포트'))
        .argParser(parseWhole(0, 65_535))
        .default(0),
      option('--behaviour <name>', text('what they answer', '서버의 동작'))
        .choices(['echo', 'chat', 'ticker'])
        .default('echo'),
      option('--rate <n>', text('ticker: messages per second', 'ticker: 초당 메시지 수'))
        .argParser(parsePositive(1000))
        .default(1),
      option(
        '--devtools',
        text(
          'a page whose figures stand beside those of the browser’s DevTools',
          '브라우저 DevTools의 숫자와 나란히 보는 페이지',
        ),
      ),
      option(
        '--control',
        text(
          'let `rtcompare run --target` on another machine start them, with the token that is printed',
          '다른 컴퓨터의 `rtcompare run --target`이 출력된 토큰으로 서버를 띄우고 제어하게 함',
        ),
      ),
    ],
    argument('[name]', text('the server; all of them when left out', '서버. 생략하면 모두')),
  ).action(async (name: string | undefined, options: Options, made: Command) => {
    const isThere = options.behaviour === 'ticker';
    refuseAlone(made, '--rate', {
      isThere,
      remedy: text('add --behaviour ticker', '--behaviour ticker를 더해야 합니다'),
    });
    refuseAlone(made, '--host', {
      isThere: !options.devtools,
      remedy: text(
        'leave --host out; the page of --devtools is for browsers of this machine',
        '--devtools의 페이지는 이 컴퓨터의 브라우저에서만 열리므로 --host를 빼야 합니다',
      ),
    });
    if (options.control) await serveControlled(name, options, made, signal);
    else await serve(name, options, signal);
    done(0);
  });

/** A run that has the token starts the servers and says what they answer. */
async function serveControlled(
  name: string | undefined,
  options: Options,
  made: Command,
  signal: AbortSignal,
): Promise<void> {
  for (const flag of ['--behaviour', '--devtools'] as const)
    refuseAlone(made, flag, {
      isThere: false,
      remedy: text(
        'with --control the run says what is answered; leave one of the two out',
        '--control을 쓰면 서버의 동작은 측정하는 쪽이 정합니다. 둘 중 하나를 빼야 합니다',
      ),
    });
  const { controlServers } = await import('./started/controlling.ts');
  const only = name === undefined ? undefined : (await choose(name))[0]?.name;
  await using control = await controlServers(options, only);
  const reader = readerOf(options.lang);
  for (const line of control.lines(reader)) process.stdout.write(`${line}\n`);
  process.stdout.write(`\n${say(reader, ending)}\n`);
  await untilAborted(signal);
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

async function serve(name: string | undefined, options: Options, signal: AbortSignal): Promise<void> {
  const { behaviours } = await import('../servers/behaviours.ts');
  const { realClock } = await import('../base/clock.ts');
  const behaviour = named(noBehaviour, options.behaviour, behaviours)(realClock);
  if (options.devtools) {
    const { serveDevtools } = await import('./devtools.ts');
    await using _page = await serveDevtools(name, { ...options, behaviour });
    process.stdout.write(`\n${say(readerOf(options.lang), ending)}\n`);
    return await tickUntil(signal, options, behaviour.tick);
  }
  const all = await choose(name);
  const first = 65_536 - all.length;
  if (options.port > first)
    throw new UsageError(
      inEveryLanguage(
        text(
          '--port {port}: {count} servers need a port each; use {most} or less',
          '--port {port}: 서버 {count}개에 포트가 하나씩 필요합니다. {most} 이하를 적어야 합니다',
        ),
        { port: String(options.port), count: String(all.length), most: String(first) },
      ),
    );
  for (const [index, chosen] of all.entries()) {
    if (signal.aborted) break;
    await present(chosen, behaviour, addressOf(options, index));
  }
  process.stdout.write(`\n${say(readerOf(options.lang), ending)}\n`);
  await tickUntil(signal, options, behaviour.tick);
}

interface Chosen {
  readonly name: string;
  readonly load: () => Promise<Server>;
}

/** The named server, or all. The name of a transport, or its alias, works as well. */
async function choose(name: string | undefined): Promise<Chosen[]> {
  const { serverOf } = await import('../servers/index.ts');
  const { serverNames, transportByName } = await import('../transports/index.ts');
  const registry = Object.fromEntries(serverNames.map((one) => [one, () => serverOf(one)]));
  if (name === undefined) return Object.entries(registry).map(([one, load]) => ({ name: one, load }));
  const wanted = transportByName(name)?.server ?? name;
  return [{ name: wanted, load: named(noServer, wanted, registry) }];
}

const noServer = text('no server "{word}"', '"{word}"라는 서버는 없습니다');
const noBehaviour = text('no behaviour "{word}"', '"{word}"라는 동작은 없습니다');

/** Throws `UsageError` with the nearest known name. */
function named<Value>(
  missing: Phrase<'word'>,
  name: string,
  registry: Readonly<Record<string, Value>>,
): Value {
  const found = own(registry, name);
  if (found !== undefined) return found;
  throw unknownWord(missing, name, Object.keys(registry));
}

/** Starts a server and prints the lines to try it by hand. */
async function present({ name, load }: Chosen, behaviour: RunningBehaviour, address: Address): Promise<void> {
  const { patient } = await import('../servers/server.ts');
  const { authority } = await import('../transports/transport.ts');
  const server = await load();
  const { host } = address;
  const { port } = await server
    .start(behaviour, { ...patient, ...address, messageBytes })
    .catch((error: NodeJS.ErrnoException) => {
      throw (
        portFailure(error, address) ??
        new CannotRun(
          inEveryLanguage(
            text(
              '{name} cannot listen on {host}: {reason}; choose another --host',
              '{name} 서버가 {host}에서 받을 수 없습니다: {reason}. 다른 --host를 골라야 합니다',
            ),
            { name, host, reason: error.message },
          ),
        )
      );
    });
  process.stdout.write(`${name} on ${host} port ${port}\n`);
  for (const line of server.tryIt(authority({ host, port }))) process.stdout.write(`    ${line}\n`);
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Ports follow one another from the one that was asked for. */
const addressOf = ({ host, port }: Address, index: number): Address => ({
  host,
  port: port === 0 ? 0 : port + index,
});

/** How long a ticker's messages are, and where the server of bare TCP cuts its stream. */
const messageBytes = 16;

/** Messages in one schedule of a ticker. A schedule for each message would draw a new phase, and be twice as fast. */
const oneSchedule = 100_000;

/** Waits for the signal; meanwhile a ticker sends its messages. */
async function tickUntil(signal: AbortSignal, { rate }: Options, tick: RunningBehaviour['tick']) {
  if (signal.aborted) return;
  const stopped = untilAborted(signal);
  const pace = {
    rate,
    arrivals: 'periodic',
    messages: oneSchedule,
    durationMs: null,
    size: messageBytes,
    binary: false,
    seed: 1,
  } as const;
  const speak = async () => {
    for (let firstSequence = 0; tick && !signal.aborted; firstSequence += oneSchedule)
      await tick({ ...pace, firstSequence });
  };
  await Promise.race([stopped, ...(tick ? [speak()] : [])]);
}

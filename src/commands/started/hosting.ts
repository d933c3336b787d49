/** A student's server while it is graded: started with a port of its own, restarted if it ends, and always ended. */

import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { basename, delimiter, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { CannotRun } from '../../base/failure.ts';
import { isWindows } from '../../base/platform.ts';
import { text } from '../../base/text.ts';
import { type Origin, parseTarget, reach } from '../../inspection/inspected-origin.ts';
import type { Served } from '../../questions/grading/grade.ts';
import { type ServerProgram, startServer } from './programs.ts';
import type { Submission } from './submission.ts';

export type Hosted = Served & AsyncDisposable;

const phrases = {
  taken: text(
    '{url} answers already; end what listens there, or leave --port out',
    '{url}에서 이미 응답합니다. 거기서 받고 있는 것을 끝내거나 --port를 빼야 합니다',
  ),
  endedEarly: text(
    '`{command}` ended ({how}) before {url} could be reached; what it said stands above',
    '{url}에 연결되기 전에 `{command}` 명령이 끝났습니다({how}). 출력한 내용은 위에 있습니다',
  ),
  neverListened: text(
    '`{command}` runs, but {url} cannot be reached after {seconds} s; does it listen on the port in PORT? If it has a port of its own, name it with --port',
    '`{command}` 명령은 실행 중이지만 {seconds}초가 지나도 {url}에 연결되지 않습니다. PORT의 포트에서 받고 있습니까? 정해진 포트가 있다면 --port로 알려 주십시오',
  ),
};

const noPort = text(
  'no port from 20000 to 29999 is free; end other programs, or name one with --port',
  '20000번부터 29999번까지 빈 포트가 없습니다. 다른 프로그램을 끝내거나 --port로 하나를 지정하십시오',
);

const startWithinMs = 10_000;
/** The limit for a server that ends at every check. */
const mostRestarts = 12;
/** The exit code of a process ended by SIGKILL, as a shell reports it. */
const killedCode = 128 + 9;

/** Starts the server and waits until it listens; for a URL it only connects once. Throws `CannotRun` if that fails. */
export async function host(
  submission: Submission,
  signal: AbortSignal,
  output: Output = createOutput(),
): Promise<Hosted> {
  const { start } = submission;
  if (start === null) return reached(submission);
  const target = submission.target ?? parseTarget(`http://localhost:${await freePort()}`);
  const launch = () =>
    startServer(lendingTo(start), target, signal, {
      phrases,
      withinMs: startWithinMs,
      folder: submission.folder,
      heard: output.hear,
      name: asCalled(start),
      env: { PORT: String(target.port), NODE_PATH: packagesPath() },
    });
  let running = watched(await launch());
  let restarts = 0;
  const { host: address } = running.program;
  return {
    host: address,
    port: target.port,
    ...(target.rest && { socketPath: target.rest }),
    process: {
      isRunning: () => running.code === undefined,
      async restart() {
        await running.program.stop();
        if (++restarts > mostRestarts) return false;
        output.forget();
        return launch().then(
          (program) => {
            running = watched(program);
            return true;
          },
          () => false,
        );
      },
      lastWords: output.lines,
      end: isWindows()
        ? null
        : async () => {
            await running.program.stop();
            return (await running.program.ended) !== killedCode;
          },
    },
    [Symbol.asyncDispose]: () => running.program.stop(),
  };
}

async function reached({ target }: Submission): Promise<Hosted> {
  const { port, rest } = target as Origin;
  const address = await reach(target as Origin);
  return {
    host: address,
    port,
    process: null,
    ...(rest && { socketPath: rest }),
    [Symbol.asyncDispose]: async () => {},
  };
}

/** The program, with its exit code once it has ended. */
function watched(program: ServerProgram) {
  const running: { program: ServerProgram; code?: number } = { program };
  void program.ended.then((code) => {
    running.code = code;
  });
  return running;
}

export interface Output {
  readonly hear: (piece: string) => void;
  /** The last lines that say something. */
  readonly lines: () => readonly string[];
  readonly forget: () => void;
}

const mostCharacters = 8000;
/** Above an error Node prints the file, the line number and that line of code. */
const linesBefore = 2;

/** Whether a line names an error, as Node, Python and Java do. */
export const namesError = (line: string): boolean => /^\s*[\w.]*(Error|Exception)\b/.test(line);

/** Keeps the last of what a server prints, to be shown if it ends. */
export function createOutput(): Output {
  let kept = '';
  return {
    hear(piece) {
      kept = (kept + piece).slice(-mostCharacters);
    },
    lines() {
      const lines = stripVTControlCharacters(kept)
        .split('\n')
        // Stack frames, and the mark below a piece of code, say less than the lines around them.
        .filter((line) => /\w/.test(line) && !/^\s+at /.test(line));
      const error = lines.findLastIndex(namesError);
      return lines
        .slice(Math.max(0, (error < 0 ? lines.length - 1 : error) - linesBefore))
        .slice(0, linesBefore + 1);
    },
    forget: () => {
      kept = '';
    },
  };
}

/**
 * Below the ports that systems give to outgoing connections (from 32,768 on). Otherwise a client of another submission
 * might get a port between the moment it is found free and the moment the server listens on it.
 */
const ports = { first: 20_000, count: 10_000 };
let offset = process.pid * 7;

async function freePort(): Promise<number> {
  for (let tries = 0; tries < ports.count; tries++) {
    const port = ports.first + (offset++ % ports.count);
    if (await isFree(port)) return port;
  }
  throw new CannotRun(noPort);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** The folder of the packages that rtcompare has: `ws` and `socket.io` lie side by side in it. */
const packages = dirname(dirname(createRequire(import.meta.url).resolve('ws/package.json')));

const packagesPath = (): string =>
  [process.env.NODE_PATH, packages].filter((one) => one !== undefined && one !== '').join(delimiter);

/** The built file, even when run from source (tests, tsx), because the student's plain Node loads no TypeScript. */
const lender = pathToFileURL(
  fileURLToPath(
    new URL(
      import.meta.url.endsWith('.ts')
        ? '../../../dist/questions/grading/lend.js'
        : '../../questions/grading/lend.js',
      import.meta.url,
    ),
  ),
).href;

/** As a person would start it, in its folder. */
const asCalled = (command: string | readonly string[]): string =>
  typeof command === 'string'
    ? command
    : command.map((word) => (word === process.execPath ? 'node' : basename(word))).join(' ');

/** Lends a server for Node the packages that its folder lacks; another program is started as it is. */
function lendingTo(command: string | readonly string[]): string | readonly string[] {
  if (typeof command === 'string') return command;
  const [program = '', ...args] = command;
  return program === process.execPath ? [program, '--import', lender, ...args] : command;
}

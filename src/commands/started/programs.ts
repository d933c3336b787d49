/**
 * Programs that an inspection or a grading starts and ends: the server that is inspected, and the command that talks
 * to it. Their output goes to stderr unless the caller takes it (`heard`): stdout is for the report.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotRun } from '../../base/failure.ts';
import { endingOf, isWindows, lineForShell, startOfProgram } from '../../base/platform.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import { type Origin, reach } from '../../inspection/inspected-origin.ts';

const notStarted = text(
  'cannot start `{command}`: {reason}',
  '`{command}` 명령을 시작할 수 없습니다: {reason}',
);
const taken = text(
  '{url} answers already, so --start would start a second server; end the first one, or leave --start out',
  '{url}에서 이미 응답합니다. --start는 서버를 하나 더 시작하므로, 먼저 것을 끝내거나 --start를 빼야 합니다',
);
const endedEarly = text(
  '`{command}` of --start ended ({how}) before {url} could be reached',
  '{url}에 연결되기 전에 --start의 `{command}` 명령이 끝났습니다({how})',
);
const neverListened = text(
  '`{command}` of --start runs, but {url} cannot be reached after {seconds} s; does it listen there?',
  '--start의 `{command}` 명령은 실행 중이지만 {seconds}초가 지나도 {url}에 연결되지 않습니다. 그 주소에서 받고 있습니까?',
);

/** Complaints about a server that does not come up. */
const startingPhrases = { taken, endedEarly, neverListened };

export interface Program {
  /** The exit code as a shell reports it: 128 plus the signal's number if killed. It never rejects for a command. */
  readonly ended: Promise<number>;
  /** Ends the program and what it has started, by force if it does not end by itself. */
  stop(): Promise<void>;
}

/** Where and how a program runs. By default in this folder, with its output on stderr. */
export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Takes what it prints, piece by piece. */
  readonly heard?: (output: string) => void;
}

interface Starting extends Surroundings {
  /** In a process group of its own, which is ended with it. */
  readonly isGroup: boolean;
}

const graceMs = 2000;

/** @param command a line for the shell, or a program and its arguments. */
async function start(
  command: string | readonly string[],
  { isGroup, env, folder, heard }: Starting,
): Promise<Program> {
  const { file, args, shell } =
    typeof command === 'string'
      ? { file: lineForShell(command), args: [], shell: true }
      : startOfProgram(command);
  const output = heard ? 'pipe' : 2;
  const child = spawn(file, [...args], {
    shell,
    stdio: [isGroup ? 'ignore' : 'inherit', output, output],
    env: { ...process.env, ...env },
    // On Windows a group of its own would open a window of its own.
    detached: isGroup && !isWindows(),
    ...(folder !== undefined && { cwd: folder }),
  });
  if (heard) for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', heard);
  const ended = new Promise<number>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))),
  );
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', ({ message: reason }) =>
      reject(new CannotRun(inEveryLanguage(notStarted, { command: told(command), reason }))),
    );
  });
  return {
    ended,
    async stop() {
      kill(child, isGroup, 'SIGTERM');
      const last = setTimeout(() => kill(child, isGroup, 'SIGKILL'), graceMs);
      await ended;
      clearTimeout(last);
      // Ends processes that the program has started and left running.
      if (isGroup) kill(child, isGroup, 'SIGKILL');
    },
  };
}

const told = (command: string | readonly string[]): string =>
  typeof command === 'string' ? command : command.join(' ');

function kill(child: ChildProcess, isGroup: boolean, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  const hasEnded = child.exitCode !== null || child.signalCode !== null;
  // Another process may have its pid by now. Only a group keeps its number after its first process has ended.
  if (hasEnded && (!isGroup || isWindows())) return;
  const ending = endingOf(child.pid, { isGroup, signal });
  if ('words' in ending) {
    const [program = '', ...args] = ending.words;
    // The only failure is that the process has ended already, which needs no handling.
    spawn(program, args, { stdio: 'ignore' }).once('error', () => {});
    return;
  }
  try {
    process.kill(ending.pid, ending.signal);
  } catch {
    // The process has ended already.
  }
}

const noSuchProgram = text(
  '--start: there is no program `{program}`; check its spelling, or write its path, such as `./{program}`',
  '--start: `{program}` 프로그램이 없습니다. 철자를 확인하거나 `./{program}`처럼 경로를 적어야 합니다',
);

/**
 * Throws `CannotRun` if a shell would not find the program that the line begins with: otherwise the user would read
 * the shell's own complaint, and then ours about a server that never came. A line that begins otherwise (`PORT=3000
 * node …`) is not checked.
 */
export function checkProgram(line: string): void {
  const [program] = /^[\w./+-]+(?=\s|$)/.exec(line.trim()) ?? [];
  if (program === undefined || isWindows()) return;
  const { status } = spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' });
  if (status !== null && status !== 0)
    throw new CannotRun(inEveryLanguage(noSuchProgram, { program: program.replace(/^\.\//, '') }));
}

const lookEveryMs = 50;
const startWithinMs = 30_000;

export interface StartingServer extends Surroundings {
  /** The complaints if it does not come up, and what they call the program. */
  readonly phrases?: typeof startingPhrases;
  readonly name?: string;
  readonly withinMs?: number;
}

export interface ServerProgram extends Program {
  /** The literal address on which it listens: a name may stand for several. */
  readonly host: string;
}

/** Starts the server and waits until it can be reached. Throws `CannotRun` if it cannot. */
export async function startServer(
  typed: string | readonly string[],
  target: Origin,
  signal: AbortSignal,
  {
    phrases = startingPhrases,
    withinMs = startWithinMs,
    name: command = told(typed),
    ...surroundings
  }: StartingServer = {},
): Promise<ServerProgram> {
  const look = () => reach(target).catch(() => null);
  const { url } = target;
  if ((await look()) !== null) throw new CannotRun(inEveryLanguage(phrases.taken, { url }));
  const server = await start(typed, { isGroup: true, ...surroundings });
  let code: number | undefined;
  void server.ended.then((ended) => {
    code = ended;
  });
  for (const until = performance.now() + withinMs; ; ) {
    const host = await look();
    if (host !== null) return { ...server, host };
    if (code !== undefined)
      throw new CannotRun(inEveryLanguage(phrases.endedEarly, { command, url, how: `exit code ${code}` }));
    if (signal.aborted || performance.now() > until) {
      await server.stop();
      signal.throwIfAborted();
      throw new CannotRun(
        inEveryLanguage(phrases.neverListened, { command, url, seconds: String(withinMs / 1000) }),
      );
    }
    await pause(lookEveryMs);
  }
}

/** Starts the command that talks to the application, with the relay's address in its environment. */
export const startCommand = (
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Program> => start(command, { isGroup: false, env });

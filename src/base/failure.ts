/**
 * The two kinds of failure that are not bugs, with their exit codes, and the messages for a port that cannot be used or
 * a machine that has run out of something. Anything else is a bug and shows its stack.
 */

import { own } from './lookup.ts';
import { inEveryLanguage, type Phrase, type Text, text } from './text.ts';

/** A failure that a person reads: its `message` is English, `told` has every language. */
class Told extends Error {
  readonly told: Text;
  constructor(told: string | Text, options?: ErrorOptions) {
    super(typeof told === 'string' ? told : told.en, options);
    this.told = typeof told === 'string' ? { en: told, ko: told } : told;
  }
}

/** The command line or the configuration is wrong (exit 2): the message names the flag, the value, the remedy. */
export class UsageError extends Told {
  override readonly name = 'UsageError';
  readonly exitCode = 2;
}

/** The run could not happen or does not count (exit 3): a port in use, a file limit, a server that died. */
export class CannotRun extends Told {
  override readonly name = 'CannotRun';
  readonly exitCode = 3;
}

/**
 * Why a client has no connection. `refused`: the server or a proxy refused. `nothing-came`: no response arrived.
 * `swallowed`: a response arrived, but its stream never began. `impossible`: not tried, as the transport cannot do it.
 */
export const connectOutcomes = ['refused', 'nothing-came', 'swallowed', 'too-slow', 'impossible'] as const;

interface NotConnected {
  readonly outcome: (typeof connectOutcomes)[number];
  /** Status of the response that refused it, as on the wire; null if there was none. */
  readonly status: number | null;
  /** Why, and what to do about it, without the name of the transport. */
  readonly why: Text;
}

/** The clients of one transport could not connect: a result like any other in a run, a failure for a single trial. */
export class CannotConnect extends CannotRun {
  readonly found: NotConnected;
  constructor(told: Text, found: NotConnected) {
    super(told);
    this.found = found;
  }
}

/** Other runtimes' clocks start with the process, and taps do not see their sockets: ages and bytes would be wrong. */
export const otherRuntime = text(
  '{runtime} cannot run rtcompare: its times and bytes would be wrong; run it with Node, and let {runtime} speak with `run --runtime`',
  '{runtime}으로는 rtcompare를 실행할 수 없습니다. 시간과 바이트가 틀리기 때문입니다. Node로 실행하고, {runtime}은 `run --runtime`의 클라이언트로 재십시오',
);

const noFiles = text(
  'no more files may be opened ({problem}); raise the limit with `ulimit -n 4096`, or ask for fewer clients',
  '파일을 더 열 수 없습니다({problem}). `ulimit -n 4096`으로 한도를 높이거나 클라이언트를 줄이십시오',
);
const noMemory = text(
  'no memory is left ({problem}); ask for fewer clients or smaller messages, or end other programs',
  '메모리가 부족합니다({problem}). 클라이언트나 메시지 크기를 줄이거나 다른 프로그램을 끝내십시오',
);
const noProcesses = text(
  'no more processes may be started ({problem}); end other programs, or raise the limit with `ulimit -u`',
  '프로세스를 더 시작할 수 없습니다({problem}). 다른 프로그램을 끝내거나 `ulimit -u`로 한도를 높이십시오',
);

const shortages: Readonly<Record<string, Phrase<'problem'>>> = {
  EMFILE: noFiles,
  ENFILE: noFiles,
  ENOMEM: noMemory,
  ERR_MEMORY_ALLOCATION_FAILED: noMemory,
  ERR_WORKER_OUT_OF_MEMORY: noMemory,
};

/** The failure if this machine has run out of something, with what to do about it; null for any other error. */
export function shortageIn(error: unknown): CannotRun | null {
  if (!(error instanceof Error)) return null;
  const { code = '', syscall = '', message } = error as NodeJS.ErrnoException;
  const isAllocation = error instanceof RangeError && /allocation failed/i.test(message);
  const known = own(shortages, code) ?? (isAllocation ? noMemory : undefined);
  const shortage = known ?? (code === 'EAGAIN' && syscall.startsWith('spawn') ? noProcesses : undefined);
  return shortage
    ? new CannotRun(inEveryLanguage(shortage, { problem: message }), { cause: error })
    : shortageIn(error.cause);
}

/** The failure to listen on a port, with what to do about it; null for any other error. */
export function portFailure({ code = '' }: NodeJS.ErrnoException, address: Address): CannotRun | null {
  const remedy = own<Text>(portRemedies(address), code);
  return remedy ? new CannotRun(remedy) : null;
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** By the system's error code. */
export const portRemedies = ({ host, port }: Address) => ({
  EADDRINUSE: inEveryLanguage(
    text(
      'port {port} on {host} is in use; choose another --port, or leave it out for a free one',
      '{host}의 포트 {port}은(는) 이미 쓰이고 있습니다. 다른 --port를 고르거나, 빼면 빈 포트를 씁니다',
    ),
    { host, port: String(port) },
  ),
  EACCES: inEveryLanguage(
    text(
      'port {port} needs privileges; choose a --port from 1024 on',
      '포트 {port}에는 권한이 필요합니다. 1024 이상의 --port를 골라야 합니다',
    ),
    { port: String(port) },
  ),
});

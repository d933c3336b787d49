/**
 * The parent's side of the relay's process: start it, command it, stop it, and notice at once when it dies.
 * Every question has a deadline; no child outlives the object it came from.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CannotRun } from '../failure.ts';
import type { Answer, Command } from './control.ts';
import type { Relay, RelayOptions, RelayStats } from './relay.ts';

/** What a `Relay` does, asked of another process; times are of the machine's one monotonic clock. */
export interface RelayProcess extends AsyncDisposable, Pick<Relay, 'port'> {
  readonly pid: number;
  cut(): Promise<number>;
  stall(): Promise<number>;
  heal(): Promise<number>;
  stats(): Promise<RelayStats>;
  /** Aborted, with the reason, when the process dies before it was told to stop. */
  readonly gone: AbortSignal;
}

/** Run from source (tests, tsx), the child still runs the build: a plain Node cannot load TypeScript. */
const hostFile = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/network/relay-host.js' : './relay-host.js',
    import.meta.url,
  ),
);

const answerWithinMs = 10_000;
const stopWithinMs = 1500;

/** Starts a relay in a child process. Throws `CannotRun` when it cannot listen. */
export async function startRelayProcess(options: RelayOptions): Promise<RelayProcess> {
  const child = fork(hostFile, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    // The parent's own flags (a loader, --eval, an inspector's port) are not meant for the child.
    execArgv: [],
  });
  const { gone, expectEnd, ended } = watchEnd(child);
  const ask = questions(child, gone);
  const stop = async () => {
    expectEnd();
    if (child.connected) await ask({ type: 'stop' }, stopWithinMs).catch(() => child.kill('SIGKILL'));
    await ended;
  };
  try {
    const { port } = (await ask({ type: 'start', options })) as { port: number };
    return {
      port,
      pid: child.pid ?? 0,
      cut: async () => (await ask({ type: 'cut' })) as number,
      stall: async () => (await ask({ type: 'stall' })) as number,
      heal: async () => (await ask({ type: 'heal' })) as number,
      stats: async () => (await ask({ type: 'stats' })) as RelayStats,
      gone,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Tells an end that was asked for from one that was not, and keeps the process's last words for the latter. */
function watchEnd(child: ChildProcess) {
  const gone = new AbortController();
  let words = '';
  let expected = false;
  child.stderr?.on('data', (text: Buffer) => {
    words = (words + text.toString()).slice(-2000);
  });
  const ended = new Promise<void>((resolve) => {
    const over = (how: string) => {
      const spoken = words.split('\n').filter((line) => line.trim() && !/^\s+at /.test(line));
      const last = spoken.slice(-5).join('\n  ');
      const reason = `relay-gone: the relay process ended (${how})`;
      if (!expected) gone.abort(new CannotRun(last ? `${reason}; its last words:\n  ${last}` : reason));
      resolve();
    };
    child.once('close', (code, signal) => over(signal ?? `exit code ${code}`));
    // A process that could not even be started never closes.
    child.once('error', (error) => child.pid === undefined && over(error.message));
  });
  const expectEnd = () => {
    expected = true;
  };
  return { gone: gone.signal, ended, expectEnd };
}

/** Asks the child, and waits for the answer, its end or the deadline, whichever comes first. */
function questions(child: ChildProcess, gone: AbortSignal) {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let asked = 0;
  child.on('message', (answer: Answer) => {
    if ('error' in answer) waiting.get(answer.id)?.reject(new CannotRun(`the relay: ${answer.error}`));
    else waiting.get(answer.id)?.resolve(answer.value);
  });
  gone.addEventListener('abort', () => {
    for (const { reject } of waiting.values()) reject(gone.reason);
  });
  return (command: Command, withinMs = answerWithinMs): Promise<unknown> => {
    if (gone.aborted) return Promise.reject(gone.reason);
    const id = ++asked;
    const answered = new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      child.send({ id, command }, (error) => error && reject(error));
    });
    const late = new CannotRun(`the relay process did not answer "${command.type}" in ${withinMs} ms`);
    const timer = setTimeout(() => waiting.get(id)?.reject(late), withinMs);
    return answered.finally(() => {
      clearTimeout(timer);
      waiting.delete(id);
    });
  };
}

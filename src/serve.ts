/**
 * The parent's side of a server process: start it, ask it, stop it, and notice at once when it dies. Every
 * question has a deadline; no child outlives the object it came from.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CannotRun } from './failure.ts';
import type { Memory, Resources } from './resources.ts';
import type { TickLoad } from './servers/behaviours.ts';
import type { Command, Reply } from './servers/control.ts';
import type { ServerOptions } from './servers/server.ts';

export interface ServerProcess extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
  /** Begins a new window of resource accounting. */
  mark(): Promise<void>;
  stats(): Promise<Resources & { peers: number }>;
  memory(): Promise<Memory>;
  /** Lets the server speak first; resolves with the due time of each message. */
  tick(load: TickLoad): Promise<number[]>;
  /** Aborted, with the reason, when the process dies before it was told to stop. */
  readonly gone: AbortSignal;
}

/** Run from source (tests, tsx), the child still runs the build: a plain Node cannot load TypeScript. */
const hostFile = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/servers/host.js' : './servers/host.js', import.meta.url),
);

const answerWithinMs = 10_000;

/** Starts a server in a child process. Throws `CannotRun` when it cannot listen. */
export async function serve(
  server: string,
  behaviour: string,
  options: ServerOptions,
): Promise<ServerProcess> {
  const child = fork(hostFile, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    execArgv: [],
  });
  const gone = new AbortController();
  const ask = correspond(child, gone.signal);
  let stderr = '';
  let stopping = false;
  child.stderr?.on('data', (text: Buffer) => {
    stderr = (stderr + text.toString()).slice(-2000);
  });
  const exited = new Promise<void>((resolve) =>
    child.once('exit', (code, signal) => {
      const last = stderr.trim().split('\n').slice(-5).join('\n  ');
      const reason = `server-gone: the ${server} server process ended (${signal ?? `exit code ${code}`})`;
      if (!stopping) gone.abort(new CannotRun(last ? `${reason}; its last words:\n  ${last}` : reason));
      resolve();
    }),
  );
  const stop = async () => {
    stopping = true;
    if (child.connected) await ask({ type: 'stop' }, 1500).catch(() => child.kill('SIGKILL'));
    await exited;
  };
  try {
    const { port } = (await ask({ type: 'start', server, behaviour, options })) as { port: number };
    return {
      port,
      pid: child.pid ?? 0,
      mark: async () => void (await ask({ type: 'mark' })),
      stats: async () => (await ask({ type: 'stats' })) as Resources & { peers: number },
      memory: async () => (await ask({ type: 'memory' })) as Memory,
      tick: async (load) => (await ask({ type: 'tick', load }, Number.POSITIVE_INFINITY)) as number[],
      gone: gone.signal,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw explain(error, options);
  }
}

/** Questions and answers over IPC, matched by id. */
function correspond(child: ChildProcess, gone: AbortSignal) {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let nextId = 1;
  child.on('message', (reply: Reply) => {
    const question = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply)
      question?.reject(Object.assign(new Error(reply.error.message), { code: reply.error.code }));
    else question?.resolve(reply.value);
  });
  gone.addEventListener('abort', () => {
    for (const { reject } of waiting.values()) reject(gone.reason);
  });
  return (command: Command, withinMs = answerWithinMs) =>
    new Promise<unknown>((resolve, reject) => {
      if (gone.aborted) return reject(gone.reason);
      const id = nextId++;
      const late = () =>
        reject(new CannotRun(`the server process did not answer "${command.type}" in ${withinMs} ms`));
      const timer = withinMs === Number.POSITIVE_INFINITY ? undefined : setTimeout(late, withinMs);
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          waiting.delete(id);
          then(value);
        };
      waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      child.send({ id, command }, (error) => error && waiting.get(id)?.reject(error));
    });
}

/** Turns the system's error codes into a sentence with a remedy. */
function explain(error: unknown, { host, port }: ServerOptions): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const remedies: Record<string, string> = {
    EADDRINUSE: `port ${port} on ${host} is in use; choose another --port, or leave it out for a free one`,
    EACCES: `port ${port} needs privileges; choose a --port from 1024 on`,
    EADDRNOTAVAIL: `this machine has no address ${host}; try --host 127.0.0.1`,
    EAFNOSUPPORT: `this machine has no address family for ${host}; try --host 127.0.0.1`,
  };
  const remedy = code && remedies[code];
  return remedy ? new CannotRun(remedy) : error;
}

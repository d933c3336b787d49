/** The parent's side of a server under test, which runs in a process of its own. */

import { startChild } from '../base/child/parent.ts';
import { CannotRun, portRemedies } from '../base/failure.ts';
import type { Memory, Resources } from '../base/resources.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import type { Answered, AnswerLoad } from '../servers/answerer.ts';
import type { TickLoad } from '../servers/behaviours.ts';
import type { Command } from '../servers/command.ts';
import type { ServerOptions } from '../servers/server.ts';

export interface Stats extends Resources {
  readonly peers: number;
  readonly overloaded: number;
}

/** The server of questions that are answered in pieces. */
export interface AnsweringServer {
  prepare(load: AnswerLoad): Promise<void>;
  /** Resolves when no answer is under way any more. */
  ended(): Promise<Answered[]>;
}

export interface ServerProcess extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
  /** Begins a new window of resource accounting. */
  mark(): Promise<void>;
  /** What it spent since, how many clients it knows, and how many it put out because they did not read. */
  stats(): Promise<Stats>;
  memory(): Promise<Memory>;
  /** Lets the server speak first; resolves with the due time of each message. */
  tick(load: TickLoad): Promise<number[]>;
  readonly answers: AnsweringServer;
  /** Aborted, with the reason, when the process dies before it was told to stop. */
  readonly gone: AbortSignal;
}

/** Starts a server in a child process. Throws `CannotRun` when it cannot listen. */
export async function serve(
  server: string,
  behaviour: string,
  options: ServerOptions,
): Promise<ServerProcess> {
  const child = startChild<Command>(`${server} server`, 'servers/host.js');
  try {
    const { port } = (await child.ask({ type: 'start', server, behaviour, options })) as { port: number };
    return {
      port,
      pid: child.pid,
      mark: async () => void (await child.ask({ type: 'mark' })),
      stats: async () => (await child.ask({ type: 'stats' })) as Stats,
      memory: async () => (await child.ask({ type: 'memory' })) as Memory,
      // It speaks for as long as its schedule is.
      tick: async (load) => (await child.ask({ type: 'tick', load }, Infinity)) as number[],
      answers: {
        prepare: async (load) => void (await child.ask({ type: 'prepare', load })),
        // An answer takes as long as its schedule is.
        ended: async () => (await child.ask({ type: 'answers' }, Infinity)) as Answered[],
      },
      gone: child.gone,
      [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
    };
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw explain(error, options);
  }
}

/** Turns the system's error codes into a sentence with a remedy. */
function explain(error: unknown, { host, port }: ServerOptions): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const remedies: Record<string, Text> = {
    ...portRemedies({ host, port }),
    EADDRNOTAVAIL: inEveryLanguage(
      text(
        'this machine has no address {host}; try --host 127.0.0.1',
        '이 컴퓨터에는 {host} 주소가 없습니다. --host 127.0.0.1을 쓸 수 있습니다',
      ),
      { host },
    ),
    EAFNOSUPPORT: inEveryLanguage(
      text(
        'this machine has no address family for {host}; try --host 127.0.0.1',
        '이 컴퓨터는 {host} 종류의 주소를 쓸 수 없습니다. --host 127.0.0.1을 쓸 수 있습니다',
      ),
      { host },
    ),
  };
  const remedy = code && remedies[code];
  return remedy ? new CannotRun(remedy) : error;
}

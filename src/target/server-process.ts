/** The parent's side of a server under test, which runs in a process of its own. */

import { type Child, startChild } from '../base/child/parent.ts';
import { CannotRun, portRemedies } from '../base/failure.ts';
import type { Memory } from '../base/resources.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import type { Answered } from '../servers/answerer.ts';
import type { TickLoad } from '../servers/behaviours.ts';
import type { Command, Listening } from '../servers/command.ts';
import type { Outgoing, ServerOptions } from '../servers/server.ts';
import type { WeighedSockets } from '../servers/weighed-sockets.ts';
import type { AnsweringServer, Stats, Target } from './target.ts';

export type ServerProcess = Target &
  Required<Pick<Target, 'stats' | 'memory' | 'gone'>> & {
    /** Id of the process that clients connect to. */
    readonly pid: number;
  };

/** A process in which servers run one after the other, so that their libraries are loaded only once. */
export interface ServerHost extends AsyncDisposable {
  /** Whether another server may be started in it. */
  isThere(): boolean;
  /** @param weighs whether to count what its sockets carry. Throws `CannotRun` when it cannot listen. */
  serve(behaviour: string, options: ServerOptions, weighs?: boolean): Promise<ServerProcess>;
}

export function startHost(server: string): ServerHost {
  const child = startChild<Command>(`${server} server`, 'servers/host.js');
  let isEnded = false;
  const end = async () => {
    isEnded = true;
    await child[Symbol.asyncDispose]();
  };
  return {
    isThere: () => !isEnded && !child.gone.aborted,
    async serve(behaviour, options, weighs = false) {
      const start = { type: 'start', server, behaviour, options, weighs } as const;
      try {
        return runningIn({ child, end }, (await child.ask(start)) as Listening, options, weighs);
      } catch (error) {
        throw explainListening(error, options);
      }
    },
    [Symbol.asyncDispose]: end,
  };
}

/** Starts a server in a child process of its own. Throws `CannotRun` when it cannot listen. */
export async function serve(
  server: string,
  behaviour: string,
  options: ServerOptions,
  weighs = false,
): Promise<ServerProcess> {
  const host = startHost(server);
  try {
    const running = await host.serve(behaviour, options, weighs);
    return { ...running, [Symbol.asyncDispose]: () => host[Symbol.asyncDispose]() };
  } catch (error) {
    await host[Symbol.asyncDispose]();
    throw error;
  }
}

/** If a server takes longer to close, its process is ended. */
const closeWithinMs = 1500;

const runningIn = (
  { child, end }: { readonly child: Child<Command>; readonly end: () => Promise<void> },
  { port, ticks, answers }: Listening,
  options: ServerOptions,
  weighs: boolean,
): ServerProcess => ({
  endpoint: { host: options.host, port },
  authority: options.tls?.cert,
  pid: child.pid,
  stats: {
    mark: async () => void (await child.ask({ type: 'mark' })),
    read: async () => (await child.ask({ type: 'stats' })) as Stats,
  },
  outgoing: async () => (await child.ask({ type: 'outgoing' })) as Outgoing[],
  memory: async () => (await child.ask({ type: 'memory' })) as Memory,
  ...(ticks && {
    // No time limit: it sends for as long as its schedule is.
    tick: async (load: TickLoad) => (await child.ask({ type: 'tick', load }, Infinity)) as number[],
  }),
  ...(weighs && { weighed: async () => (await child.ask({ type: 'weighed' })) as WeighedSockets }),
  ...(answers && { answers: answeringOf(child) }),
  gone: child.gone,
  async [Symbol.asyncDispose]() {
    await child.ask({ type: 'close' }, closeWithinMs).catch(end);
  },
});

const answeringOf = (child: Child<Command>): AnsweringServer => ({
  prepare: async (load) => void (await child.ask({ type: 'prepare', load })),
  // No time limit: an answer takes as long as its schedule is.
  ended: async () => (await child.ask({ type: 'answers' }, Infinity)) as Answered[],
});

/** Turns the system's error codes into a sentence with a remedy. */
export function explainListening(
  error: unknown,
  { host, port }: Pick<ServerOptions, 'host' | 'port'>,
): unknown {
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

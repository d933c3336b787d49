/** The parent's side of the relay, which runs in a process of its own so that it steals no time from the clients. */

import { startChild } from '../base/child/parent.ts';
import { CannotRun } from '../base/failure.ts';
import type { Resources } from '../base/resources.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import type { Relay, RelayOptions, RelayStats } from './relay.ts';
import type { Command } from './relay-command.ts';

/** What a `Relay` does, asked of another process; times are of the machine's one monotonic clock. */
export interface RelayProcess extends AsyncDisposable, Pick<Relay, 'port'> {
  readonly pid: number;
  cut(): Promise<number>;
  stall(): Promise<number>;
  heal(): Promise<number>;
  stats(): Promise<RelayStats>;
  /** Begins a new window of resource accounting. */
  mark(): Promise<void>;
  /** What it spent since: who holds up the relay holds up every message. */
  resources(): Promise<Resources>;
  /** Aborted, with the reason, when the process dies before it was told to stop. */
  readonly gone: AbortSignal;
}

/** Starts a relay in a child process. Throws `CannotRun` when it cannot listen. */
export async function startRelayProcess(options: RelayOptions): Promise<RelayProcess> {
  const child = startChild<Command>('relay', 'network/relay-host.js');
  try {
    const { port } = (await child.ask({ type: 'start', options })) as { port: number };
    return {
      port,
      pid: child.pid,
      cut: async () => (await child.ask({ type: 'cut' })) as number,
      stall: async () => (await child.ask({ type: 'stall' })) as number,
      heal: async () => (await child.ask({ type: 'heal' })) as number,
      stats: async () => (await child.ask({ type: 'stats' })) as RelayStats,
      mark: async () => void (await child.ask({ type: 'mark' })),
      resources: async () => (await child.ask({ type: 'resources' })) as Resources,
      gone: child.gone,
      [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
    };
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error instanceof CannotRun
      ? error
      : new CannotRun(
          inEveryLanguage(text('the relay: {reason}', '중계 프로세스: {reason}'), {
            reason: (error as Error).message,
          }),
        );
  }
}

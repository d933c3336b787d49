/**
 * The relay as a hop: the emulated link with its middleboxes, in a process of its own so that it takes no time from the
 * clients' event loop. Link and middleboxes are one hop on purpose: a process for each would put another loopback
 * connection and another event loop between client and server, whose cost would be measured as the link's.
 */

import { startChild } from '../base/child/parent.ts';
import { CannotRun } from '../base/failure.ts';
import type { Meter, Resources } from '../base/resources.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import type { Address } from '../target/target.ts';
import type { BreakableLink, Hop, RunningHop } from './hop.ts';
import type { RelayOptions } from './relay.ts';
import type { RelayCommand } from './relay-command.ts';

/** The relay's options without its target. */
type Emulated = Omit<RelayOptions, 'targetHost' | 'targetPort' | 'port'> & { readonly host: string };

export interface RelayProcess extends RunningHop {
  readonly pid: number;
  readonly link: BreakableLink;
  readonly resources: Meter<Resources>;
}

export const emulatedHop = (options: Emulated): Hop => ({
  name: 'relay',
  start: (next) => startRelayProcess(options, next),
});

/** Starts a relay in a child process. Throws `CannotRun` when it cannot listen. */
export async function startRelayProcess(options: Emulated, next: Address): Promise<RelayProcess> {
  const child = startChild<RelayCommand>('relay', 'network/relay-host.js');
  try {
    const target = { targetHost: next.host, targetPort: next.port };
    const started = await child.ask({ type: 'start', options: { ...options, ...target } });
    return {
      endpoint: { host: options.host, port: (started as { port: number }).port },
      pid: child.pid,
      link: {
        cut: async (turning = 'refused') => (await child.ask({ type: 'cut', turning })) as number,
        stall: async () => (await child.ask({ type: 'stall' })) as number,
        heal: async (admissionMs) => (await child.ask({ type: 'heal', admissionMs })) as number,
      },
      resources: {
        mark: async () => void (await child.ask({ type: 'mark' })),
        read: async () => (await child.ask({ type: 'resources' })) as Resources,
      },
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

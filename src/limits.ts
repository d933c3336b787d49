/**
 * Checks that must hold before anything starts. A file limit that is too low shows as EMFILE in the client and
 * as silent resets at the server; so it is computed beforehand and refused with the remedy.
 */
import { CannotRun } from './failure.ts';
import type { Load } from './metrics/report.ts';
import { openFileLimit } from './platform.ts';
import { identityBytes } from './protocol.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Transport } from './transports/transport.ts';

/** Why a transport cannot take part in a scenario with this load; null where it can. */
export function obstacle({ name, traits }: Transport, scenario: Scenario, { size }: Load): string | null {
  if (scenario.needsPush && !traits.push) return `the server of ${name} cannot speak first`;
  if (size === 0 && !traits.emptyMessages) return `${name} cannot carry an empty message`;
  if (scenario.needsIdentity && size < identityBytes)
    return `messages of ${size} B cannot say who they are, which takes ${identityBytes} B`;
  return null;
}

/** Files a process has open besides the connections: stdio, IPC, modules, epoll, logs. */
export const reserve = 40;

/** Throws `CannotRun` when the clients' connections would not fit; the child has the same limit as this process. */
export function checkFileLimit(clients: number, connectionsPerClient: number, limit = openFileLimit()): void {
  const needed = clients * connectionsPerClient + reserve;
  if (needed <= limit) return;
  const fits = Math.max(0, Math.floor((limit - reserve) / connectionsPerClient));
  throw new CannotRun(
    `${clients} clients need about ${needed} open files, but the limit is ${limit}: ` +
      `use --clients ${fits} or fewer, or raise it with \`ulimit -n ${needed}\``,
  );
}

/**
 * Where a balancer places a connection. Free ones go by chance, or to each server in turn. A sticky balancer reads the first
 * line of each connection: whoever names a session or a client goes where that one was placed before.
 */
import { type Random, randomStream } from '../../base/schedule.ts';

export const balances = ['random', 'round-robin'] as const;

export interface PlacementOptions {
  readonly servers: number;
  readonly balance: (typeof balances)[number];
  readonly sticky: boolean;
  readonly seed: number;
}

export interface Placement {
  /** The number of the server for a connection that begins with this line; null where it was not read. */
  of(line: string | null): number;
  /** What a server answers may give a new session its name. */
  answered(server: number, bytes: Uint8Array): void;
}

/** A session of Engine.IO as its request names it, and a client of any other transport. */
const named = /[?&](?:sid|client)=([^& ]+)/;
/** The handshake of Engine.IO: what it answers first. */
const opened = /"sid":"([\w-]+)"/;
/** A handshake is shorter. */
const longestHandshake = 1024;

export function createPlacing({ servers, balance, sticky, seed }: PlacementOptions): Placement {
  const places = new Map<string, number>();
  const free = freePlaces(servers, balance, randomStream(seed, 'balancer'));
  return {
    of(line) {
      const [, name] = (sticky && line && named.exec(line)) || [];
      const known = name === undefined ? undefined : places.get(name);
      if (known !== undefined) return known;
      const chosen = free();
      if (name !== undefined) places.set(name, chosen);
      return chosen;
    },
    answered(server, bytes) {
      if (!sticky || bytes.length > longestHandshake) return;
      const [, session] = opened.exec(Buffer.from(bytes).toString('latin1')) ?? [];
      if (session !== undefined) places.set(session, server);
    },
  };
}

function freePlaces(servers: number, balance: PlacementOptions['balance'], random: Random): () => number {
  let turn = 0;
  return balance === 'random' ? () => Math.floor(random() * servers) : () => turn++ % servers;
}

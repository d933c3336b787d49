/**
 * To which server a balancer assigns a connection: at random, or to each server in turn. A sticky balancer reads the
 * first line of each connection: if it names a session or a client, the connection goes to the server that had it
 * before.
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
  /** The number of the server for a connection. @param line its first line; null if it was not read. */
  of(line: string | null): number;
  /** Takes bytes from a server, because its response may contain the id of a new session. */
  answered(server: number, bytes: Uint8Array): void;
}

/** The session id in a request of Engine.IO, or the client's name in that of any other transport. */
const named = /[?&](?:sid|client)=([^& ]+)/;
/** The session id in Engine.IO's handshake, its first response. */
const opened = /"sid":"([\w-]+)"/;
/** A handshake is shorter, in bytes. */
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

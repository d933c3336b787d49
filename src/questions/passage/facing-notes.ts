/** What the server behind a proxy has seen, by the name that each request of a probe carries. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export type UpgradeSeen = 'never came' | 'as an upgrade' | 'as a plain request';

/** A request's head as it came: version, and names and values in turn. */
export interface HeadSeen {
  readonly version: string;
  readonly rawHeaders: readonly string[];
}

export interface FacingNotes {
  /** Monotonic ms at which each event of the stream of this name was written. */
  written(stream: string): readonly number[];
  /** When the response of this name was closed before its end; undefined if the server was not told. */
  left(name: string): number | undefined;
  /** How often a request of this name has come. */
  asked(name: string): number;
  /** Connections accepted so far. */
  connections(): number;
  /** What its sockets have carried so far, both ways. */
  carried(): number;
  /** What the request for an upgrade of this name looked like here. */
  upgrade(name: string): UpgradeSeen;
  /** Pings of WebSockets that came through. */
  pings(): number;
  /** Ends the answers of this name that are still open, because the probe no longer waits for them. */
  letGo(name: string): void;
  /** Of the last request of this name; undefined where none came. */
  head(name: string): HeadSeen | undefined;
}

export function createNotes() {
  const writes = new Map<string, number[]>();
  const leavings = new Map<string, number>();
  const counts = new Map<string, number>();
  const upgrades = new Map<string, UpgradeSeen>();
  const heads = new Map<string, HeadSeen>();
  const answers = new Map<string, ServerResponse[]>();
  const sockets = new Set<Socket>();
  let [connections, closedBytes, pings] = [0, 0, 0];
  const bytesOf = ({ bytesRead, bytesWritten }: Socket) => bytesRead + bytesWritten;
  return {
    ask(name: string, { httpVersion, rawHeaders }: IncomingMessage) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      heads.set(name, { version: `HTTP/${httpVersion}`, rawHeaders });
    },
    answer: (name: string, response: ServerResponse) =>
      void answers.set(name, [...(answers.get(name) ?? []), response]),
    write(name: string) {
      const times = writes.get(name) ?? [];
      if (times.push(performance.now()) === 1) writes.set(name, times);
    },
    leave: (name: string) => void (leavings.has(name) || leavings.set(name, performance.now())),
    ping: () => void pings++,
    upgraded: (name: string, upgrade: UpgradeSeen) => void upgrades.set(name, upgrade),
    connect(socket: Socket) {
      connections++;
      sockets.add(socket);
      socket.once('close', () => {
        sockets.delete(socket);
        closedBytes += bytesOf(socket);
      });
    },
    told: {
      written: (stream) => writes.get(stream) ?? [],
      left: (name) => leavings.get(name),
      asked: (name) => counts.get(name) ?? 0,
      connections: () => connections,
      carried: () => [...sockets].reduce((sum, socket) => sum + bytesOf(socket), closedBytes),
      upgrade: (name) => upgrades.get(name) ?? 'never came',
      pings: () => pings,
      head: (name) => heads.get(name),
      letGo(name) {
        for (const response of answers.get(name) ?? []) response.end();
        answers.delete(name);
      },
    } satisfies FacingNotes,
  };
}

export type Notes = ReturnType<typeof createNotes>;

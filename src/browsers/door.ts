/**
 * The door of one client: where its page comes from, and then where what it speaks to is. It is a relay that records: a
 * page has one origin, and what carries its bytes is seen by nobody in the browser. What is behind it is a dialer that
 * never dials: its sockets are the browser's.
 */
import type { Clock } from '../base/clock.ts';
import type { Onlooker } from '../network/connection.ts';
import { loopback } from '../network/link.ts';
import { type PassingConnection, type Relay, startRelay } from '../network/relay.ts';
import type { Dialer, Dialled, DialledSocket } from '../tap/dialer.ts';
import type { Tape } from '../tap/tape.ts';
import type { Address } from '../target/target.ts';
import type { Phase } from '../wire/span.ts';

export interface ClientDoorOptions {
  readonly clock: Clock;
  readonly tape: Tape;
  readonly nextConnection: () => number;
  readonly isSealed: boolean;
}

export interface ClientDoor {
  readonly dialer: Dialer;
  /** What the relay itself has kept each chunk waiting, ns. */
  readonly delays: readonly number[];
  /** Listens, and leads to the site. */
  open(site: Address): Promise<Address>;
  /** From now on it leads to what is measured, and records. */
  leadTo(target: Address): void;
  /** Every connection is reset: nobody speaks any more. */
  reset(): void;
  close(): Promise<void>;
}

export function createDoor({ clock, tape, nextConnection, isSealed }: ClientDoorOptions): ClientDoor {
  const dialled: Dialled[] = [];
  const delays: number[] = [];
  let relay: Relay | null = null;
  let isRecording = false;
  let isGivenUp = false;
  const reset = () => {
    for (const { socket } of dialled) socket.destroy();
  };
  const dialer: Dialer = {
    dial: () => {
      throw new Error('a browser dials itself');
    },
    isSealed,
    phase: 'setup',
    giveUp() {
      isGivenUp = true;
      reset();
    },
    dialled,
  };
  const watch = (_ordinal: number, carried: PassingConnection): Onlooker | undefined => {
    if (!isRecording) return undefined;
    const connection = nextConnection();
    const { socket, onlooker } = recorded(carried, clock, delays, (direction, bytes) =>
      tape.add({ at: clock.now(), connection, direction, phase: dialer.phase, bytes }),
    );
    dialled.push({ connection, socket, phase: dialer.phase satisfies Phase });
    if (isGivenUp) setImmediate(() => socket.destroy());
    return onlooker;
  };
  return {
    dialer,
    delays,
    reset,
    async open(site) {
      const { host } = site;
      const leading = { targetHost: host, targetPort: site.port };
      relay = await startRelay({ ...leading, host, link: loopback, seed: 1 }, clock, watch);
      return { host, port: relay.port };
    },
    leadTo(target) {
      isRecording = true;
      relay?.retarget(target);
    },
    async close() {
      await relay?.[Symbol.asyncDispose]();
    },
  };
}

/** A connection as its client's socket would count it: what the browser has written is what was read from it. */
function recorded(
  { counted, reset }: PassingConnection,
  clock: Clock,
  delays: number[],
  record: (direction: 'up' | 'down', bytes: Uint8Array) => void,
): { readonly socket: DialledSocket; readonly onlooker: Onlooker } {
  const came = { up: [] as number[], down: [] as number[] };
  const onClose: (() => void)[] = [];
  let isClosed = false;
  let isDestroyed = false;
  const destroy = () => {
    isDestroyed = true;
    reset();
  };
  return {
    socket: {
      get bytesWritten() {
        return counted().up;
      },
      get bytesRead() {
        return counted().down;
      },
      get destroyed() {
        return isDestroyed || isClosed;
      },
      get closed() {
        return isClosed;
      },
      destroy,
      resetAndDestroy: destroy,
      once: (_event, listener) => onClose.push(listener),
    },
    onlooker: {
      entered(direction, bytes) {
        came[direction].push(clock.now());
        record(direction, bytes);
      },
      left(direction) {
        const atNs = came[direction].shift();
        if (atNs !== undefined) delays.push(clock.now() - atNs);
      },
      closed() {
        isClosed = true;
        for (const listener of onClose) listener();
      },
    },
  };
}

/**
 * The door of one client: the one address from which its page is loaded and to which the page then talks, because a
 * page has one origin. It is a relay that records, since a page cannot see its own bytes. To a trial it looks like a
 * dialer; its sockets are the browser's, so it never dials.
 */
import { type Clock, realClock } from '../base/clock.ts';
import type { Onlooker } from '../network/connection.ts';
import { loopback } from '../network/link.ts';
import { type PassingConnection, startRelay } from '../network/relay.ts';
import type { Dialer, Dialled, DialledSocket } from '../tap/dialer.ts';
import type { Tape } from '../tap/tape.ts';
import type { Address } from '../target/target.ts';
import type { Phase } from '../wire/span.ts';

interface RecordingOptions {
  readonly clock: Clock;
  readonly tape: Tape;
  readonly nextConnection: () => number;
  readonly isSealed: boolean;
}

/** Records what passes a door from now on, for one client of one trial. */
export interface DoorRecording {
  readonly dialer: Dialer;
  /** How long the relay itself held each chunk, ns. */
  readonly delays: readonly number[];
  watch(carried: PassingConnection): Onlooker;
  /** Resets every connection of this client. */
  reset(): void;
}

export interface ClientDoor {
  /** The address it listens at. */
  readonly at: Address;
  /** Resets every connection. From now on the door leads to `target`, and records if there is a recording. */
  leadTo(target: Address, recording: DoorRecording | null): void;
  close(): Promise<void>;
}

export function createRecording({ clock, tape, nextConnection, isSealed }: RecordingOptions): DoorRecording {
  const dialled: Dialled[] = [];
  const delays: number[] = [];
  let isGivenUp = false;
  const reset = () => {
    for (const { socket } of dialled) socket.destroy();
  };
  const dialer: Dialer = {
    dial: () => {
      throw new Error('a browser dials itself');
    },
    isSealed,
    targetPrefix: '',
    refusal: null,
    phase: 'setup',
    giveUp() {
      isGivenUp = true;
      reset();
    },
    dialled,
  };
  return {
    dialer,
    delays,
    reset,
    watch(carried) {
      const connection = nextConnection();
      const { socket, onlooker } = recorded(carried, clock, delays, (direction, bytes) =>
        tape.add({ at: clock.now(), connection, direction, phase: dialer.phase, bytes }),
      );
      dialled.push({ connection, socket, phase: dialer.phase satisfies Phase });
      if (isGivenUp) setImmediate(() => socket.destroy());
      return onlooker;
    },
  };
}

/** Listens, and leads to the site at first. */
export async function openDoor(site: Address, clock: Clock = realClock): Promise<ClientDoor> {
  let recording: DoorRecording | null = null;
  const { host } = site;
  const leading = { targetHost: host, targetPort: site.port };
  const relay = await startRelay({ ...leading, host, link: loopback, seed: 1 }, clock, (_ordinal, carried) =>
    recording?.watch(carried),
  );
  return {
    at: { host, port: relay.port },
    leadTo(target, next) {
      recording = next;
      relay.retarget(target);
    },
    close: async () => relay[Symbol.asyncDispose](),
  };
}

/** A connection as its client's socket would count it: what the relay reads is what the browser has written. */
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

/**
 * Counts the traffic between servers and Redis: all bytes, the messages that servers publish (PUBLISH, XADD), and those
 * that Redis delivers (pushed to subscribers, or in replies to XREAD).
 */
import type { StoreMessages, StoreTraffic } from '../../target/cluster/shared-store.ts';
import { type ReadValue, type RespValue, readValue } from './resp.ts';

/** One connection between a server and Redis. */
export interface WatchedConnection {
  to(bytes: Buffer): void;
  from(bytes: Buffer): void;
}

type Counted = { -readonly [Key in keyof StoreMessages]: StoreMessages[Key] };

const isText = (value: RespValue | undefined): value is Buffer => Buffer.isBuffer(value);
const lengthOf = (values: readonly RespValue[]): number =>
  values.reduce<number>((sum, value) => sum + (isText(value) ? value.length : 0), 0);

/** Bytes of the message that the command publishes; null for any other command. */
function handedIn(command: readonly RespValue[]): number | null {
  const [name, ...rest] = command;
  const word = isText(name) ? name.toString('latin1').toUpperCase() : '';
  if (word === 'PUBLISH' || word === 'SPUBLISH') return lengthOf(rest.slice(1));
  if (word !== 'XADD') return null;
  // After the id come fields and their values.
  const id = rest.findIndex((one) => isText(one) && one.length === 1 && one[0] === 42);
  return lengthOf(rest.slice(id + 1));
}

const pushes = new Set(['message', 'pmessage', 'smessage']);

/** The lengths of the messages that the value carries. */
function carriedBy(value: RespValue): number[] {
  if (!Array.isArray(value)) return [];
  const [first, second] = value as readonly RespValue[];
  if (isText(first) && pushes.has(first.toString('latin1'))) return [lengthOf(value.slice(-1))];
  // An entry of a stream: its id, and its fields with their values.
  if (value.length === 2 && isText(first) && Array.isArray(second) && second.every(isText))
    return /^\d+-\d+$/.test(first.toString('latin1')) ? [lengthOf(second)] : [];
  return value.flatMap(carriedBy);
}

export function createTraffic() {
  const all = { toBytes: 0, fromBytes: 0 };
  const published: Counted = { count: 0, bytes: 0, payloadBytes: 0 };
  const passedOn: Counted = { count: 0, bytes: 0, payloadBytes: 0 };
  const add = (to: Counted, lengths: readonly number[], bytes: number) => {
    if (lengths.length === 0) return;
    to.count += lengths.length;
    to.bytes += bytes;
    to.payloadBytes += lengths.reduce((sum, length) => sum + length, 0);
  };
  return {
    read: (): StoreTraffic => structuredClone({ ...all, published, passedOn }),
    watch(): WatchedConnection {
      const commands = valuesIn((value, bytes) => {
        const length = Array.isArray(value) ? handedIn(value) : null;
        add(published, length === null ? [] : [length], bytes);
      });
      const replies = valuesIn((value, bytes) => add(passedOn, carriedBy(value), bytes));
      return {
        to(bytes) {
          all.toBytes += bytes.length;
          commands(bytes);
        },
        from(bytes) {
          all.fromBytes += bytes.length;
          replies(bytes);
        },
      };
    },
  };
}

/** Calls `told` for each complete value, however its bytes arrive. Stops reading at bytes that are not RESP. */
function valuesIn(told: (value: RespValue, bytes: number) => void): (bytes: Buffer) => void {
  let rest: Buffer | null = Buffer.alloc(0);
  const next = (bytes: Buffer, at: number): ReadValue | null | undefined => {
    try {
      return readValue(bytes, at);
    } catch {
      return undefined;
    }
  };
  return (bytes) => {
    if (rest === null) return;
    const here = Buffer.concat([rest, bytes]);
    let at = 0;
    for (let read = next(here, at); read !== null; read = next(here, at)) {
      if (read === undefined) {
        rest = null;
        return;
      }
      told(read.value, read.end - at);
      at = read.end;
    }
    rest = here.subarray(at);
  };
}

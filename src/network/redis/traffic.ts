/**
 * Counts what servers and Redis say to each other: all bytes, and of those the messages that one server hands in (PUBLISH, XADD)
 * and that come out again (what is pushed to subscribers, what XREAD answers).
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

/** What the command hands in; null where it hands in nothing. */
function handedIn(command: readonly RespValue[]): number | null {
  const [name, ...rest] = command;
  const word = isText(name) ? name.toString('latin1').toUpperCase() : '';
  if (word === 'PUBLISH' || word === 'SPUBLISH') return lengthOf(rest.slice(1));
  if (word !== 'XADD') return null;
  // What follows the id are fields and their values.
  const id = rest.findIndex((one) => isText(one) && one.length === 1 && one[0] === 42);
  return lengthOf(rest.slice(id + 1));
}

const pushes = new Set(['message', 'pmessage', 'smessage']);

/** The messages that the value carries, each with its length. */
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

/** Told of each whole value and its bytes, however they were cut. What is not RESP is read no further. */
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

/**
 * Middleboxes that let no upgrade through (RFC 9110 §7.8). `strip` removes `Upgrade` and `Connection` from the request,
 * as reverse proxies do by default: the server sees a plain request, and answers 426 or 400. `swallow` takes the
 * request and never answers, as Node's proxies do. `refuse` answers 403 and closes the connection, as a company's
 * policy may demand; no reverse proxy does so by default. Every other byte passes unchanged.
 *
 * A head is held until it is complete, because any of its lines may ask for an upgrade; bodies stream through. Other
 * protocols than HTTP pass unchanged. With pipelining, a request is not held until the response before it is complete:
 * no client upgrades that way.
 */
import { readBody, requestFraming } from '../protocols/http1/http-body.ts';
import { readRequestHead } from '../protocols/http1/http-head.ts';
import type { Layer } from '../protocols/layers.ts';
import { type Message, openRequest, outermost, type Request } from '../wire/message.ts';
import { type Dissector, giveUp, type Parser } from '../wire/reader.ts';
import type { Span } from '../wire/span.ts';
import { feedSpliced, type Splice } from '../wire/splice.ts';
import { verbatim } from '../wire/verbatim.ts';
import type { Box, Ends, OpenBox } from './box.ts';
import { httpStart } from './http-start.ts';

const refusal = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** What the bytes at the reader's position are. */
type Within = 'head' | 'body' | 'foreign' | 'refused';

export const refuseUpgrade: OpenBox = (ends) =>
  closedTo(ends, () => {
    ends.down.push(Buffer.from(refusal));
    ends.close();
  });

/** Takes the request, and neither passes it on nor answers it. */
export const swallowUpgrade: OpenBox = (ends) => closedTo(ends, () => {});

/** @param refuse called once, when the client asks for an upgrade; from then on nothing passes. */
function closedTo(ends: Ends, refuse: () => void): Box {
  const gate = requestGate('refuse');
  return {
    up: {
      push(bytes) {
        if (gate.refused()) return;
        const decided = gate.next(bytes);
        if (decided.length > 0) ends.up.push(decided);
        if (!gate.refused()) return;
        refuse();
      },
      end() {
        if (gate.refused()) return;
        const torn = gate.rest();
        if (torn.length > 0) ends.up.push(torn);
        ends.up.end();
      },
    },
    down: {
      push: (bytes) => !gate.refused() && ends.down.push(bytes),
      end: () => !gate.refused() && ends.down.end(),
    },
    dispose() {},
  };
}

/** Passes every request on, without the fields that ask for an upgrade. */
export const stripUpgrade: OpenBox = (ends) => {
  const gate = requestGate('strip');
  const pass = (bytes: Uint8Array) => bytes.length > 0 && ends.up.push(bytes);
  return {
    up: {
      push: (bytes) => void pass(gate.next(bytes)),
      end() {
        pass(gate.rest());
        ends.up.end();
      },
    },
    down: ends.down,
    dispose() {},
  };
};

interface Gate {
  /** The client has asked for an upgrade: nothing more may pass. */
  refused(): boolean;
  /** Takes bytes; returns those, of these and earlier ones, that may pass. */
  next(bytes: Uint8Array): Uint8Array;
  /** The bytes still held when the client has ended: half a head is no request. */
  rest(): Uint8Array;
}

function requestGate(policy: Policy): Gate {
  const judge = httpStart('up');
  const { reader, position } = headReader(policy);
  let held: Uint8Array = new Uint8Array(0);
  const isForeign = () => position.within === 'foreign';
  const take = (bytes: number) => {
    const taken = without(held.subarray(0, bytes), position.cuts.splice(0));
    held = held.subarray(bytes);
    position.read -= bytes;
    position.decided = 0;
    return taken;
  };
  return {
    refused: () => position.within === 'refused',
    next(bytes) {
      if (isForeign()) return bytes;
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      if (judge(bytes) === 'foreign') position.within = 'foreign';
      else reader.push(bytes);
      return take(isForeign() ? held.length : position.decided);
    },
    rest: () => take(held.length),
  };
}

/** Where the reader is, and how many of the held bytes it has read, and may let pass. */
interface Position {
  within: Within;
  read: number;
  decided: number;
  /** Which of those bytes do not pass. */
  readonly cuts: Cut[];
}

/** What happens to a request for an upgrade. */
type Policy = 'refuse' | 'strip';

/** Of the held bytes. */
interface Cut {
  readonly from: number;
  readonly to: number;
}

/** The bytes that lie in none of the cuts, which are in order. */
function without(bytes: Uint8Array, cuts: readonly Cut[]): Uint8Array {
  if (cuts.length === 0) return bytes;
  const ends = [0, ...cuts.map(({ to }) => to)];
  const kept = ends.map((from, index) => bytes.subarray(from, cuts[index]?.from ?? bytes.length));
  return Buffer.concat(kept);
}

/** The lines of a head that ask for an upgrade. */
const askingFields = new Set(['upgrade', 'connection']);

function headReader(policy: Policy): { reader: Dissector; position: Position } {
  const position: Position = { within: 'head', read: 0, decided: 0, cuts: [] };
  let asking: Cut[] = [];
  const move = (within: Within) => {
    position.within = within;
    if (within === 'body' || within === 'foreign') position.decided = position.read;
  };
  const told: Told = {
    // Once the client has asked for an upgrade it stays refused, whatever the next request in the same bytes says.
    head({ method, headers }) {
      const asks = headers.has('upgrade');
      if (asks && policy === 'strip') position.cuts.push(...asking);
      asking = [];
      if (position.within === 'refused' || (asks && policy === 'refuse')) move('refused');
      else move(method === 'CONNECT' ? 'foreign' : 'body');
    },
    end: () => move(position.within === 'body' ? 'head' : position.within),
  };
  const connection = { ordinal: 0, messages: 0 };
  const nothing = outermost(connection, 'up', 'unread');
  const reader = feedSpliced(
    ({ layer, name, length }: Span<Layer>) => {
      const from = position.read;
      position.read += length;
      if (position.within === 'head' && layer === 'http' && askingFields.has(name))
        asking.push({ from, to: position.read });
      move(layer === 'unparsed' && position.within === 'head' ? 'foreign' : position.within);
    },
    nothing,
    (wire) => requests(wire, nothing, told),
  );
  return { reader, position };
}

interface Told {
  head(head: Request): void;
  /** The request is complete. */
  end(): void;
}

function* requests(wire: Splice<Layer>, nothing: Message, told: Told): Parser {
  for (let before = nothing; ; ) {
    const head: Request = yield* readRequestHead(wire.tell, before, (method, target) =>
      openRequest(nothing.connection, method, target),
    );
    before = head;
    told.head(head);
    // From here on the client speaks another protocol (RFC 9110 §9.3.6).
    if (head.method === 'CONNECT') yield* giveUp('tunnel');
    yield* readBody(wire, head, requestFraming(head.headers), verbatim('payload', 'body'));
    told.end();
  }
}

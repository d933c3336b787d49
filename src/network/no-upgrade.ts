/**
 * A middlebox that refuses upgrades: a request with an `Upgrade` field (RFC 9110 §7.8) is answered with 403 and
 * the connection is closed; the server never sees it. Every other byte passes untouched.
 *
 * A head is held until it is complete, because only then is it known; bodies stream through. What does not speak
 * HTTP passes as it is. A request piggybacked before an earlier response is complete (pipelining) is not waited
 * for: no client upgrades that way.
 */
import { readBody, requestFraming } from '../protocols/http1/http-body.ts';
import { readRequestHead } from '../protocols/http1/http-head.ts';
import type { Layer } from '../protocols/layers.ts';
import { type Message, openRequest, outermost, type Request } from '../wire/message.ts';
import { type Dissector, giveUp, type Parser } from '../wire/reader.ts';
import type { Span } from '../wire/span.ts';
import { feedSpliced, type Splice } from '../wire/splice.ts';
import { verbatim } from '../wire/verbatim.ts';
import type { OpenBox } from './box.ts';
import { httpStart } from './http-start.ts';

const refusal = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** What the bytes at the reader's position are. */
type Within = 'head' | 'body' | 'foreign' | 'refused';

export const noUpgrade: OpenBox = (ends) => {
  const gate = requestGate();
  return {
    up: {
      push(bytes) {
        if (gate.refused()) return;
        const decided = gate.next(bytes);
        if (decided.length > 0) ends.up.push(decided);
        if (!gate.refused()) return;
        ends.down.push(Buffer.from(refusal));
        ends.close();
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
};

interface Gate {
  /** An upgrade was asked for: nothing more may pass. */
  refused(): boolean;
  /** Takes bytes; returns those, of these and earlier ones, about which all is known. */
  next(bytes: Uint8Array): Uint8Array;
  /** What is still held, when nothing more comes: half a head is nobody's request. */
  rest(): Uint8Array;
}

function requestGate(): Gate {
  const judge = httpStart('up');
  const { reader, position } = headReader();
  let held: Uint8Array = new Uint8Array(0);
  const isForeign = () => position.within === 'foreign';
  const take = (bytes: number) => {
    const taken = held.subarray(0, bytes);
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

/** Where the reader stands: in what, and how many of the held bytes it has read, and may let pass. */
interface Position {
  within: Within;
  read: number;
  decided: number;
}

function headReader(): { reader: Dissector; position: Position } {
  const position: Position = { within: 'head', read: 0, decided: 0 };
  const move = (within: Within) => {
    position.within = within;
    if (within === 'body' || within === 'foreign') position.decided = position.read;
  };
  const told: Told = {
    // Who has asked for an upgrade is refused, whatever the next request in the same bytes says.
    head: ({ method, headers }) =>
      move(
        position.within === 'refused' || headers.has('upgrade')
          ? 'refused'
          : method === 'CONNECT'
            ? 'foreign'
            : 'body',
      ),
    end: () => move(position.within === 'body' ? 'head' : position.within),
  };
  const connection = { ordinal: 0, messages: 0 };
  const nothing = outermost(connection, 'up', 'unread');
  const reader = feedSpliced(
    ({ layer, length }: Span<Layer>) => {
      position.read += length;
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

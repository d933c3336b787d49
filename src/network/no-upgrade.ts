/**
 * A middlebox that refuses upgrades: a request with an `Upgrade` field (RFC 9110 §7.8) is answered with 403 and
 * the connection is closed; the server never sees it. Every other byte passes untouched.
 *
 * A head is held until it is complete, because only then is it known; bodies stream through. What does not speak
 * HTTP passes as it is. A request piggybacked before an earlier response is complete (pipelining) is not waited
 * for: no client upgrades that way.
 */
import { readBody, requestFraming } from '../wire/http-body.ts';
import { type RequestHead, readRequestHead } from '../wire/http-head.ts';
import type { Parser } from '../wire/reader.ts';
import { feedSpliced, type Splice } from '../wire/splice.ts';
import { verbatim } from '../wire/verbatim.ts';
import type { OpenBox } from './box.ts';
import { httpStart } from './http-start.ts';

const refusal = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** What the bytes at the reader's position are. */
type Within = 'head' | 'body' | 'foreign' | 'refused';

export const noUpgrade: OpenBox = (ends) => {
  const judge = httpStart('up');
  let within: Within = 'head';
  let held: Uint8Array = new Uint8Array(0);
  let read = 0; // bytes the reader has told of since those that were passed on

  const reader = feedSpliced(
    (layer, _name, bytes) => {
      read += bytes;
      if (layer === 'unparsed' && within === 'head') within = 'foreign';
      if (within !== 'head') passable = read;
    },
    (wire) => requests(wire, { head, body: () => void (within = 'head') }),
  );
  let passable = 0;

  function head({ method, headers }: RequestHead) {
    // After CONNECT the client speaks another protocol (RFC 9110 §9.3.6).
    within = headers.has('upgrade') ? 'refused' : method === 'CONNECT' ? 'foreign' : 'body';
    if (within !== 'refused') passable = read;
  }

  const pass = () => {
    const bytes = within === 'foreign' ? held.length : passable;
    if (bytes > 0) ends.up.push(held.subarray(0, bytes));
    held = held.subarray(bytes);
    read -= bytes;
    passable = 0;
  };

  return {
    up: {
      push(bytes) {
        if (within === 'refused') return;
        if (within === 'foreign') return ends.up.push(bytes);
        held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
        if (judge(bytes) === 'foreign') within = 'foreign';
        else reader.push(bytes);
        pass();
        if (isRefused()) refuse();
      },
      end() {
        if (within === 'refused') return;
        within = 'foreign'; // a torn head is nobody's request
        pass();
        ends.up.end();
      },
    },
    down: {
      push: (bytes) => void (within === 'refused' || ends.down.push(bytes)),
      end: () => void (within === 'refused' || ends.down.end()),
    },
    dispose() {},
  };

  function isRefused() {
    return within === 'refused';
  }

  function refuse() {
    ends.down.push(Buffer.from(refusal));
    ends.close();
  }
};

interface Told {
  head(head: RequestHead): void;
  /** The request is complete. */
  body(): void;
}

function* requests(wire: Splice, told: Told): Parser {
  for (;;) {
    const head = yield* readRequestHead(wire.emit);
    told.head(head);
    yield* readBody(wire, requestFraming(head.headers), verbatim('payload', 'body'));
    told.body();
  }
}

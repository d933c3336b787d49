/**
 * What a message costs the lab, part by part: each part alone, repeated, compiled and in the cache, so this is the
 * least it can cost. Beside `saturate` this shows how much of the difference is our own work, and how much is
 * interference.
 */
import { median } from 'simple-statistics';
import { count } from '../src/report/blocks/quantities.ts';
import type { Bench, Line } from './bench.ts';
import { built } from './built.ts';

const calls = 500_000;
const rounds = 7;
const size = 64;
const clients = 10;

/**
 * `times`: how often a ws message and its echo need it. `once` does it once; its result keeps it from being optimised
 * away.
 */
interface Part {
  readonly name: string;
  readonly times: number;
  readonly once: (index: number) => number;
}

async function parts(): Promise<Part[]> {
  const { realClock } = await built<typeof import('../src/base/clock.ts')>('base/clock');
  const { encodeMessage, decodeIdentity, byteLength } =
    await built<typeof import('../src/protocols/contract.ts')>('protocols/contract');
  const { createTape } = await built<typeof import('../src/tap/tape.ts')>('tap/tape');
  const { createBook } = await built<typeof import('../src/metrics/book.ts')>('metrics/book');
  const { createLedger } = await built<typeof import('../src/ledger/ledger.ts')>('ledger/ledger');
  const { httpConversations } =
    await built<typeof import('../src/protocols/http1/http.ts')>('protocols/http1/http');
  const constant = encodeMessage({ client: 1, sequence: 0 }, size, false) as string;
  const echo = Buffer.from(constant);
  let tape = createTape(() => {});
  const book = createBook();
  const ledger = createLedger(httpConversations());
  const weigh = (direction: 'up' | 'down', bytes: Uint8Array) =>
    ledger.weigh({ at: 0, connection: 0, direction, phase: 'steady', bytes });
  weigh('up', Buffer.from('GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n'));
  weigh('down', Buffer.from('HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\n\r\n'));
  // A mask of zeros leaves the message as it is.
  const said = Buffer.concat([Buffer.from([0x81, 0x80 | echo.length, 0, 0, 0, 0]), echo]);
  const heard = Buffer.concat([Buffer.from([0x81, echo.length]), echo]);
  return [
    { name: 'the clock', times: 4, once: () => realClock.now() },
    {
      name: 'the identity, written into a message of its own',
      times: 1,
      once: (index) => Buffer.from(encodeMessage({ client: 1, sequence: index }, size, false)).length,
    },
    { name: '… less what a constant message costs', times: -1, once: () => Buffer.from(constant).length },
    {
      name: 'the echo as text, and its identity read',
      times: 1,
      once() {
        const text = echo.toString();
        return byteLength(text) + (decodeIdentity(text)?.sequence ?? 0);
      },
    },
    {
      name: 'the delivery book',
      times: 1,
      once(index) {
        const [sender, sequence] = [(index % clients) + 1, Math.floor(index / clients)];
        book.sent({ sender, sequence, dueNs: index, sentNs: index, receivers: 1 });
        book.arrived(sender - 1, sender, sequence, index + 50_000);
        return book.outstanding();
      },
    },
    {
      name: 'the tape',
      times: 2,
      once(index) {
        // As long as that of one measurement of `saturate`.
        if (index % 250_000 === 0) tape = createTape(() => {});
        tape.add({ at: index, connection: 1, direction: 'up', phase: 'steady', bytes: echo });
        return tape.drainedEarly();
      },
    },
    {
      name: 'whose the bytes are, once the clock has stopped',
      times: 2,
      once(index) {
        if (index % 2 === 0) weigh('up', said);
        else weigh('down', heard);
        return ledger.transfers('up', 'steady');
      },
    },
  ];
}

/** Nanoseconds of one call: the median of several rounds, of which the first only compile. */
function costOf({ once }: Part): number {
  let kept = 0;
  let index = 0;
  const costs = Array.from({ length: rounds }, () => {
    const began = performance.now();
    for (let call = 0; call < calls; call++) kept += once(index++);
    return ((performance.now() - began) * 1e6) / calls;
  });
  if (Number.isNaN(kept)) throw new Error('a part gave no number');
  return median(costs.slice(2));
}

export const inParts = {
  name: 'parts',
  usualPairs: 1,
  method: [
    `parts: ${calls} calls in a row, median of ${rounds - 2} rounds after 2 that warm up, times how often a ws message and its echo need it.`,
  ],
  async run({ progress }) {
    progress('parts');
    let sum = 0;
    const lines = (await parts()).map((part): Line => {
      const cost = part.times * costOf(part);
      sum += cost;
      return line(`${part.name}${part.times > 1 ? `, ${part.times} times` : ''}`, cost);
    });
    return [...lines, line('a ws message and its echo, all parts', sum)];
  },
} satisfies Bench;

const line = (figure: string, ns: number): Line => ({
  figure,
  ours: `${count(Math.round(ns))} ns`,
  peer: '',
  ratio: '',
  aim: '',
  verdict: '',
});

/**
 * The account of one connection: its ledger, and what is counted besides bytes. Accounts add up: what was seen over
 * all is the sum of all accounts, byte for byte.
 */
import type { Spoken } from '../document/inspection.ts';
import { createTally, type Tally } from '../ledger/tally.ts';
import type { Layer } from '../protocols/layers.ts';
import type { Chunk } from '../tap/tape.ts';
import { createToldBytes } from '../tap/told-bytes.ts';
import type { Dissect } from '../wire/conversation.ts';
import type { Direction } from '../wire/span.ts';
import { nameLibraries } from './library-names.ts';
import { type Counted, countMessages } from './message-count.ts';
import { protocolsOf } from './protocols.ts';
import {
  type Asked,
  countRequests,
  type ExchangeTotal,
  type Requests,
  sumAsked,
  sumExchanges,
} from './requests.ts';
import { beginningBytes, hearMessages } from './said.ts';
import { type SteadyMessage, watchSteadyMessages } from './steady-messages.ts';

export interface Account {
  readonly requests: number;
  readonly messages: { readonly up: number; readonly down: number };
  readonly compressedMessages: number;
  readonly frames: Counted['frames'];
  readonly unfinishedEvents: number;
  /** Names of what is spoken, where the wire says so. */
  readonly libraries: readonly string[];
  readonly steadyMessages: readonly SteadyMessage[];
  readonly engineIo: Requests['engineIo'];
  readonly slowBodies: Requests['slowBodies'];
  readonly uncompressed: Requests['uncompressed'];
  readonly handshakes: Requests['handshakes'];
  readonly plainRequests: number;
  readonly singleRequests: number;
  readonly up: number;
  readonly down: number;
  readonly tally: Tally;
  readonly exchanges: readonly ExchangeTotal[];
  readonly asked: readonly Asked[];
}

export interface OpenAccount {
  take(chunk: Pick<Chunk, 'direction' | 'bytes' | 'at'>): void;
  /**
   * Bytes of this direction are missing. What follows them is not guessed at; before an upgrade, what is asked after a
   * hole in the answers would wait for its answer for ever.
   */
  lose(direction: Direction): void;
  /** So many bytes came after a hole, and were not read. */
  afterHole(): number;
  /** No more bytes will come. */
  close(): void;
  read(): Account;
  speaks(): Spoken[];
  /** The path that was asked for first, as soon as its line is there: a stream may never be complete. */
  path(): string;
}

export function openAccount(dissect: Dissect<Layer>): OpenAccount {
  const { counted, tell: count } = countMessages();
  const requests = countRequests();
  const tally = createTally();
  const told = createToldBytes();
  const names = nameLibraries();
  const steady = watchSteadyMessages();
  const heard = hearMessages((said) => {
    names.said(said);
    if (!['request', 'response'].includes(said.carrier.kind)) steady.said(said);
  });
  const bytes = { up: 0, down: 0 };
  let atNs = 0;
  /** Bytes after a hole; null where there is none. */
  const unread: Record<Direction, number | null> = { up: null, down: null };
  const conversation = dissect({
    tell(span) {
      const { length } = span;
      const { direction } = span.message;
      const beginning = () => told.peek(direction, Math.min(length, beginningBytes));
      tally.add(span, direction, 'steady');
      count(span);
      requests.tell(span, beginning, atNs);
      names.tell(span);
      heard.tell(span, beginning, atNs);
      told.pass(direction, length);
    },
    answered(request, response) {
      requests.answered(request, response);
      heard.over(request);
    },
    brokenOff(request) {
      requests.brokenOff(request);
      heard.over(request);
    },
  });
  return {
    take(chunk) {
      atNs = chunk.at;
      bytes[chunk.direction] += chunk.bytes.length;
      const before = unread[chunk.direction];
      if (before === null) {
        told.push(chunk.direction, chunk.bytes);
        conversation.push(chunk.direction, chunk.bytes);
        return;
      }
      const { length } = chunk.bytes;
      const mark = before === 0 ? 'unit' : 'more';
      tally.add({ layer: 'unparsed', name: 'after-hole', length, mark }, chunk.direction, 'steady');
      unread[chunk.direction] = before + length;
    },
    lose(direction) {
      unread[direction] ??= 0;
      if (direction === 'down' && !requests.read().upgraded) unread.up ??= 0;
    },
    afterHole: () => (unread.up ?? 0) + (unread.down ?? 0),
    close() {
      conversation.end();
      heard.end();
    },
    read() {
      const {
        begun,
        exchanges,
        asked,
        engineIo,
        handshakes,
        plain,
        acknowledgements,
        slowBodies,
        uncompressed,
      } = requests.read();
      const { up, down } = counted.messages;
      return {
        requests: begun,
        messages: { up, down: down - acknowledgements },
        compressedMessages: counted.compressed,
        frames: { ...counted.frames },
        unfinishedEvents: counted.unfinishedEvents,
        libraries: names.read(),
        steadyMessages: steady.read(),
        ...{ engineIo, handshakes, exchanges, asked, tally, slowBodies, uncompressed },
        plainRequests: plain,
        singleRequests: begun === 1 && plain === 1 ? 1 : 0,
        ...bytes,
      };
    },
    speaks: () => protocolsOf({ fields: tally.rows(), ...requests.read() }),
    path: () => requests.read().path,
  };
}

/** Of as many connections as they may be. */
const steadyKept = 50;

export function sumAccounts(accounts: readonly Account[]): Account {
  const sum = (read: (account: Account) => number) =>
    accounts.reduce((total, account) => total + read(account), 0);
  const all = createTally();
  for (const { tally } of accounts) all.addAll(tally);
  return {
    requests: sum((one) => one.requests),
    messages: { up: sum((one) => one.messages.up), down: sum((one) => one.messages.down) },
    compressedMessages: sum((one) => one.compressedMessages),
    frames: {
      pings: sum((one) => one.frames.pings),
      pongs: sum((one) => one.frames.pongs),
      afterClose: sum((one) => one.frames.afterClose),
    },
    unfinishedEvents: sum((one) => one.unfinishedEvents),
    libraries: [...new Set(accounts.flatMap(({ libraries }) => libraries))].sort(),
    steadyMessages: accounts.flatMap(({ steadyMessages }) => steadyMessages).slice(0, steadyKept),
    engineIo: {
      polling: sum((one) => one.engineIo.polling),
      upgrades: sum((one) => one.engineIo.upgrades),
      answered: sum((one) => one.engineIo.answered),
      version3: sum((one) => one.engineIo.version3),
    },
    slowBodies: {
      responses: sum((one) => one.slowBodies.responses),
      chunks: sum((one) => one.slowBodies.chunks),
      ms: sum((one) => one.slowBodies.ms),
    },
    uncompressed: {
      bodies: sum((one) => one.uncompressed.bodies),
      bytes: sum((one) => one.uncompressed.bytes),
    },
    handshakes: {
      asked: sum((one) => one.handshakes.asked),
      stripped: sum((one) => one.handshakes.stripped),
      refused: sum((one) => one.handshakes.refused),
      offering: sum((one) => one.handshakes.offering),
    },
    plainRequests: sum((one) => one.plainRequests),
    singleRequests: sum((one) => one.singleRequests),
    up: sum((one) => one.up),
    down: sum((one) => one.down),
    tally: all,
    exchanges: sumExchanges(accounts.map(({ exchanges }) => exchanges)),
    asked: sumAsked(accounts.map(({ asked }) => asked)),
  };
}

/** So often a path is asked before its GETs are taken for polls: a page reloaded a few times is none. */
const pollsFrom = 10;

export function pollsOf(asked: readonly Asked[]): { made: number; empty: number } {
  const polled = asked.filter(({ made, empty }) => made >= pollsFrom && empty > 0);
  return {
    made: polled.reduce((sum, { made }) => sum + made, 0),
    empty: polled.reduce((sum, { empty }) => sum + empty, 0),
  };
}

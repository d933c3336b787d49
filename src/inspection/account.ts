/**
 * The account of one connection: its ledger, and what is counted besides bytes. Accounts add up: what was seen over
 * all is the sum of all accounts, byte for byte.
 */
import type { Spoken } from '../document/inspected-account.ts';
import { createTally, type Tally } from '../ledger/tally.ts';
import type { Layer } from '../protocols/layers.ts';
import type { Chunk } from '../tap/tape.ts';
import { createToldBytes } from '../tap/told-bytes.ts';
import type { Dissect, Listener } from '../wire/conversation.ts';
import type { Direction } from '../wire/span.ts';
import { type Deflatable, watchDeflatable } from './deflatable.ts';
import { type Habits, sumHabits, watchHabits } from './habits.ts';
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
import { watchSockjs } from './sockjs-messages.ts';
import { sumsOf } from './sums.ts';

export interface Account extends Habits {
  readonly requests: number;
  readonly messages: { readonly up: number; readonly down: number };
  readonly compressedMessages: number;
  readonly frames: Counted['frames'];
  readonly unfinishedEvents: number;
  /** Names of the libraries and protocols spoken, where the wire says so. */
  readonly libraries: readonly string[];
  readonly deflatable: Deflatable;
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

const frameCounts = ['pings', 'pongs', 'afterClose', 'messages', 'continuations'] as const;

export interface OpenAccount {
  take(chunk: Pick<Chunk, 'direction' | 'bytes' | 'at'>): void;
  /**
   * Bytes of this direction are missing. What follows them is not parsed. Before an upgrade, a hole in the answers
   * stops the requests, too: those after it would wait for their answers for ever.
   */
  lose(direction: Direction): void;
  /** So many bytes came after a hole, and were not read. */
  afterHole(): number;
  /** No more bytes will come. */
  close(): void;
  read(): Account;
  speaks(): Spoken[];
  /** The path of the first request, as soon as its line is there: a stream may never be complete. */
  path(): string;
}

export function openAccount(dissect: Dissect<Layer>): OpenAccount {
  const seen = openWatchers();
  const { tally, told, habits, requests } = seen;
  const conversation = dissect(seen.listener);
  const bytes = { up: 0, down: 0 };
  /** Bytes after a hole; null where there is none. */
  const unread: Record<Direction, number | null> = { up: null, down: null };
  return {
    take(chunk) {
      seen.at(chunk.at);
      bytes[chunk.direction] += chunk.bytes.length;
      const before = unread[chunk.direction];
      if (before === null) {
        if (chunk.direction === 'down') habits.arrived(chunk.bytes.length, chunk.at);
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
      seen.end();
    },
    read: () => ({ ...seen.read(), ...bytes }),
    speaks: () => protocolsOf({ fields: tally.rows(), ...requests.read() }),
    path: () => requests.read().path,
  };
}

/** All watchers of one connection's spans, and what they have counted. */
function openWatchers() {
  const messages = countMessages();
  const inSockjs = countMessages();
  const sockjs = watchSockjs();
  const deflatable = watchDeflatable();
  const requests = countRequests();
  const tally = createTally();
  const told = createToldBytes();
  const names = nameLibraries();
  const habits = watchHabits();
  const heard = hearMessages((said) => {
    names.said(said);
    habits.said(said);
  });
  let atNs = 0;
  // One for all spans, of which a connection may have a million.
  const current = { direction: 'up' as Direction, length: 0 };
  const beginning = () => told.peek(current.direction, Math.min(current.length, beginningBytes));
  const listener: Listener<Layer> = {
    tell(span) {
      const { length } = span;
      const { direction } = span.message;
      current.direction = direction;
      current.length = length;
      const isSockjs = sockjs.isItsPlace(span.message);
      tally.add(span, direction, 'steady');
      (isSockjs ? inSockjs : messages).tell(span);
      if (isSockjs) sockjs.tell(span, told.peek(direction, length));
      if (deflatable.wants(span.message)) deflatable.tell(span, told.peek(direction, length));
      requests.tell(span, beginning, atNs);
      names.tell(span);
      habits.tell(span, beginning, atNs);
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
  };
  return {
    listener,
    tally,
    told,
    habits,
    requests,
    at(ns: number) {
      atNs = ns;
    },
    end() {
      heard.end();
      habits.end();
      deflatable.end();
    },
    read() {
      const read = requests.read();
      const libraries = names.read();
      const isSockjs = libraries.includes('SockJS');
      const own = isSockjs ? sockjs.read() : inSockjs.counted.messages;
      const { up, down } = messages.counted.messages;
      return {
        libraries,
        tally,
        ...habits.read(),
        deflatable: deflatable.read(),
        messages: { up: up + own.up, down: down + own.down - read.acknowledgements },
        compressedMessages: messages.counted.compressed + inSockjs.counted.compressed,
        frames: sumsOf(frameCounts, [messages.counted.frames, inSockjs.counted.frames]),
        unfinishedEvents: messages.counted.unfinishedEvents + inSockjs.counted.unfinishedEvents,
        ...requestsOf(read, isSockjs),
      };
    },
  };
}

/** The messages in a stream of SockJS are known, so it is no slow body. */
function requestsOf(read: Requests, isSockjs: boolean) {
  const { begun, plain, exchanges, asked, engineIo, handshakes, slowBodies, uncompressed } = read;
  return {
    requests: begun,
    exchanges,
    asked,
    engineIo,
    handshakes,
    uncompressed,
    slowBodies: isSockjs ? { responses: 0, chunks: 0, ms: 0 } : slowBodies,
    plainRequests: plain,
    singleRequests: begun === 1 && plain === 1 ? 1 : 0,
  };
}

export function sumAccounts(accounts: readonly Account[]): Account {
  const sum = (read: (account: Account) => number) =>
    accounts.reduce((total, account) => total + read(account), 0);
  const sums = <Name extends string>(
    names: readonly Name[],
    read: (account: Account) => Readonly<Record<Name, number>>,
  ) => sumsOf(names, accounts.map(read));
  const all = createTally();
  for (const { tally } of accounts) all.addAll(tally);
  return {
    requests: sum((one) => one.requests),
    messages: { up: sum((one) => one.messages.up), down: sum((one) => one.messages.down) },
    compressedMessages: sum((one) => one.compressedMessages),
    frames: sums(frameCounts, ({ frames }) => frames),
    unfinishedEvents: sum((one) => one.unfinishedEvents),
    libraries: [...new Set(accounts.flatMap(({ libraries }) => libraries))].sort(),
    ...sumHabits(accounts),
    deflatable: sums(['bytes', 'deflated'], ({ deflatable }) => deflatable),
    engineIo: sums(['polling', 'upgrades', 'answered', 'version3'], ({ engineIo }) => engineIo),
    slowBodies: sums(['responses', 'chunks', 'ms'], ({ slowBodies }) => slowBodies),
    uncompressed: sums(['bodies', 'bytes'], ({ uncompressed }) => uncompressed),
    handshakes: sums(['asked', 'stripped', 'refused', 'offering'], ({ handshakes }) => handshakes),
    plainRequests: sum((one) => one.plainRequests),
    singleRequests: sum((one) => one.singleRequests),
    up: sum((one) => one.up),
    down: sum((one) => one.down),
    tally: all,
    exchanges: sumExchanges(accounts.map(({ exchanges }) => exchanges)),
    asked: sumAsked(accounts.map(({ asked }) => asked)),
  };
}

/** A path's GETs count as polls from this many on: a page reloaded a few times does not poll. */
const pollsFrom = 10;

export function pollsOf(asked: readonly Asked[]): { made: number; empty: number } {
  const polled = asked.filter(({ made, empty }) => made >= pollsFrom && empty > 0);
  return {
    made: polled.reduce((sum, { made }) => sum + made, 0),
    empty: polled.reduce((sum, { empty }) => sum + empty, 0),
  };
}

/**
 * The account of one connection: its ledger, and what is counted besides bytes. Accounts add up: what was seen over
 * all is the sum of all accounts, byte for byte.
 */
import type { Spoken } from '../document/inspection.ts';
import { createTally, type Tally } from '../ledger/tally.ts';
import type { Layer } from '../protocols/layers.ts';
import type { Chunk } from '../tap/tape.ts';
import type { Dissect } from '../wire/conversation.ts';
import type { Direction } from '../wire/span.ts';
import { countMessages } from './message-count.ts';
import { protocolsOf } from './protocols.ts';
import {
  type Asked,
  countRequests,
  type ExchangeTotal,
  type Requests,
  sumAsked,
  sumExchanges,
} from './requests.ts';

export interface Account {
  readonly requests: number;
  readonly messages: { readonly up: number; readonly down: number };
  readonly compressedMessages: number;
  readonly engineIo: Requests['engineIo'];
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
  take(chunk: Pick<Chunk, 'direction' | 'bytes'>): void;
  /**
   * Bytes of this direction are missing. What follows them is not guessed at; before an upgrade, what is asked after a
   * hole in the answers would wait for its answer for ever.
   */
  lose(direction: Direction): void;
  /** No more bytes will come. */
  close(): void;
  read(): Account;
  speaks(): Spoken[];
  /** The path that was asked for first, as soon as its line is there: a stream may never be complete. */
  path(): string;
}

export function openAccount(dissect: Dissect<Layer>): OpenAccount {
  const messages = countMessages();
  const requests = countRequests();
  const tally = createTally();
  const bytes = { up: 0, down: 0 };
  /** Bytes after a hole; null where there is none. */
  const unread: Record<Direction, number | null> = { up: null, down: null };
  const conversation = dissect({
    tell(span) {
      tally.add(span, span.message.direction, 'steady');
      messages.tell(span);
      requests.tell(span);
    },
    answered: requests.answered,
  });
  return {
    take(chunk) {
      bytes[chunk.direction] += chunk.bytes.length;
      const before = unread[chunk.direction];
      if (before === null) return conversation.push(chunk.direction, chunk.bytes);
      const { length } = chunk.bytes;
      const mark = before === 0 ? 'unit' : 'more';
      tally.add({ layer: 'unparsed', name: 'after-hole', length, mark }, chunk.direction, 'steady');
      unread[chunk.direction] = before + length;
    },
    lose(direction) {
      unread[direction] ??= 0;
      if (direction === 'down' && !requests.read().upgraded) unread.up ??= 0;
    },
    close: conversation.end,
    read() {
      const { begun, exchanges, asked, engineIo, handshakes, plain } = requests.read();
      return {
        requests: begun,
        messages: { ...messages.messages },
        compressedMessages: messages.compressed(),
        ...{ engineIo, handshakes, exchanges, asked, tally },
        plainRequests: plain,
        singleRequests: begun === 1 && plain === 1 ? 1 : 0,
        ...bytes,
      };
    },
    speaks: () => protocolsOf({ fields: tally.rows(), ...requests.read() }),
    path: () => requests.read().path,
  };
}

export function sumAccounts(accounts: readonly Account[]): Account {
  const sum = (read: (account: Account) => number) =>
    accounts.reduce((total, account) => total + read(account), 0);
  const all = createTally();
  for (const { tally } of accounts) all.addAll(tally);
  return {
    requests: sum((one) => one.requests),
    messages: { up: sum((one) => one.messages.up), down: sum((one) => one.messages.down) },
    compressedMessages: sum((one) => one.compressedMessages),
    engineIo: {
      polling: sum((one) => one.engineIo.polling),
      upgrades: sum((one) => one.engineIo.upgrades),
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

/**
 * The account of one connection: its ledger, and what is counted besides bytes. Accounts add up: what was seen over
 * all is the sum of all accounts, byte for byte.
 */

import type { Protocol } from '../document/inspection.ts';
import { createLedger, type Field, type LayerTotal } from '../ledger/ledger.ts';
import { anyConversation } from '../protocols/detect.ts';
import type { Chunk } from '../tap/tape.ts';
import { countMessages } from './messages.ts';
import { observed } from './observer.ts';
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
  readonly layers: readonly LayerTotal[];
  readonly fields: readonly Field[];
  readonly exchanges: readonly ExchangeTotal[];
  readonly asked: readonly Asked[];
}

export interface OpenAccount {
  take(chunk: Omit<Chunk, 'phase' | 'connection'>): void;
  /** No more bytes will come. */
  close(): void;
  read(): Account;
  speaks(): Protocol[];
}

export function openAccount(dissect = anyConversation): OpenAccount {
  const messages = countMessages();
  const requests = countRequests();
  const ledger = createLedger(observed(dissect, [messages, requests]));
  return {
    take: (chunk) => ledger.weigh({ ...chunk, connection: 0, phase: 'steady' }),
    close: () => ledger.close(),
    read() {
      const { exchanges, asked, engineIo, handshakes, plain } = requests.read();
      const total = ledger.connection(0);
      return {
        requests: total.requests.steady,
        messages: { ...messages.messages },
        compressedMessages: messages.compressed(),
        engineIo,
        handshakes,
        plainRequests: plain,
        singleRequests: total.requests.steady === 1 && plain === 1 ? 1 : 0,
        ...total.bytes,
        layers: ledger.layers(),
        fields: ledger.fields(),
        ...{ exchanges, asked },
      };
    },
    speaks: () => protocolsOf({ fields: ledger.fields(), ...requests.read() }),
  };
}

export function sumAccounts(accounts: readonly Account[]): Account {
  const sum = (read: (account: Account) => number) =>
    accounts.reduce((total, account) => total + read(account), 0);
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
    layers: sumRows(
      accounts.flatMap(({ layers }) => layers),
      ({ layer, direction }) => `${layer} ${direction}`,
      (a, b) => ({ ...a, units: a.units + b.units, bytes: a.bytes + b.bytes }),
    ),
    fields: sumRows(
      accounts.flatMap(({ fields }) => fields),
      ({ layer, direction, name }) => `${layer} ${direction} ${name}`,
      (a, b) => ({ ...a, count: a.count + b.count, bytes: a.bytes + b.bytes }),
    ),
    exchanges: sumExchanges(accounts.map(({ exchanges }) => exchanges)),
    asked: sumAsked(accounts.map(({ asked }) => asked)),
  };
}

function sumRows<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  add: (a: Row, b: Row) => Row,
): Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const before = sums.get(keyOf(row));
    sums.set(keyOf(row), before ? add(before, row) : row);
  }
  return [...sums.values()];
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

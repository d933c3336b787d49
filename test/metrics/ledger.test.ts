import { expect, test } from 'vitest';
import { createLedger } from '../../src/ledger/ledger.ts';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import type { Phase } from '../../src/wire/span.ts';
import { alone } from '../support/bytes.ts';

const chunk = (connection: number, direction: 'up' | 'down', text: string, phase: Phase = 'steady') => ({
  at: 0,
  connection,
  direction,
  phase,
  bytes: Buffer.from(text),
});

const get = 'GET /mailbox?client=1 HTTP/1.1\r\nhost: a\r\n\r\n';
const empty = 'HTTP/1.1 204 No Content\r\n\r\n';

test('every byte is filed under its layer, direction and phase, and the layers add up', () => {
  const ledger = createLedger(httpConversation);
  ledger.weigh(chunk(0, 'up', get, 'setup'));
  ledger.weigh(chunk(0, 'down', empty, 'setup'));
  ledger.weigh(chunk(1, 'up', get));
  ledger.weigh(chunk(1, 'down', empty));
  ledger.close();
  expect(ledger.layers()).toEqual([
    { layer: 'http', direction: 'up', phase: 'setup', units: 1, bytes: get.length },
    { layer: 'http', direction: 'down', phase: 'setup', units: 1, bytes: empty.length },
    { layer: 'http', direction: 'up', phase: 'steady', units: 1, bytes: get.length },
    { layer: 'http', direction: 'down', phase: 'steady', units: 1, bytes: empty.length },
  ]);
  expect(ledger.connection(0)).toMatchObject({
    bytes: { up: get.length, down: empty.length },
    requests: { setup: 1, steady: 0 },
  });
});

test('headers are named, counted and weighed', () => {
  const ledger = createLedger(httpConversation);
  ledger.weigh(chunk(0, 'up', get + get));
  ledger.close();
  expect(ledger.fields().find(({ name }) => name === 'host')).toEqual({
    layer: 'http',
    name: 'host',
    direction: 'up',
    phase: 'steady',
    count: 2,
    bytes: 2 * 'host: a\r\n'.length,
  });
});

test('exchanges are grouped by method, path and status, with their sizes', () => {
  const ledger = createLedger(httpConversation);
  ledger.weigh(chunk(0, 'up', get + get));
  ledger.weigh(chunk(0, 'down', empty + empty));
  ledger.close();
  const sizes = [{ up: get.length, down: empty.length, count: 2 }];
  expect(ledger.exchanges()).toEqual([{ kind: 'GET /mailbox 204', phase: 'steady', count: 2, sizes }]);
});

test('a dissector that drops a byte shows: the layers no longer add up to the connection', () => {
  const forgetful = alone((tell, message) => ({
    push: ({ length }) => tell({ message, layer: 'payload', name: 'body', length: length - 1, mark: 'unit' }),
    end: () => {},
  }));
  const ledger = createLedger(forgetful);
  ledger.weigh(chunk(0, 'up', 'hello'));
  expect(ledger.layers()[0]?.bytes).toBe(4);
  expect(ledger.connection(0).bytes.up).toBe(5);
});

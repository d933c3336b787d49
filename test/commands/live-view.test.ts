import { afterEach, expect, test, vi } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { createLiveView } from '../../src/commands/screen/live-view.ts';
import type { InspectedConnection } from '../../src/document/inspection.ts';
import { field, seen } from '../inspection/totals.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A stream that remembers; a terminal where it has rows. */
function fakeStream(rows?: number) {
  const written: string[] = [];
  const stream = {
    isTTY: rows !== undefined,
    columns: 80,
    rows,
    write: (text: string) => written.push(text),
  };
  vi.stubEnv('TERM', 'xterm');
  return { written, stream: stream as unknown as NodeJS.WriteStream };
}

const connection = (id: number, more: Partial<InspectedConnection> = {}): InspectedConnection => ({
  ...seen({ fields: [field('http', 'host', 'up', 1, 20)] }),
  id,
  state: 'open',
  speaks: ['websocket'],
  path: `/room/${id}`,
  openedMs: 0,
  durationMs: 1500,
  ...more,
});

const withConnections = (...perConnection: InspectedConnection[]) =>
  seen({ connections: perConnection.length, perConnection, fields: [field('http', 'host', 'up', 1, 20)] });

test('on a terminal each picture replaces the one before, and nothing stays', () => {
  const { written, stream } = fakeStream(40);
  const view = createLiveView(stream, readerOfFiles('en'), false);
  const now = withConnections(connection(1), connection(2));
  view.show(now);
  view.show(now);
  view.end(now);
  const lines = written[0]!.split('\n').length - 1;
  expect(written[1]).toBe(`\u001b[${lines}A\r\u001b[J`);
  expect(written[2]).toBe(written[0]);
  expect(written[3]).toBe(`\u001b[${lines}A\r\u001b[J`);
});

test('a picture is never taller than its terminal: connections give way, layers and hints stay', () => {
  const { written, stream } = fakeStream(24);
  const view = createLiveView(stream, readerOfFiles('ko'), false);
  view.show(withConnections(...Array.from({ length: 60 }, (_, n) => connection(n + 1))));
  const lines = written[0]!.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(22);
  expect(lines.at(-1)).toMatch(/^전체/);
});

test('elsewhere there is a line for what is new, and only for that', () => {
  const { written, stream } = fakeStream();
  const view = createLiveView(stream, readerOfFiles('en'), false);
  view.show(withConnections(connection(1, { speaks: [] })));
  expect(written).toEqual([]);
  view.show(withConnections(connection(1, { speaks: ['http'] })));
  view.show(withConnections(connection(1)));
  view.show(withConnections(connection(1)));
  view.end(
    withConnections(connection(1, { state: 'closed' }), connection(2, { state: 'refused', speaks: [] })),
  );
  expect(written).toEqual([
    '#1 speaks HTTP: /room/1\n',
    '#1 speaks WebSocket: /room/1\n',
    '#1 closed after 1.5 s: WebSocket /room/1, requests 1, messages 0 up and 0 down, 20 B\n',
    '#2 refused: the application does not answer\n',
  ]);
});

test('a burst of connections is told in few lines, and a path cannot give orders to the terminal', () => {
  const { written, stream } = fakeStream();
  const view = createLiveView(stream, readerOfFiles('en'), false);
  const many = Array.from({ length: 25 }, (_, n) => connection(n + 1, { path: '/\u001b[2J' }));
  view.show(withConnections(...many));
  expect(written).toHaveLength(21);
  expect(written[0]).toBe('#1 speaks WebSocket: /\\x1b[2J\n');
  expect(written.at(-1)).toBe('and 5 more connections\n');
});

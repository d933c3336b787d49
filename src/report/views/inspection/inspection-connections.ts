/** A row for each connection: what it spoke, its requests and messages, its bytes and the cost of one message. */
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import type { InspectedConnection, Inspection } from '../../../document/inspection.ts';
import type { Table } from '../../blocks/block.ts';
import { compact, decimal, narrowCount, share } from '../../blocks/quantities.ts';
import { heads, noFigure } from '../../blocks/table-words.ts';

const phrases = {
  title: text('What each connection spoke', '연결마다 주고받은 것'),
  speaks: text('speaks', '프로토콜'),
  path: text('first path', '첫 경로'),
  requests: text('requests', '요청'),
  overhead: text('over\u200bhead', '오버\u200b헤드'),
  legend: text(
    'Bytes go both ways, handshakes and headers included. B/msg: all bytes of a connection over its messages. Overhead: the part that is not payload.',
    '바이트: 핸드셰이크와 헤더를 포함한 양방향의 합. B/메시지: 연결의 모든 바이트를 메시지 수로 나눈 값. 오버헤드: 페이로드가 아닌 부분.',
  ),
  others: text('{count} others', '나머지 {count}개'),
  total: text('all {count}', '전체 {count}개'),
};

const protocolNames: Readonly<Record<InspectedConnection['speaks'][number], Text>> = {
  http: text('HTTP', 'HTTP'),
  sse: text('SSE', 'SSE'),
  ndjson: text('JSON lines', 'JSON 줄'),
  multipart: text('multipart', 'multipart'),
  websocket: text('WebSocket', 'WebSocket'),
  'engine.io': text('Engine.IO', 'Engine.IO'),
  'socket.io': text('Socket.IO', 'Socket.IO'),
  tls: text('TLS', 'TLS'),
  http2: text('HTTP/2', 'HTTP/2'),
  unknown: text('unreadable', '해석불가'),
};

/** Cuts a long name at its end, because its beginning is the more telling part. */
export const pathCut = (path: string, longest: number): string =>
  path.length > longest ? `${path.slice(0, longest - 1)}…` : path;

/** What one connection and the sum of all have in common. */
type Counted = Pick<InspectedConnection, 'requests' | 'messages' | 'wire'>;

function figures({ requests, messages, wire }: Counted, reader: Reader): string[] {
  const all = messages.up + messages.down;
  const bytes = wire.up + wire.down;
  const payload = wire.layers
    .filter(({ layer }) => layer === 'payload')
    .reduce((sum, row) => sum + row.bytes, 0);
  const none = say(reader, noFigure.none);
  return [
    narrowCount(requests),
    narrowCount(messages.up),
    narrowCount(messages.down),
    compact(bytes),
    all === 0 ? none : bytes / all < 10_000 ? decimal(bytes / all) : compact(bytes / all),
    bytes === 0 ? none : share(1 - payload / bytes),
  ];
}

export function connectionsTable(seen: Inspection, reader: Reader, most: number): Table {
  const { perConnection, connections } = seen;
  const openFirst = (one: InspectedConnection) => (one.state === 'open' ? 0 : 1);
  // Open and heavy connections are chosen, then shown in the order in which they were opened.
  const listed = perConnection
    .toSorted((a, b) => openFirst(a) - openFirst(b) || b.wire.socketBytes - a.wire.socketBytes)
    .slice(0, most)
    .sort((a, b) => a.id - b.id);
  const others = connections - listed.length;
  const all = [say(reader, phrases.total, { count: narrowCount(connections) }), '', ...figures(seen, reader)];
  return {
    title: say(reader, phrases.title),
    notes: [say(reader, phrases.legend)],
    shape: 'figures',
    head: [
      say(reader, phrases.speaks),
      say(reader, phrases.path),
      say(reader, phrases.requests),
      say(reader, heads.messagesUp),
      say(reader, heads.messagesDown),
      say(reader, heads.bytes),
      say(reader, heads.bytesPerMessage),
      say(reader, phrases.overhead),
    ],
    align: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'],
    rows: listed.map((one) => [nameOf(one, reader), pathCut(one.path, 18), ...figures(one, reader)]),
    references: [
      ...(others > 0
        ? [
            [
              say(reader, phrases.others, { count: narrowCount(others) }),
              '',
              ...figures(rest(seen, listed), reader),
            ],
          ]
        : []),
      ...(connections > 1 ? [all] : []),
    ],
  };
}

/** Empty until a protocol has been recognised. */
export const protocolsText = (speaks: InspectedConnection['speaks'], reader: Reader): string =>
  speaks.map((one) => say(reader, protocolNames[one])).join(', ');

/** What it speaks, with the name of the library if the wire gives it. */
const nameOf = ({ id, speaks, libraries, state }: InspectedConnection, reader: Reader): string => {
  const spoken = [protocolsText(speaks, reader), ...libraries].filter((name) => name !== '').join(', ');
  return `#${id} ${spoken || say(reader, noFigure.none)}${state === 'refused' ? ' !' : ''}`;
};

/** The sums over all connections, minus those that have a row of their own. */
function rest(seen: Inspection, listed: readonly InspectedConnection[]): Counted {
  const less = (read: (counted: Counted) => number) =>
    listed.reduce((left, one) => left - read(one), read(seen));
  const bytesOf =
    (direction: 'up' | 'down') =>
    ({ wire }: Counted) =>
      wire.layers
        .filter((row) => row.layer === 'payload' && row.direction === direction)
        .reduce((sum, row) => sum + row.bytes, 0);
  return {
    requests: less(({ requests }) => requests),
    messages: { up: less(({ messages }) => messages.up), down: less(({ messages }) => messages.down) },
    wire: {
      up: less(({ wire }) => wire.up),
      down: less(({ wire }) => wire.down),
      socketBytes: less(({ wire }) => wire.socketBytes),
      layers: (['up', 'down'] as const).map((direction) => ({
        layer: 'payload',
        direction,
        phase: 'steady',
        units: 0,
        bytes: less(bytesOf(direction)),
      })),
    },
  };
}

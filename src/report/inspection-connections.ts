/** A row a connection: what it spoke, how much was asked and said, what it weighed and what a message of it cost. */
import type { InspectedConnection, Inspection } from '../document/inspection.ts';
import type { Table } from './table.ts';
import { compact, decimal, narrowCount, share } from './units.ts';
import type { Words } from './words.ts';

/** Long names keep their beginning: it says what they are. */
export const pathCut = (path: string, longest: number): string =>
  path.length > longest ? `${path.slice(0, longest - 1)}…` : path;

/** What one connection and all of them have in common. */
type Counted = Pick<InspectedConnection, 'requests' | 'messages' | 'wire'>;

function figures({ requests, messages, wire }: Counted, words: Words): string[] {
  const all = messages.up + messages.down;
  const bytes = wire.up + wire.down;
  const payload = wire.layers
    .filter(({ layer }) => layer === 'payload')
    .reduce((sum, row) => sum + row.bytes, 0);
  const none = words.say('missing.none');
  return [
    narrowCount(requests),
    narrowCount(messages.up),
    narrowCount(messages.down),
    compact(bytes),
    all === 0 ? none : bytes / all < 10_000 ? decimal(bytes / all) : compact(bytes / all),
    bytes === 0 ? none : share(1 - payload / bytes),
  ];
}

export function connectionsTable(seen: Inspection, words: Words, most: number): Table {
  const { perConnection, connections } = seen;
  const openFirst = (one: InspectedConnection) => (one.state === 'open' ? 0 : 1);
  // Those that are open or heavy say most; shown in the order in which they came.
  const listed = perConnection
    .toSorted((a, b) => openFirst(a) - openFirst(b) || b.wire.socketBytes - a.wire.socketBytes)
    .slice(0, most)
    .sort((a, b) => a.id - b.id);
  const others = connections - listed.length;
  const all = [words.say('inspect.total', { count: narrowCount(connections) }), '', ...figures(seen, words)];
  return {
    title: words.say('title.connections'),
    notes: [words.say('inspect.legend')],
    shape: 'figures',
    head: [
      words.say('head.speaks'),
      words.say('head.path'),
      words.say('head.requestsMade'),
      words.say('head.messagesUp'),
      words.say('head.messagesDown'),
      words.say('head.bytes'),
      words.say('head.bytesPerMessage'),
      words.say('head.overhead'),
    ],
    align: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'],
    rows: listed.map((one) => [nameOf(one, words), pathCut(one.path, 18), ...figures(one, words)]),
    references: [
      ...(others > 0
        ? [
            [
              words.say('inspect.others', { count: narrowCount(others) }),
              '',
              ...figures(rest(seen, listed), words),
            ],
          ]
        : []),
      ...(connections > 1 ? [all] : []),
    ],
  };
}

const nameOf = ({ id, speaks, state }: InspectedConnection, words: Words): string => {
  const spoken = speaks.map((one) => words.say(`protocol.${one}`)).join(', ');
  return `#${id} ${spoken || words.say('missing.none')}${state === 'refused' ? ' !' : ''}`;
};

/** All less those that have a row. */
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
        ...{ layer: 'payload', direction, phase: 'steady', units: 0 },
        bytes: less(bytesOf(direction)),
      })),
    },
  };
}

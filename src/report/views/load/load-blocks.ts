/**
 * The report of an Artillery run with our engine: the users, what each transport carried, whose bytes these are, and
 * times.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import { type LoadedTransport, type LoadReport, timeNames } from '../../../document/load-report.ts';
import { samplesNeeded } from '../../../laws/tolerance.ts';
import { protocols } from '../../../protocols/index.ts';
import { layers } from '../../../protocols/layers.ts';
import type { Block, Table } from '../../blocks/block.ts';
import { columns } from '../../blocks/columns.ts';
import { bytes, count, milliseconds, share, time } from '../../blocks/quantities.ts';
import { directionNames, heads, noFigure } from '../../blocks/table-words.ts';

export const loadTitle = text('Artillery with rtcompare: {names}', 'Artillery와 rtcompare: {names}');
export const loadLayersTitle = text(
  'Whose bytes are these? ({name})',
  '이 바이트는 어느 계층의 것인가? ({name})',
);

const phrases = {
  summary: text(
    'In {time}: users {created}, of these completed {completed}, failed {failed}; {bytes}.',
    '{time} 동안 사용자 {created}명, 그중 완료 {completed}명, 실패 {failed}명. {bytes}.',
  ),
  errors: text('What failed', '실패한 것'),
  trouble: text('What went wrong and did not end a user', '문제가 있었지만 사용자를 끝내지 않은 것'),
  carried: text('What was carried', '주고받은 것'),
  clients: text('clients', '클라이언트'),
  up: text('bytes up', '보낸 바이트'),
  down: text('bytes down', '받은 바이트'),
  beside: text('not payload', '페이로드가 아닌 비율'),
  exact: text(
    'Sums over all workers and machines are exact.',
    '모든 워커와 컴퓨터의 합계이며 정확한 값입니다.',
  ),
  ways: text('Connections and requests', '연결과 요청'),
  connections: text('connections', '연결'),
  reconnects: text('came back', '재연결'),
  requests: text('requests', '요청'),
  polls: text('polls', '폴링'),
  empty: text('empty', '빈 폴링'),
  setup: text('set-up, B/client', '연결 준비, B/클라이언트'),
  layer: text('layer', '계층'),
  times: text('How long it took (ms)', '걸린 시간(ms)'),
  what: text('what', '대상'),
  quantiles: text(
    'Quantiles are those of Artillery’s sketch, ±1 %; count, min and max are exact, up to rounding to 0.1 µs. An age counts from when a message was due, so the wait of a busy generator is in it; “sent late” is that wait alone. “Behind the freshest”: how much later news came than the message of that client that came freshest by the server’s schedule.',
    '분위수는 Artillery가 어림한 값으로 ±1 %이고, 개수와 최솟값과 최댓값은 0.1 µs로 반올림한 것 말고는 정확합니다. 지연은 보낼 예정이던 때부터 세므로 부하 생성기가 바빠서 기다린 시간이 들어 있으며, “늦게 보냄”은 그 시간만 나타냅니다. “가장 빠른 소식보다”는 서버의 일정으로 보아 그 클라이언트에 가장 빨리 온 메시지보다 얼마나 늦었는지입니다.',
  ),
  balanced: text(
    'Balanced: each of the {bytes} that the sockets counted has one owner.',
    '바이트 합계 일치: 소켓이 센 {bytes} 모두 어느 계층의 것인지 확인됨.',
  ),
  unbalanced: text(
    '{name}: the sockets counted {sockets}, and {owned} have an owner. The figures cannot be read: a counter was lost, or the engine is broken.',
    '{name}: 소켓이 센 바이트는 {sockets}, 계층이 확인된 바이트는 {owned}입니다. 계수기를 잃었거나 엔진이 고장 난 것이므로 값을 읽을 수 없습니다.',
  ),
};

const timed = {
  connect: text('connected', '연결'),
  'echo.age': text('echo, from due', '에코(예정부터)'),
  'push.behind': text('behind the freshest', '가장 빠른 소식보다'),
  late: text('sent late', '늦게 보냄'),
};

const weigh = (one: LoadedTransport, way: 'up' | 'down' | 'both', layer?: string): number =>
  one.layers
    .filter((row) => (way === 'both' || row.direction === way) && (layer ?? row.layer) === row.layer)
    .reduce((sum, row) => sum + row.bytes, 0);

const socketBytes = ({ socket }: LoadedTransport): number => socket.up + socket.down;

const isBalanced = (one: LoadedTransport): boolean =>
  (['up', 'down'] as const).every((way) => weigh(one, way) === one.socket[way]);

export function loadBlocks(load: LoadReport, reader: Reader): Block[] {
  const { transports, errors, users } = load;
  const total = transports.reduce((sum, one) => sum + socketBytes(one), 0);
  const summary = say(reader, phrases.summary, {
    time: time(load.durationMs * 1e6),
    created: count(users.created),
    completed: count(users.completed),
    failed: count(users.failed),
    bytes: bytes(total),
  });
  const troubles = transports.flatMap(({ name, trouble }) =>
    trouble.map(([kind, n]) => [`${name}: ${kind}`, n] as const),
  );
  const listOf = (title: string, items: readonly (readonly [string, number])[]): Block[] =>
    items.length === 0
      ? []
      : [{ kind: 'list', title, items: items.map(([name, n]) => `${name}: ${count(n)}`) }];
  return [
    {
      kind: 'heading',
      text: say(reader, loadTitle, { names: transports.map(({ name }) => name).join(', ') }),
    },
    { kind: 'paragraph', text: summary },
    ...listOf(say(reader, phrases.errors), errors),
    ...listOf(say(reader, phrases.trouble), troubles),
    ...[carriedTable(transports, reader), waysTable(transports, reader)].map(asBlock),
    ...transports.filter((one) => socketBytes(one) > 0).map((one) => asBlock(layersTable(one, reader))),
    asBlock(timesTable(transports, reader)),
    ...balanceBlocks(transports, total, reader),
  ];
}

const asBlock = (table: Table): Block => ({ kind: 'table', table });

const carriedTable = (transports: readonly LoadedTransport[], reader: Reader): Table => ({
  title: say(reader, phrases.carried),
  notes: [say(reader, phrases.exact)],
  shape: 'figures',
  ...columns(transports, reader, [
    [heads.transport, 'left', ({ name }) => name],
    [phrases.clients, 'right', ({ clients }) => count(clients)],
    [heads.messagesUp, 'right', ({ messages }) => count(messages.sent)],
    [heads.messagesDown, 'right', ({ messages }) => count(messages.heard)],
    [heads.lost, 'right', ({ messages }) => count(messages.lost)],
    [phrases.up, 'right', ({ socket }) => count(socket.up)],
    [phrases.down, 'right', ({ socket }) => count(socket.down)],
    [
      phrases.beside,
      'right',
      (one) =>
        socketBytes(one) === 0
          ? say(reader, noFigure.none)
          : share(1 - weigh(one, 'both', 'payload') / socketBytes(one)),
    ],
  ]),
});

const waysTable = (transports: readonly LoadedTransport[], reader: Reader): Table => ({
  title: say(reader, phrases.ways),
  notes: [],
  shape: 'figures',
  ...columns(transports, reader, [
    [heads.transport, 'left', ({ name }) => name],
    [phrases.connections, 'right', ({ connections }) => count(connections)],
    [phrases.reconnects, 'right', ({ reconnects }) => count(reconnects)],
    [phrases.requests, 'right', ({ requests }) => count(requests)],
    [phrases.polls, 'right', ({ polls }) => count(polls.made)],
    [phrases.empty, 'right', ({ polls }) => count(polls.empty)],
    [
      phrases.setup,
      'right',
      ({ setup, clients }) =>
        clients === 0 ? say(reader, noFigure.none) : bytes((setup.up + setup.down) / clients),
    ],
  ]),
});

function layersTable(one: LoadedTransport, reader: Reader): Table {
  const cells = (layer?: string) =>
    (['up', 'down', 'both'] as const).map((way) => count(weigh(one, way, layer)));
  return {
    title: say(reader, loadLayersTitle, { name: one.name }),
    notes: [],
    shape: 'figures',
    head: [
      say(reader, phrases.layer),
      ...(['up', 'down', 'both'] as const).map((way) => say(reader, directionNames[way])),
    ],
    align: ['left', 'right', 'right', 'right'],
    rows: layers
      .filter((layer) => weigh(one, 'both', layer) > 0)
      .map((layer) => [say(reader, protocols[layer].look.title), ...cells(layer)]),
    references: [[say(reader, heads.total), ...cells()]],
  };
}

function timesTable(transports: readonly LoadedTransport[], reader: Reader): Table {
  const rows = transports.flatMap(({ name, times }) =>
    timeNames.flatMap((what) => {
      const found = times[what];
      return found ? [{ name, what, found }] : [];
    }),
  );
  const ms = (us: number) => milliseconds(us * 1e3);
  const quantile =
    (of: 'p50' | 'p95' | 'p99', needed: number) =>
    ({ found }: (typeof rows)[number]) =>
      found.count < samplesNeeded(needed) ? say(reader, noFigure.tooFew) : ms(found[of]);
  return {
    title: say(reader, phrases.times),
    notes: [say(reader, phrases.quantiles)],
    shape: 'figures',
    ...columns(rows, reader, [
      [heads.transport, 'left', ({ name }) => name],
      [phrases.what, 'left', ({ what }) => say(reader, timed[what])],
      [heads.count, 'right', ({ found }) => count(found.count)],
      [text('min', '최소'), 'right', ({ found }) => ms(found.min)],
      [text('p50', 'p50'), 'right', quantile('p50', 0.5)],
      [text('p95', 'p95'), 'right', quantile('p95', 0.95)],
      [text('p99', 'p99'), 'right', quantile('p99', 0.99)],
      [text('max', '최대'), 'right', ({ found }) => ms(found.max)],
    ]),
  };
}

function balanceBlocks(transports: readonly LoadedTransport[], total: number, reader: Reader): Block[] {
  const off = transports.filter((one) => !isBalanced(one));
  if (off.length === 0)
    return [{ kind: 'paragraph', text: say(reader, phrases.balanced, { bytes: `${count(total)} B` }) }];
  return off.map((one) => ({
    kind: 'paragraph',
    strong: true,
    text: say(reader, phrases.unbalanced, {
      name: one.name,
      sockets: `${count(socketBytes(one))} B`,
      owned: `${count(weigh(one, 'both'))} B`,
    }),
  }));
}

/**
 * The result of an inspection: what stands out, what each connection spoke and cost, who owns the bytes, and the
 * heaviest fields and requests. The live view shows the first part of the same blocks.
 */

import { type Reader, say, text } from '../../../base/text.ts';
import type { InspectedConnection, Inspection } from '../../../document/inspection.ts';
import type { Block, Table } from '../../blocks/block.ts';
import { columns } from '../../blocks/columns.ts';
import { bytes, compact, count, share, time } from '../../blocks/quantities.ts';
import { directionNames, heads, noFigure } from '../../blocks/table-words.ts';
import { connectionsTable, pathCut, protocolsText } from './inspection-connections.ts';
import { exchangesTable } from './inspection-exchanges.ts';
import { hintText } from './inspection-hints.ts';
import { inspectedLayersTable } from './inspection-layers.ts';
import { inspectionThresholdBlocks } from './inspection-rules.ts';
import { sourceBlocks } from './inspection-source.ts';

export const inspectionTitle = text('Inspected: {target}', '검사한 애플리케이션: {target}');

const phrases = {
  hints: text('What stands out', '눈에 띄는 점'),
  fields: text('The heaviest fields', '바이트가 가장 많은 필드'),
  field: text('field', '필드'),
  share: text('share', '비율'),
  summary: text(
    'In {time}: connections {connections}, requests {requests}, messages {up} up and {down} down, {bytes}.',
    '{time} 동안 연결 {connections}개, 요청 {requests}개, 보낸 메시지 {up}개, 받은 메시지 {down}개, {bytes}.',
  ),
  nobody: text(
    'Nobody connected: use the application at the address of the relay.',
    '아무도 연결하지 않았습니다. 중계 주소로 애플리케이션을 사용하십시오.',
  ),
  balanced: text(
    'Balanced: each of the {bytes} relayed has one owner.',
    '바이트 합계 일치: 중계한 {bytes} 모두 어느 계층의 것인지 확인됨.',
  ),
  delay: text(
    'Delay added by the relay, from reading {chunks} chunks to handing them on: p50 {p50}, p99 {p99}; its event loop kept timers waiting {loop} (p99).',
    '중계 때문에 늘어난 지연(조각 {chunks}개를 읽어서 넘길 때까지): p50 {p50}, p99 {p99}. 이벤트 루프가 타이머를 늦춘 시간: {loop}(p99).',
  ),
  felt: text(
    'The kernel takes {kernel} more to wake the relay and to pass its bytes on (medians of {echoes} echoes through a relay like it and straight, as the inspection ended): a client and a server feel {felt} each way.',
    '커널이 중계를 깨우고 바이트를 넘기는 데 {kernel} 더 걸립니다(검사를 마치며 에코 {echoes}개를 같은 중계로, 또 바로 보내 비교한 중앙값). 클라이언트와 서버는 한 방향에 {felt}만큼 느려집니다.',
  ),
  unfelt: text(
    'What the kernel takes to wake the relay and to pass its bytes on comes on top, and was not measured.',
    '커널이 중계를 깨우고 바이트를 넘기는 시간은 따로이며, 재지 않았습니다.',
  ),
  quick: text('Both are within the {stated} it promises.', '둘 다 약속한 {stated} 이내입니다.'),
  busy: text(
    'That is more than the {stated} it promises: this machine was busy, and times are not the application’s own.',
    '약속한 {stated}보다 깁니다. 컴퓨터가 바빴으므로 애플리케이션만의 시간이 아닙니다.',
  ),
  reading: text(
    'That is more than the {stated} it promises: so much came that the relay itself read for {turn} at a time (p99), and times are not the application’s own.',
    '약속한 {stated}보다 깁니다. 오간 것이 많아 중계가 한 번에 {turn}(p99) 동안 읽었으므로 애플리케이션만의 시간이 아닙니다.',
  ),
  slowReaders: text(
    'A reader did not keep up (connections: {connections}): the relay held what was for it for {longest} at most. That is the reader’s time, and in neither figure.',
    '읽는 쪽이 따라오지 못했습니다(연결 {connections}개). 중계가 그 바이트를 길게는 {longest} 동안 가지고 있었습니다. 읽는 쪽 때문에 걸린 시간이며 위 값에는 들어 있지 않습니다.',
  ),
  shareLegend: text(
    'Share: of all bytes that went the same way.',
    '비율: 같은 방향으로 오간 모든 바이트에서 차지하는 비율.',
  ),
};

const news = {
  open: text('#{id} speaks {speaks}: {path}', '#{id} {speaks}: {path}'),
  closed: text(
    '#{id} closed after {time}: {speaks} {path}, requests {requests}, messages {up} up and {down} down, {bytes}',
    '#{id} 닫힘, {time} 동안 {speaks} {path}, 요청 {requests}개, 보낸 메시지 {up}개, 받은 메시지 {down}개, {bytes}',
  ),
  refused: text(
    '#{id} refused: the application does not answer',
    '#{id} 거부됨: 애플리케이션이 응답하지 않음',
  ),
  silent: text('nothing', '없음'),
};

/** Rows of the heaviest fields and requests. */
const heaviest = 8;

/** All blocks, printed when the inspection ends. */
export function inspectionBlocks(seen: Inspection, reader: Reader, rows = 20): Block[] {
  const tables = [fieldsTable(seen, reader), exchangesTable(seen, reader)].filter(
    (one) => one.rows.length > 0,
  );
  const live: Block[] = [
    { kind: 'heading', text: say(reader, inspectionTitle, { target: seen.target }) },
    ...inspectionLive(seen, reader, rows),
  ];
  const thresholds = inspectionThresholdBlocks(seen.thresholds, reader);
  if (seen.connections === 0)
    return [...live, { kind: 'paragraph', text: say(reader, phrases.nobody) }, ...thresholds];
  return [
    ...live,
    ...tables.map((table): Block => ({ kind: 'table', table })),
    ...foundationBlocks(seen, reader),
    ...thresholds,
  ];
}

/** The blocks of the live view, which redraws one screen. */
export function inspectionLive(seen: Inspection, reader: Reader, rows: number): Block[] {
  const summary: Block = {
    kind: 'paragraph',
    text: say(reader, phrases.summary, {
      time: time(seen.durationMs * 1e6),
      connections: count(seen.connections),
      requests: count(seen.requests),
      up: count(seen.messages.up),
      down: count(seen.messages.down),
      bytes: bytes(seen.wire.socketBytes),
    }),
  };
  if (seen.connections === 0) return [summary];
  const items = seen.hints.map((hint) => hintText(hint, reader));
  return [
    summary,
    ...(items.length > 0 ? [{ kind: 'list', title: say(reader, phrases.hints), items } as const] : []),
    { kind: 'table', table: connectionsTable(seen, reader, rows) },
    ...(seen.wire.socketBytes > 0
      ? [{ kind: 'table', table: inspectedLayersTable(seen, reader) } as const]
      : []),
  ];
}

/** The basis of the figures: the relay's own count and delay, or the file. */
function foundationBlocks({ source, delay, wire }: Inspection, reader: Reader): Block[] {
  if (source) return sourceBlocks(source, wire, reader);
  const balanced = say(reader, phrases.balanced, { bytes: bytes(wire.socketBytes) });
  const times = delay
    ? [[delayText(delay, reader), ...promiseText(delay, reader), feltText(delay, reader)].join(' ')]
    : [];
  const waits = delay ? readersText(delay, reader) : [];
  return [balanced, ...times, ...waits].map((told) => ({ kind: 'paragraph', text: told }));
}

type Delay = NonNullable<Inspection['delay']>;

function delayText(delay: Delay, reader: Reader): string {
  const quantile = (value: number | null) => (value === null ? say(reader, noFigure.tooFew) : time(value));
  return say(reader, phrases.delay, {
    chunks: count(delay.chunks),
    p50: quantile(delay.p50Ns),
    p99: quantile(delay.p99Ns),
    loop: time(delay.loopP99Ms * 1e6),
  });
}

/** The delay that the relay's peers notice: the relay's own part, and the kernel's. */
const feltText = ({ hop, p50Ns }: Delay, reader: Reader): string =>
  hop && p50Ns !== null
    ? say(reader, phrases.felt, {
        kernel: time(hop.kernelNs),
        echoes: count(hop.echoes),
        felt: time(p50Ns + hop.kernelNs),
      })
    : say(reader, phrases.unfelt);

/** Empty if too few chunks were seen to judge the delay. */
function promiseText({ p99Ns, loopP99Ms, turnP99Ns, statedMs }: Delay, reader: Reader): string[] {
  if (p99Ns === null) return [];
  const stated = time(statedMs * 1e6);
  const longestNs = Math.max(p99Ns, loopP99Ms * 1e6);
  if (longestNs <= statedMs * 1e6) return [say(reader, phrases.quick, { stated })];
  // If the relay's own reading keeps the event loop busy, the machine is not to blame.
  if (turnP99Ns !== null && turnP99Ns >= longestNs / 2)
    return [say(reader, phrases.reading, { stated, turn: time(turnP99Ns) })];
  return [say(reader, phrases.busy, { stated })];
}

const readersText = ({ slowReaders: { connections, longestNs } }: Delay, reader: Reader): string[] =>
  connections > 0
    ? [say(reader, phrases.slowReaders, { connections: count(connections), longest: time(longestNs) })]
    : [];

function fieldsTable({ fields, wire }: Inspection, reader: Reader): Table {
  const rows = fields
    .filter(({ layer }) => layer !== 'payload')
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, heaviest);
  return {
    title: say(reader, phrases.fields),
    notes: [say(reader, phrases.shareLegend)],
    shape: 'figures',
    ...columns(rows, reader, [
      [phrases.field, 'left', ({ layer, name }) => `${layer} ${name}`],
      [heads.direction, 'left', ({ direction }) => say(reader, directionNames[direction])],
      [heads.count, 'right', (field) => count(field.count)],
      [heads.bytes, 'right', ({ bytes }) => compact(bytes)],
      [phrases.share, 'right', ({ bytes, direction }) => share(bytes / wire[direction])],
    ]),
  };
}

/** One line about a connection that opened, changed or closed, for output in which no table can be redrawn. */
export function newsText(connection: InspectedConnection, reader: Reader): string {
  const { id, state, path, messages } = connection;
  if (state === 'refused') return say(reader, news.refused, { id: count(id) });
  const spoken = {
    id: count(id),
    path: pathCut(path, 40),
    speaks: protocolsText(connection.speaks, reader) || say(reader, news.silent),
  };
  if (state === 'open') return say(reader, news.open, spoken);
  return say(reader, news.closed, {
    ...spoken,
    time: time(connection.durationMs * 1e6),
    requests: count(connection.requests),
    up: count(messages.up),
    down: count(messages.down),
    bytes: bytes(connection.wire.socketBytes),
  });
}

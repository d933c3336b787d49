/**
 * An inspection, told: what stands out, what each connection spoke and cost, who owns the bytes, which fields and
 * requests weigh most. The live view shows the first part of the same blocks.
 */
import type { InspectedConnection, Inspection } from '../document/inspection.ts';
import { connectionsTable, pathCut } from './inspection-connections.ts';
import { hintText } from './inspection-hints.ts';
import { inspectedLayersTable } from './inspection-layers.ts';
import { inspectionThresholdBlocks } from './inspection-thresholds.ts';
import type { Block, Table } from './table.ts';
import { bytes, compact, count, share, time } from './units.ts';
import type { Words } from './words.ts';

/** Rows of the heaviest fields and requests. */
const heaviest = 8;

/** Everything, for the end. */
export function inspectionBlocks(seen: Inspection, words: Words, rows = 20): Block[] {
  const tables = [fieldsTable(seen, words), requestsTable(seen, words)].filter((one) => one.rows.length > 0);
  const live: Block[] = [
    { kind: 'heading', text: words.say('title.inspection', { target: seen.target }) },
    ...inspectionLive(seen, words, rows),
  ];
  const thresholds = inspectionThresholdBlocks(seen.thresholds, words);
  if (seen.connections === 0)
    return [...live, { kind: 'paragraph', text: words.say('inspect.nobody') }, ...thresholds];
  return [
    ...live,
    ...tables.map((table): Block => ({ kind: 'table', table })),
    { kind: 'paragraph', text: words.say('inspect.balanced', { bytes: bytes(seen.wire.socketBytes) }) },
    { kind: 'paragraph', text: [delayText(seen, words), ...promiseText(seen, words)].join(' ') },
    ...thresholds,
  ];
}

/** What fits a screen that is drawn again and again. */
export function inspectionLive(seen: Inspection, words: Words, rows: number): Block[] {
  const summary: Block = {
    kind: 'paragraph',
    text: words.say('inspect.summary', {
      time: time(seen.durationMs * 1e6),
      connections: count(seen.connections),
      requests: count(seen.requests),
      up: count(seen.messages.up),
      down: count(seen.messages.down),
      bytes: bytes(seen.wire.socketBytes),
    }),
  };
  if (seen.connections === 0) return [summary];
  const items = seen.hints.map((hint) => hintText(hint, words));
  return [
    summary,
    ...(items.length > 0 ? [{ kind: 'list', title: words.say('title.hints'), items } as const] : []),
    { kind: 'table', table: connectionsTable(seen, words, rows) },
    ...(seen.wire.socketBytes > 0
      ? [{ kind: 'table', table: inspectedLayersTable(seen, words) } as const]
      : []),
  ];
}

function delayText({ delay }: Inspection, words: Words): string {
  const quantile = (value: number | null) => (value === null ? words.say('missing.quantile') : time(value));
  return words.say('inspect.delay', {
    chunks: count(delay.chunks),
    p50: quantile(delay.p50Ns),
    p99: quantile(delay.p99Ns),
    loop: time(delay.loopP99Ms * 1e6),
  });
}

/** Of too few chunks nothing is said. */
function promiseText({ delay: { p99Ns, loopP99Ms, statedMs } }: Inspection, words: Words): string[] {
  if (p99Ns === null) return [];
  const isKept = Math.max(p99Ns, loopP99Ms * 1e6) <= statedMs * 1e6;
  return [words.say(isKept ? 'inspect.quick' : 'inspect.slow', { stated: time(statedMs * 1e6) })];
}

function fieldsTable({ fields, wire }: Inspection, words: Words): Table {
  const rows = fields
    .filter(({ layer }) => layer !== 'payload')
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, heaviest);
  return {
    title: words.say('title.fields'),
    notes: [words.say('inspect.fields')],
    shape: 'figures',
    head: [
      words.say('head.field'),
      words.say('head.direction'),
      words.say('head.count'),
      words.say('head.bytes'),
      words.say('head.share'),
    ],
    align: ['left', 'left', 'right', 'right', 'right'],
    rows: rows.map((field) => [
      `${field.layer} ${field.name}`,
      words.say(`direction.${field.direction}`),
      count(field.count),
      compact(field.bytes),
      share(field.bytes / wire[field.direction]),
    ]),
  };
}

function requestsTable({ exchanges }: Inspection, words: Words): Table {
  const rows = exchanges.toSorted((a, b) => b.up + b.down - a.up - a.down).slice(0, heaviest);
  return {
    title: words.say('title.requests'),
    notes: [],
    shape: 'figures',
    head: [
      words.say('head.exchange'),
      words.say('head.count'),
      words.say('head.bytesUp'),
      words.say('head.bytesDown'),
    ],
    align: ['left', 'right', 'right', 'right'],
    rows: rows.map(({ kind, count: times, up, down }) => [
      pathCut(kind, 48),
      count(times),
      compact(up),
      compact(down),
    ]),
  };
}

/** A line for a connection that has come, changed or gone, where no table can be drawn again. */
export function newsText(connection: InspectedConnection, words: Words): string {
  const { id, state, path, messages } = connection;
  if (state === 'refused') return words.say('inspect.news.refused', { id: count(id) });
  const spoken = {
    ...{ id: count(id), path: pathCut(path, 40) },
    speaks:
      connection.speaks.map((one) => words.say(`protocol.${one}`)).join(', ') || words.say('inspect.silent'),
  };
  if (state === 'open') return words.say('inspect.news.open', spoken);
  return words.say('inspect.news.closed', {
    ...spoken,
    time: time(connection.durationMs * 1e6),
    requests: count(connection.requests),
    up: count(messages.up),
    down: count(messages.down),
    bytes: bytes(connection.wire.socketBytes),
  });
}

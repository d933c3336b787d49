/**
 * The relay's books as rows of a Network panel: a row for each exchange, with its bytes by portion and a piece for
 * each frame or event. Bytes of the page itself (its files, its figures) are summed up separately, so that everything
 * adds up to what the relay carried.
 */

import type { Watch } from '../../../network/relay.ts';
import {
  figures,
  type Portion,
  portionNames,
  portions,
  portionsOf,
} from '../../../script/anatomy/devtools-counts.ts';
import type { RecordedSpan } from '../../../tap/spans.ts';
import type { Direction } from '../../../wire/span.ts';
import type { PanelPiece, PanelRow } from '../../page/devtools/figures-talk.ts';
import { attributedRelay } from '../attributed-relay.ts';
import { type Exchange, startsPiece } from '../exchange.ts';

export interface DevtoolsLedger {
  readonly watch: Watch;
  /** Parses what has come meanwhile. */
  catchUp(): void;
  /** The rows of one page, oldest first. */
  rows(client: string): readonly PanelRow[];
  balance(): {
    readonly relay: number;
    readonly rows: number;
    readonly page: number;
    readonly unread: number;
  };
}

type Sums = Map<Portion, { up: number; down: number }>;

interface OpenPiece {
  readonly direction: Direction;
  readonly sums: Sums;
}

interface OpenRow {
  readonly exchange: Exchange;
  readonly number: number;
  readonly client: string;
  readonly sums: Sums;
  readonly pieces: OpenPiece[];
  piecesInAll: number;
  /** The piece under way in each direction. */
  readonly now: Partial<Record<Direction, OpenPiece>>;
}

/** A page may poll for hours, so the oldest rows are dropped. */
const rowsKept = 400;
const piecesKept = 6;

export function createDevtoolsLedger(now: () => number): DevtoolsLedger {
  const known = new WeakMap<Exchange, OpenRow>();
  const rows: OpenRow[] = [];
  const sums = { rows: 0, page: 0 };
  let count = 0;
  const rowOf = (exchange: Exchange): OpenRow | null => {
    const client = clientOf(exchange.target);
    if (client === null) return null;
    const found = known.get(exchange);
    if (found) return found;
    const row = openRow(exchange, client, ++count);
    known.set(exchange, row);
    rows.push(row);
    if (rows.length > rowsKept) rows.shift();
    return row;
  };
  const told = (span: RecordedSpan, exchange: Exchange) => {
    const row = rowOf(exchange);
    sums[row ? 'rows' : 'page'] += span.length;
    if (row) take(row, span);
  };
  const relay = attributedRelay({ now, told });
  return {
    watch: relay.watch,
    catchUp: relay.catchUp,
    rows: (client) => rows.filter((row) => row.client === client).map(readRow),
    // relay.sums() comes first: it parses what has come meanwhile, which `sums` then includes.
    balance: () => ({ ...relay.sums(), ...sums }),
  };
}

/** Null for the page's own requests: its files, and the socket of its figures. */
const clientOf = (target: string): string | null => /[?&]client=([^&]*)/.exec(target)?.[1] ?? null;

const openRow = (exchange: Exchange, client: string, number: number): OpenRow => ({
  exchange,
  number,
  client,
  sums: new Map(),
  pieces: [],
  piecesInAll: 0,
  now: {},
});

function take(row: OpenRow, span: RecordedSpan): void {
  const { direction } = span.message;
  if (startsPiece(span)) {
    const piece: OpenPiece = { direction, sums: new Map() };
    row.now[direction] = piece;
    row.piecesInAll++;
    if (row.pieces.push(piece) > piecesKept) row.pieces.shift();
  }
  for (const [portion, bytes] of portionsOf(span)) {
    add(row.sums, portion, direction, bytes);
    const piece = row.now[direction];
    if (piece) add(piece.sums, portion, direction, bytes);
  }
}

function add(sums: Sums, portion: Portion, direction: Direction, bytes: number): void {
  const sum = sums.get(portion) ?? { up: 0, down: 0 };
  sum[direction] += bytes;
  sums.set(portion, sum);
}

const total = (sums: Sums, wanted: (portion: Portion) => boolean, way?: Direction): number =>
  [...sums].reduce(
    (sum, [portion, { up, down }]) =>
      wanted(portion) ? sum + (way === 'down' ? 0 : up) + (way === 'up' ? 0 : down) : sum,
    0,
  );

function readRow({ exchange, number, sums, pieces, piecesInAll }: OpenRow): PanelRow {
  const isStream = sums.has('event-framing');
  const isUpgraded = exchange.status === 101;
  const pieceKind = isUpgraded ? 'frame' : isStream ? 'event' : null;
  const { connection, method, target, status } = exchange;
  return {
    number,
    connection,
    method,
    target,
    status: status || null,
    pieceKind,
    size: total(sums, (portion) => portions[portion].counted === 'size'),
    up: total(sums, () => true, 'up'),
    down: total(sums, () => true, 'down'),
    lines: linesOf(sums),
    pieces: pieceKind === null ? [] : pieces.map((piece) => readPiece(piece)),
    piecesInAll: pieceKind === null ? 0 : piecesInAll,
  };
}

const linesOf = (sums: Sums) =>
  portionNames.flatMap((portion) => {
    const bytes = sums.get(portion);
    if (!bytes || bytes.up + bytes.down === 0) return [];
    const { name, where, counted } = portions[portion];
    return [{ name, where, counted: counted && figures[counted], ...bytes }];
  });

/** `shown` is null for a control frame and for a comment of an event stream: DevTools does not list them. */
function readPiece({ direction, sums }: OpenPiece): PanelPiece {
  const shown = (['characters', 'event-data'] as const).find((portion) => sums.has(portion));
  return {
    direction,
    shown: shown === undefined ? null : total(sums, (portion) => portion === shown),
    bytes: total(sums, () => true),
  };
}

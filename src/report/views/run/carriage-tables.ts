/**
 * What a message costs by what HTTP goes over, or by the client's engine: a row for each transport, a column for each
 * protocol or engine. Beside the bytes of the transport, HTTP and TLS stands an estimate of what TCP/IP adds below,
 * because there the differences shrink.
 */
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import type { Report, Trial } from '../../../document/report.ts';
import { packetHeaderBytes } from '../../../laws/http-bytes.ts';
import { type Over, overs } from '../../../protocols/over.ts';
import { typicalTrial } from '../../../questions/claims/evidence.ts';
import { transportByName } from '../../../transports/index.ts';
import type { Table } from '../../blocks/block.ts';
import { gathered } from '../../blocks/gathered.ts';
import { milliseconds } from '../../blocks/quantities.ts';
import { heads, noFigure } from '../../blocks/table-words.ts';
import { absentText } from '../documents/protocol-tables.ts';
import { meanBytes } from '../scenarios/scenario-view.ts';
import { breakable, marks } from './groups.ts';
import { type Axis, sweptAxes } from './sweep-axes.ts';

const phrases = {
  bytes: text(
    '{scenario}: bytes beside the payload of a message, and ≈ TCP/IP below them',
    '{scenario}: 메시지 하나의 페이로드 외 바이트와 그 아래 TCP/IP의 추정치(≈)',
  ),
  p50: text('{scenario}: p50, ms', '{scenario}: p50, ms'),
  estimate: text(
    'Up and down together, empty polls included. ≈: 52 bytes of IPv4 and TCP headers (with timestamps, RFC 9293 and 7323) for each segment that a write takes; acknowledgements of their own not counted.',
    '위아래 방향을 합치고 빈 폴링도 포함한 값입니다. ≈: 쓰기마다 드는 세그먼트 하나에 IPv4와 TCP 헤더(타임스탬프 포함, RFC 9293, 7323) 52바이트씩입니다. 따로 보낸 확인 응답은 세지 않았습니다.',
  ),
};

type Cell = (trial: Trial, reader: Reader) => string;

const bytesCell: Cell = ({ perMessage: { overhead, segments } }, reader) => {
  if (overhead === null) return say(reader, noFigure.none);
  const below = segments === null ? '' : ` ≈\u00a0${meanBytes(Math.round(segments * packetHeaderBytes))}`;
  return meanBytes(overhead) + below;
};

const p50Cell: Cell = ({ latency }, reader) =>
  latency === null
    ? say(reader, noFigure.none)
    : latency.p50 === null
      ? say(reader, noFigure.tooFew)
      : milliseconds(latency.p50);

/** Empty if all trials had the same protocol and the same kind of client, or if something else was swept as well. */
export function carriageTables(report: Pick<Report, 'plan' | 'trials'>, reader: Reader): Table[] {
  return gathered(report.trials, ({ scenario }) => scenario).flatMap((trials, index) => {
    const [axis, ...others] = sweptAxes(trials);
    if (!axis?.ofNames || others.length > 0) return [];
    // Once, below the first table.
    const notes = index === 0 ? [say(reader, phrases.estimate), ...absences(report, trials, reader)] : [];
    return [
      tableOf(trials, axis, { title: phrases.bytes, cell: bytesCell, notes }, report, reader),
      tableOf(trials, axis, { title: phrases.p50, cell: p50Cell, notes: [] }, report, reader),
    ];
  });
}

const oversOf = (trials: readonly Trial[]): Over[] =>
  overs.filter((one) => trials.some(({ over }) => over === one));

function tableOf(
  trials: readonly [Trial, ...Trial[]],
  axis: Axis,
  { title, cell, notes }: { readonly title: Text; readonly cell: Cell; readonly notes: readonly string[] },
  { plan }: Pick<Report, 'plan'>,
  reader: Reader,
): Table {
  const columns = [...new Set(trials.map(axis.value))].sort((a, b) => a - b);
  const rowsOf = (reference: boolean) =>
    plan.transports.flatMap((transport) => {
      const own = trials.filter((trial) => trial.transport === transport && trial.reference === reference);
      return own.length > 0 ? [rowOf(transport, own, { axis, columns, cell }, reader)] : [];
    });
  return {
    title: say(reader, title, { scenario: trials[0].scenario }),
    notes,
    shape: 'figures',
    head: [say(reader, heads.transport), ...columns.map(axis.text)],
    align: ['left', ...columns.map(() => 'right' as const)],
    rows: rowsOf(false),
    references: rowsOf(true),
  };
}

function rowOf(
  transport: string,
  trials: readonly Trial[],
  { axis, columns, cell }: { readonly axis: Axis; readonly columns: readonly number[]; readonly cell: Cell },
  reader: Reader,
): string[] {
  const cells = columns.map((column) => {
    const own = trials.filter((trial) => axis.value(trial) === column);
    const trial = typicalTrial(own.filter(({ verdict }) => verdict !== 'invalid'));
    const mark = marks[(trial ?? own[0])?.verdict ?? 'valid'];
    return (trial ? cell(trial, reader) : say(reader, noFigure.none)) + mark;
  });
  return [breakable(transport), ...cells];
}

/** Why a transport has no figure over a protocol; nothing is left out silently. */
function absences({ plan }: Pick<Report, 'plan'>, trials: readonly Trial[], reader: Reader): string[] {
  const missing = plan.transports.flatMap((name) => {
    const why = transportByName(name)?.traits.notOverHttp2;
    const isMissing =
      oversOf(trials).includes('h2') &&
      trials.some(({ transport }) => transport === name) &&
      !trials.some(({ transport, over }) => transport === name && over === 'h2');
    return why && isMissing ? [{ name, why }] : [];
  });
  return missing.map(({ name, why }) =>
    absentText({ transport: name, over: 'h2', why: say(reader, why) }, reader),
  );
}

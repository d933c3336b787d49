/**
 * Who owns the bytes: a row for each trial, a column for each layer, and their total. A layer that carried nothing in
 * any trial has no column.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Report, Trial } from '../../../document/report.ts';
import { protocols } from '../../../protocols/index.ts';
import { type Layer, layers } from '../../../protocols/layers.ts';
import type { Table } from '../../blocks/block.ts';
import { compact } from '../../blocks/quantities.ts';
import { heads, noFigure } from '../../blocks/table-words.ts';
import { type Group, groupsOf, type Labelled, titleOn } from './groups.ts';

const phrases = {
  whole: text(
    'Whose bytes are these? ({scenario}, all phases, all clients)',
    '이 바이트는 어느 계층의 것인가? ({scenario}, 모든 단계, 전체 클라이언트)',
  ),
  perMessage: text(
    'The same per message delivered, after set-up ({scenario})',
    '같은 내용, 연결 뒤 전달된 메시지당 바이트 ({scenario})',
  ),
  legend: text(
    'Bytes of both directions; each row adds up to the total. 1k is 1,000 bytes; blank is none.',
    '양방향을 더한 바이트. 각 행을 더하면 합계와 같습니다. 1k = 1,000바이트, 빈칸 = 없음.',
  ),
};

type Weigh = (trial: Trial, layer: Layer | null) => number | null;

/** Bytes of one layer, or of all layers for null. */
const allBytes: Weigh = ({ wire }, layer) =>
  wire.layers.reduce((sum, row) => (layer === null || row.layer === layer ? sum + row.bytes : sum), 0);

const perMessage: Weigh = (trial, layer) => {
  const steady = trial.wire.layers.filter(
    (row) => row.phase === 'steady' && (layer === null || row.layer === layer),
  );
  const messages = trial.messages.down;
  return messages === 0 ? null : steady.reduce((sum, row) => sum + row.bytes, 0) / messages;
};

const figure = (value: number): string => (value === 0 ? '' : compact(Math.round(value * 10) / 10));

function tableOf(group: Group, weigh: Weigh, title: string, reader: Reader): Table {
  const trials = [...group.chosen, ...group.references];
  const used = layers.filter((layer) =>
    trials.some(({ trial }) => trial.verdict !== 'invalid' && (allBytes(trial, layer) ?? 0) > 0),
  );
  const row = ({ label, trial }: Labelled): string[] => {
    const read = (layer: Layer | null): string => {
      const value = trial.verdict === 'invalid' ? null : weigh(trial, layer);
      return value === null ? say(reader, noFigure.none) : figure(value);
    };
    return [label, ...used.map(read), read(null)];
  };
  return {
    title,
    notes: [say(reader, phrases.legend)],
    shape: 'figures',
    head: [
      say(reader, heads.transport),
      ...used.map((layer) => say(reader, protocols[layer].look.title)),
      say(reader, heads.total),
    ],
    align: ['left', ...used.map(() => 'right' as const), 'right'],
    rows: group.chosen.map(row),
    references: group.references.map(row),
  };
}

/** One table for each group; with room for more, a second one per message after set-up. */
export function layersTables(report: Report, reader: Reader, wide: boolean): Table[] {
  return groupsOf(report).flatMap((group) => {
    const { scenario } = group;
    const titled = (title: string) => titleOn(title, group, report, reader);
    const whole = tableOf(group, allBytes, titled(say(reader, phrases.whole, { scenario })), reader);
    if (!wide) return [whole];
    return [whole, tableOf(group, perMessage, titled(say(reader, phrases.perMessage, { scenario })), reader)];
  });
}

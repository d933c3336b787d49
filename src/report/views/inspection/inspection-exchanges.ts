/** HTTP exchanges, heaviest first; a dash where the bytes are not known, as in an archive of HTTP/2. */

import { type Reader, say, text } from '../../../base/text.ts';
import type { Archive } from '../../../document/archive.ts';
import type { Table } from '../../blocks/block.ts';
import { columns } from '../../blocks/columns.ts';
import { compact, count } from '../../blocks/quantities.ts';
import { heads, noFigure } from '../../blocks/table-words.ts';
import { pathCut } from './inspection-connections.ts';

const phrases = {
  requests: text('What was asked over HTTP, heaviest first', 'HTTP 요청, 바이트가 많은 순서'),
  unfinished: text('{kind} (unfinished)', '{kind} (끝나지 않음)'),
  exchange: text('request and status', '요청과 상태'),
  bytesUp: text('bytes up', '보낸 바이트'),
  bytesDown: text('bytes down', '받은 바이트'),
};

/** Rows of the table. */
const heaviest = 8;

export function exchangesTable({ exchanges }: Pick<Archive, 'exchanges'>, reader: Reader): Table {
  const rows = exchanges.toSorted((a, b) => weight(b) - weight(a)).slice(0, heaviest);
  return {
    title: say(reader, phrases.requests),
    notes: [],
    shape: 'figures',
    ...columns(rows, reader, [
      [
        phrases.exchange,
        'left',
        ({ kind, isUnfinished }) =>
          isUnfinished ? say(reader, phrases.unfinished, { kind: pathCut(kind, 36) }) : pathCut(kind, 48),
      ],
      [heads.count, 'right', (row) => count(row.count)],
      [phrases.bytesUp, 'right', ({ up }) => figure(up, reader)],
      [phrases.bytesDown, 'right', ({ down }) => figure(down, reader)],
    ]),
  };
}

const weight = ({ up, down }: Archive['exchanges'][number]): number => (up ?? 0) + (down ?? 0);

const figure = (value: number | null, reader: Reader): string =>
  value === null ? say(reader, noFigure.none) : compact(value);

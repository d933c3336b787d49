/** The formats of an Artillery run with our engine. Formats that judge or compare trials are left out. */
import { type Language, type Reader, readerOfFiles, say } from '../../../base/text.ts';
import type { LoadedTransport, LoadReport } from '../../../document/load-report.ts';
import { directionNames } from '../../blocks/table-words.ts';
import { csvOf } from '../../skins/csv.ts';
import { htmlBlock } from '../../skins/html/block-markup.ts';
import { type Bar, bytesFigure } from '../../skins/html/bytes-figure.ts';
import { chaptersOf } from '../../skins/html/chapters.ts';
import { page } from '../../skins/html/page.ts';
import { markdownBlocks } from '../../skins/markdown.ts';
import { loadBlocks, loadLayersTitle, loadTitle } from './load-blocks.ts';

export interface LoadFormat {
  readonly name: string;
  readonly ending: string;
  readonly render: (load: LoadReport, options: { readonly language: Language }) => string;
}

export const loadFormats: readonly LoadFormat[] = [
  { name: 'json', ending: 'json', render: (load) => `${JSON.stringify(load, null, 2)}\n` },
  {
    name: 'md',
    ending: 'md',
    render: (load, { language }) => markdownBlocks(loadBlocks(load, readerOfFiles(language))),
  },
  { name: 'html', ending: 'html', render: (load, { language }) => htmlOf(load, language) },
  { name: 'csv', ending: 'csv', render: csvOfLoad },
];

function htmlOf(load: LoadReport, language: Language): string {
  const reader = readerOfFiles(language);
  const [heading, summary, ...rest] = loadBlocks(load, reader);
  const lead = [heading, summary].map((block) => (block ? htmlBlock(block) : ''));
  const pictures = load.transports
    .filter(({ layers }) => layers.length > 0)
    .map((one) => bytesFigure(say(reader, loadLayersTitle, { name: one.name }), barsOf(one, reader), reader));
  const names = load.transports.map(({ name }) => name).join(', ');
  return page(say(reader, loadTitle, { names }), language, [...lead, ...pictures], chaptersOf(rest));
}

const barsOf = ({ layers }: LoadedTransport, reader: Reader): Bar[] =>
  (['up', 'down'] as const).map((direction) => ({
    label: say(reader, directionNames[direction]),
    parts: layers.filter((row) => row.direction === direction).map(({ layer, bytes }) => ({ layer, bytes })),
  }));

const columns = ['transport', 'metric', 'value', 'unit'] as const;

type Figure = readonly [metric: string, value: number, unit: string];

const figuresOf = (one: LoadedTransport): Figure[] => [
  ['clients', one.clients, 'count'],
  ['messages.sent', one.messages.sent, 'count'],
  ['messages.heard', one.messages.heard, 'count'],
  ['messages.lost', one.messages.lost, 'count'],
  ['requests', one.requests, 'count'],
  ['connections', one.connections, 'count'],
  ['reconnects', one.reconnects, 'count'],
  ['wire.up', one.socket.up, 'B'],
  ['wire.down', one.socket.down, 'B'],
  ...one.layers.map(({ layer, direction, bytes }): Figure => [`layer.${layer}.${direction}`, bytes, 'B']),
  ...Object.entries(one.times).flatMap(([what, { count, ...times }]): Figure[] => [
    [`${what}.count`, count, 'count'],
    ...(['min', 'p50', 'p95', 'p99', 'max'] as const).map((of): Figure => [`${what}.${of}`, times[of], 'us']),
  ]),
];

/** CSV: a row for each figure. */
function csvOfLoad({ transports }: LoadReport): string {
  return csvOf(
    columns,
    transports.flatMap((one) =>
      figuresOf(one).map(([metric, value, unit]) => ({ transport: one.name, metric, value, unit })),
    ),
  );
}

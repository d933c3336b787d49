/**
 * The formats an inspection can be written in. Formats that judge or compare trials (JUnit, benchmark) are left out.
 */
import { type Language, type Reader, readerOfFiles, say } from '../../../base/text.ts';
import type { Archive } from '../../../document/archive.ts';
import type { Inspection } from '../../../document/inspection.ts';
import { layers } from '../../../protocols/layers.ts';
import { directionNames } from '../../blocks/table-words.ts';
import { csvOf } from '../../skins/csv.ts';
import { htmlBlock } from '../../skins/html/block-markup.ts';
import { type Bar, bytesFigure } from '../../skins/html/bytes-figure.ts';
import { chaptersOf } from '../../skins/html/chapters.ts';
import { page } from '../../skins/html/page.ts';
import { markdownBlocks } from '../../skins/markdown.ts';
import { inspectionTitle } from './inspection-blocks.ts';
import { inspectedLayersTitle } from './inspection-layers.ts';
import { isArchive, seenBlocks } from './seen-blocks.ts';

/** A file has room for more rows than a screen. */
const rows = 100;

export interface InspectionFormat {
  readonly name: string;
  readonly ending: string;
  readonly render: (seen: Inspection | Archive, options: { readonly language: Language }) => string;
}

export const inspectionFormats: readonly InspectionFormat[] = [
  { name: 'json', ending: 'json', render: (seen) => `${JSON.stringify(seen, null, 2)}\n` },
  {
    name: 'md',
    ending: 'md',
    render: (seen, { language }) => markdownBlocks(seenBlocks(seen, readerOfFiles(language), rows)),
  },
  { name: 'html', ending: 'html', render: (seen, { language }) => htmlOf(seen, language) },
  { name: 'csv', ending: 'csv', render: csvOfInspection },
];

function htmlOf(seen: Inspection | Archive, language: Language): string {
  const reader = readerOfFiles(language);
  const [heading, summary, ...rest] = seenBlocks(seen, reader, rows);
  const lead = [heading, summary].map((block) => (block ? htmlBlock(block) : ''));
  // An archive does not say who owns the bytes.
  const picture = isArchive(seen)
    ? []
    : [bytesFigure(say(reader, inspectedLayersTitle), barsOf(seen, reader), reader)];
  const title = say(reader, inspectionTitle, { target: seen.target });
  return page(title, language, [...lead, ...picture], chaptersOf(rest));
}

const barsOf = ({ wire }: Inspection, reader: Reader): Bar[] =>
  (['up', 'down'] as const).map((direction) => ({
    label: say(reader, directionNames[direction]),
    parts: layers.flatMap((layer) => {
      const row = wire.layers.find((one) => one.layer === layer && one.direction === direction);
      return row && row.bytes > 0 ? [{ layer, bytes: row.bytes }] : [];
    }),
  }));

const columns = ['connection', 'speaks', 'path', 'metric', 'value', 'unit'] as const;

/** CSV: a row for each figure. Connection 0 stands for all connections together. */
function csvOfInspection(seen: Inspection | Archive): string {
  const all = { id: 0, speaks: [], path: '' };
  return csvOf(
    columns,
    [
      { ...all, figures: isArchive(seen) ? messagesOf(seen) : counted(seen).figures },
      ...(isArchive(seen) ? [] : seen.perConnection.map((one) => ({ ...one, ...counted(one) }))),
    ].flatMap(({ id, speaks, path, figures }) =>
      figures.map(([metric, value, unit]) => ({
        connection: id,
        speaks: speaks.join(' '),
        path,
        metric,
        value,
        unit,
      })),
    ),
  );
}

type Figure = readonly [metric: string, value: number, unit: string];

const messagesOf = ({ requests, messages }: Pick<Inspection, 'requests' | 'messages'>): Figure[] => [
  ['requests', requests, 'count'],
  ['messages.up', messages.up, 'count'],
  ['messages.down', messages.down, 'count'],
];

const counted = ({ wire, ...said }: Pick<Inspection, 'requests' | 'messages' | 'wire'>) => ({
  figures: [
    ...messagesOf(said),
    ['wire.up', wire.up, 'B'],
    ['wire.down', wire.down, 'B'],
    ...wire.layers.map(({ layer, direction, bytes }): Figure => [`layer.${layer}.${direction}`, bytes, 'B']),
  ] satisfies Figure[] as readonly Figure[],
});

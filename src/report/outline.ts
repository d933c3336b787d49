/** The parts of a report and their usual order: conditions, what was measured, what it means, how sure. */
import { text } from '../base/text.ts';
import type { Report } from '../document/report.ts';
import { typicalTrials } from '../questions/claims/evidence.ts';
import { caption } from './caption.ts';
import { proseBlocks } from './claims.ts';
import { documentTables } from './document-tables.ts';
import { gathered } from './groups.ts';
import { growth } from './growth.ts';
import { layersTables } from './layers-table.ts';
import { measuredTables } from './measured-table.ts';
import { noteLines } from './notes.ts';
import { predictionsTable } from './predictions-table.ts';
import { sentences } from './sentences.ts';
import { summaryTables } from './summary-table.ts';
import { sweptAxes } from './sweep-axes.ts';
import type { Block, Table } from './table.ts';
import { thresholdsTable } from './thresholds.ts';
import { unconnectedLines } from './unconnected.ts';
import type { Words } from './words.ts';

const couldNotConnect = text('What could not connect', '연결하지 못한 것');

const block = (table: Table): Block => ({ kind: 'table', table });

/** Scenarios that the documents' tables ask about; a run without them has nothing to fill them with. */
const documented = new Set(['echo', 'push']);

/** A run of other scenarios says in one line what two pages of empty rows would. */
function documentBlocks(report: Report, words: Words): Block[] {
  const asked = report.trials.length === 0 || report.trials.some(({ scenario }) => documented.has(scenario));
  if (!asked) return [{ kind: 'paragraph', text: words.say('missing.documents') }];
  const first = firstValues(report);
  const swept = first.trials.length < report.trials.length;
  return [
    ...documentTables(first, words).map(block),
    ...(swept ? [{ kind: 'paragraph', text: words.say('missing.sweep') } as const] : []),
  ];
}

/** The documents know no sweep: its first value speaks. */
const firstValues = (report: Report): Report => ({
  ...report,
  trials: gathered(report.trials, ({ scenario }) => scenario).flatMap(
    (trials) => gathered(trials, ({ load, link }) => [load, link])[0] ?? [],
  ),
});

/**
 * What a page of 80 columns shows: of several repeats the typical one, because the summary tells them all. An
 * invalid trial stays, so that nobody overlooks it.
 */
function withoutRepeats(report: Report): Report {
  if (report.summary.length === 0) return report;
  const trials = gathered(report.trials, ({ scenario, load, link }) => [scenario, load, link]).flatMap(
    (same) => [...typicalTrials(same), ...same.filter(({ verdict }) => verdict === 'invalid')],
  );
  return { ...report, trials };
}

/** Layers of every value of a sweep are for those who asked for more. */
const withoutSweeps = (report: Report): Report => ({
  ...report,
  trials: gathered(report.trials, ({ scenario }) => scenario)
    .filter((trials) => sweptAxes(trials).length === 0)
    .flat(),
});

function measured(report: Report, words: Words, wide: boolean): Block[] {
  const shown = wide ? report : withoutRepeats(report);
  const less = shown.trials.length < report.trials.length;
  return [
    ...growth(report, words),
    ...summaryTables(report, words).map(block),
    ...measuredTables(shown, words).map(block),
    ...(less ? [{ kind: 'paragraph', text: words.say('missing.repeats') } as const] : []),
  ];
}

/** A skin for hurried readers may take the parts in another order. */
export function parts(report: Report, words: Words, wide: boolean) {
  const said = sentences(report, words);
  const predictions = predictionsTable(report, words);
  const thresholds = thresholdsTable(report, words);
  const notes = noteLines(report, words);
  const unconnected = unconnectedLines(report, words);
  const layered = wide ? report : withoutSweeps(withoutRepeats(report));
  return {
    caption: caption(report, words),
    measured: measured(report, words, wide),
    unconnected:
      unconnected.length > 0
        ? [{ kind: 'list', title: words.tell(couldNotConnect), items: unconnected }]
        : [],
    said: said.length > 0 ? [{ kind: 'list', title: words.say('title.sentences'), items: said }] : [],
    layers: layersTables(layered, words, wide).map(block),
    documents: documentBlocks(report, words),
    prose: proseBlocks(report, words),
    predictions: predictions ? [block(predictions)] : [],
    thresholds: thresholds ? [block(thresholds)] : [],
    notes: [
      {
        kind: 'list',
        title: words.say('title.notes'),
        items: notes.length > 0 ? notes : [words.say('notes.none')],
      },
    ],
    verdict: [
      {
        kind: 'paragraph',
        text: words.say('verdict.line', { verdict: words.say(`verdict.${report.verdict}`) }),
      },
    ],
  } satisfies Record<string, Block[]>;
}

export function outline(report: Report, words: Words, wide: boolean): Block[] {
  const of = parts(report, words, wide);
  return [
    ...[...of.caption, ...of.measured, ...of.unconnected, ...of.said, ...of.layers, ...of.documents],
    ...[...of.predictions, ...of.thresholds, ...of.notes, ...of.verdict],
  ];
}

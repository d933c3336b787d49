/** The parts of a report and their usual order: conditions, what was measured, what it means, how sure it is. */
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import { conditionsOf, isNothingMeasured } from '../../../document/conditions.ts';
import type { Report } from '../../../document/report.ts';
import { typicalTrials } from '../../../questions/claims/evidence.ts';
import type { Block, Table } from '../../blocks/block.ts';
import { gathered } from '../../blocks/gathered.ts';
import { proseBlocks } from '../documents/claims-tables.ts';
import { documentTables } from '../documents/document-tables.ts';
import { protocolBlocks } from '../documents/protocol-tables.ts';
import { herdCharts } from '../scenarios/herd-chart.ts';
import { browserBlocks } from './browser-blocks.ts';
import { caption } from './caption.ts';
import { carriageTables } from './carriage-tables.ts';
import { farSideBlocks } from './far-side-table.ts';
import { growth } from './growth.ts';
import { layersTables } from './layers-table.ts';
import { measuredTables } from './measured-table.ts';
import { noteLines } from './note-lines.ts';
import { predictionsTable } from './predictions-table.ts';
import { sentences, sentencesTitle } from './sentences.ts';
import { summaryTables } from './summary-table.ts';
import { sweptAxes } from './sweep-axes.ts';
import { thresholdsTable } from './thresholds-table.ts';
import { unconnectedLines } from './unconnected.ts';

const phrases = {
  documents: text(
    'Tables A and B: not measured in this run; they ask for the scenarios echo and push.',
    '표 A와 표 B: 이번 실행에서 측정하지 않음(시나리오 echo와 push가 필요함).',
  ),
  foreign: text(
    'Tables A and B: not filled here; they speak of the servers of rtcompare.',
    '표 A와 표 B: rtcompare의 서버에 대한 표이므로 채우지 않음.',
  ),
  sweep: text(
    'Tables A and B speak of the first value of the sweep.',
    '표 A와 표 B는 스윕의 첫 값에서 측정한 것입니다.',
  ),
  repeats: text(
    'Of several repeats one is shown, that of the median p50 where there are times; --wide, Markdown and JSON have them all.',
    '여러 번 반복한 것 중 하나만 보여 줍니다(시간이 있으면 p50이 중앙값인 것). 나머지는 --wide, Markdown, JSON에 있습니다.',
  ),
  notes: text('Notes', '참고'),
  noNotes: text('none', '없음'),
  verdict: text('Verdict of this run: {verdict}.', '이번 실행의 판정: {verdict}.'),
};

const verdicts: Readonly<Record<Report['verdict'], Text>> = {
  valid: text('valid', '유효'),
  noisy: text(
    'noisy: bytes and counts stand, read the times with care',
    '잡음이 섞임: 바이트와 횟수는 정확하지만 시간은 주의해서 읽으십시오',
  ),
  invalid: text(
    'invalid: the trials marked “!” must not be used',
    '무효: “!” 표시가 있는 측정은 쓰지 마십시오',
  ),
};

const couldNotConnect = text('What could not connect', '연결하지 못한 것');

const block = (table: Table): Block => ({ kind: 'table', table });

/** Scenarios that the documents' tables ask about; a run without them has nothing to fill the tables with. */
const documented = new Set(['echo', 'push']);

/** If a run has none of these scenarios, a text replaces the two tables, whose rows would all be empty. */
function documentBlocks(report: Report, reader: Reader, wide: boolean): Block[] {
  if (isNothingMeasured(report)) return [];
  if (report.plan.target?.kind === 'foreign')
    return [{ kind: 'paragraph', text: say(reader, phrases.foreign) }];
  const asked = report.trials.some(({ scenario }) => documented.has(scenario));
  if (!asked) return [{ kind: 'paragraph', text: say(reader, phrases.documents) }];
  const first = firstValues(report);
  const swept = first.trials.length < ofFirstCarriage(report).trials.length;
  const byProtocol = protocolBlocks(firstOfEach(report), reader, wide);
  return [
    ...documentTables(first, reader).map(block),
    ...(swept ? [{ kind: 'paragraph', text: say(reader, phrases.sweep) } as const] : []),
    ...byProtocol,
  ];
}

/** Trials of the first protocol and the first kind of client: the sentences compare transports under the same ones. */
export const ofFirstCarriage = <Of extends Pick<Report, 'trials'>>(report: Of): Of => ({
  ...report,
  trials: ofFirstSpeaker(report).trials.filter(({ over }) => over === report.trials[0]?.over),
});

const ofFirstSpeaker = <Of extends Pick<Report, 'trials'>>(report: Of): Of => ({
  ...report,
  trials: report.trials.filter(({ spokenBy }) => spokenBy === report.trials[0]?.spokenBy),
});

/** The documents say nothing of sweeps, so their tables are filled from the first swept value. */
const firstValues = (report: Report): Report => ({
  ...report,
  trials: gathered(report.trials, ({ scenario }) => scenario).flatMap(
    (trials) => gathered(trials, conditionsOf)[0] ?? [],
  ),
});

/** The first swept value of each protocol. */
const firstOfEach = (report: Report): Report => ({
  ...report,
  trials: gathered(ofFirstSpeaker(report).trials, ({ over }) => over).flatMap(
    (trials) => firstValues({ ...report, trials: [...trials] }).trials,
  ),
});

/**
 * What a page of 80 columns shows: of several repeats only the typical one, because the summary covers all. An invalid
 * trial stays, so that the reader does not overlook it.
 */
function withoutRepeats(report: Report): Report {
  if (report.summary.length === 0) return report;
  const trials = gathered(report.trials, (trial) => [trial.scenario, conditionsOf(trial)]).flatMap((same) => [
    ...typicalTrials(same),
    ...same.filter(({ verdict }) => verdict === 'invalid'),
  ]);
  return { ...report, trials };
}

/** Bytes by layer of a sweep appear only in wide reports. */
const withoutSweeps = (report: Report): Report => ({
  ...report,
  trials: gathered(report.trials, ({ scenario }) => scenario)
    .filter((trials) => sweptAxes(trials).length === 0)
    .flat(),
});

const shownOf = (report: Report, wide: boolean) => (wide ? report : withoutRepeats(report));

function measured(report: Report, reader: Reader, wide: boolean): Block[] {
  const shown = shownOf(report, wide);
  const less = shown.trials.length < report.trials.length;
  return [
    ...carriageTables(report, reader).map(block),
    ...growth(report, reader),
    ...summaryTables(report, reader).map(block),
    ...measuredTables(shown, reader).map(block),
    ...herdCharts(shown.trials, reader),
    ...(less ? [{ kind: 'paragraph', text: say(reader, phrases.repeats) } as const] : []),
  ];
}

/** Whether the run counts, as a sentence. */
export const verdictText = ({ verdict }: Pick<Report, 'verdict'>, reader: Reader): string =>
  say(reader, phrases.verdict, { verdict: say(reader, verdicts[verdict]) });

/** A skin for hurried readers may take the parts in another order. */
export function parts(report: Report, reader: Reader, wide: boolean) {
  const said = sentences(ofFirstCarriage(report), reader);
  const predictions = predictionsTable(report, reader);
  const thresholds = thresholdsTable(report, reader);
  const notes = noteLines(report, reader);
  const unconnected = unconnectedLines(report, reader);
  const layered = wide ? report : withoutSweeps(withoutRepeats(report));
  return {
    caption: caption(report, reader),
    measured: measured(report, reader, wide),
    unconnected:
      unconnected.length > 0
        ? [{ kind: 'list', title: say(reader, couldNotConnect), items: unconnected }]
        : [],
    farSide: farSideBlocks(shownOf(report, wide), reader),
    browser: browserBlocks(report, reader),
    said: said.length > 0 ? [{ kind: 'list', title: sentencesTitle(report, reader), items: said }] : [],
    layers: layersTables(layered, reader, wide).map(block),
    documents: documentBlocks(report, reader, wide),
    prose: proseBlocks(report, reader, wide),
    predictions: predictions ? [block(predictions)] : [],
    thresholds: thresholds ? [block(thresholds)] : [],
    notes: [
      {
        kind: 'list',
        title: say(reader, phrases.notes),
        items: notes.length > 0 ? notes : [say(reader, phrases.noNotes)],
      },
    ],
    verdict: [
      {
        kind: 'paragraph',
        text: verdictText(report, reader),
      },
    ],
  } satisfies Record<string, Block[]>;
}

export function outline(report: Report, reader: Reader, wide: boolean): Block[] {
  const of = parts(report, reader, wide);
  return [
    ...[
      ...of.caption,
      ...of.measured,
      ...of.unconnected,
      ...of.farSide,
      ...of.browser,
      ...of.said,
      ...of.layers,
      ...of.documents,
    ],
    ...[...of.predictions, ...of.thresholds, ...of.notes, ...of.verdict],
  ];
}

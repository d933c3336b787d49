/**
 * What `run` shows on a terminal: the comparison, the documents' tables in short, a summary, where to find more, and
 * last whether the run counts. At most 60 lines of 80 columns for the usual run.
 */
import { type Phrase, type Reader, say, text } from '../../../base/text.ts';
import type { Report, Trial } from '../../../document/report.ts';
import { bytesPerEvent } from '../../../questions/claims/cost.ts';
import { typicalTrials } from '../../../questions/claims/evidence.ts';
import type { Block, Table } from '../../blocks/block.ts';
import { narrowCount } from '../../blocks/quantities.ts';
import { heads, noFigure } from '../../blocks/table-words.ts';
import { documentsInShort } from '../documents/tables-in-short.ts';
import { type Column, meanBytes, quantile, some } from '../scenarios/scenario-view.ts';
import { carriageTables } from './carriage-tables.ts';
import { breakable, groupsOf, marks } from './groups.ts';
import { growth } from './growth.ts';
import { headlines, headlinesTitle } from './headlines.ts';
import { shortTables } from './measured-table.ts';
import { noteLines } from './note-lines.ts';
import { ofFirstCarriage, parts } from './outline.ts';
import { fewSentences, sentencesTitle } from './sentences.ts';
import { summaryTables } from './summary-table.ts';
import { outcomeWord } from './unconnected.ts';

const phrases = {
  comparison: text(
    'A message and its echo, and an event that the server sends (~ noisy, ! invalid)',
    '메시지와 에코, 그리고 서버가 보낸 이벤트 (~ 잡음, ! 무효)',
  ),
  echoP50: text('echo p50 ms', '에코 p50 ms'),
  echoP95: text('echo p95 ms', '에코 p95 ms'),
  overhead: text('overhead B/msg', '오버헤드 B/메시지'),
  requests: text('HTTP requests', 'HTTP 요청'),
  connections: text('TCP conns', 'TCP 연결'),
  eventP50: text('event p50 ms', '이벤트 p50 ms'),
  perEvent: text('B per event', 'B/이벤트'),
  eventRequests: text('HTTP requests', 'HTTP 요청'),
  others: text('and {count} more, with --verbose', '이 밖에 {count}개는 --verbose'),
  more: text(
    'More: --verbose, `rtcompare tables`, --report html.',
    '더 보기: --verbose, `rtcompare tables`, --report html.',
  ),
} as const;

type Figure = ReturnType<Column['read']>;

interface Compared {
  readonly scenario: 'echo' | 'push';
  readonly head: Phrase;
  readonly read: (trial: Trial) => Figure;
}

const requests = ({ requests }: Trial) => narrowCount(requests);

/** Without p99: a few hundred samples are too few for a meaningful one. Reports have it. */
const compared: readonly Compared[] = [
  { scenario: 'echo', head: phrases.echoP50, read: quantile('p50') },
  { scenario: 'echo', head: phrases.echoP95, read: quantile('p95') },
  {
    scenario: 'echo',
    head: phrases.overhead,
    read: ({ perMessage }) => some(perMessage.overhead, meanBytes),
  },
  { scenario: 'echo', head: phrases.requests, read: requests },
  { scenario: 'echo', head: phrases.connections, read: ({ connections }) => narrowCount(connections) },
  { scenario: 'push', head: phrases.eventP50, read: quantile('p50') },
  { scenario: 'push', head: phrases.perEvent, read: (trial) => some(bytesPerEvent(trial), meanBytes) },
  { scenario: 'push', head: phrases.eventRequests, read: requests },
];

const worst = (trials: readonly Trial[]): string =>
  marks[
    (['invalid', 'noisy'] as const).find((one) => trials.some(({ verdict }) => verdict === one)) ?? 'valid'
  ];

/** Echo and push in one table, if the run has nothing else; otherwise null. */
function comparison(report: Report, reader: Reader): Table | null {
  if (report.plan.scenario !== 'echo,push') return null;
  const groups = groupsOf(report);
  if (groups.length > 2 || groups.some(({ axes }) => axes.length > 0)) return null;
  const of = (scenario: string, transport: string): Trial[] => {
    const all = report.trials.filter((trial) => trial.scenario === scenario && trial.transport === transport);
    const typical = typicalTrials(all);
    return typical.length > 0 ? typical : all.slice(0, 1);
  };
  const row = (transport: string): string[] => {
    const cells = compared.map(({ scenario, read }, index) => {
      const [trial] = of(scenario, transport);
      const failed = report.unconnected.find(
        (one) => one.transport === transport && one.scenario === scenario,
      );
      // The word for a failure to connect appears once, in place of the first figure of its scenario.
      if (trial === undefined && failed && compared[index - 1]?.scenario !== scenario)
        return outcomeWord(failed, reader);
      // During a run, this trial may not have been measured yet.
      if (trial === undefined && !report.trials.some((one) => one.scenario === scenario)) return '';
      const figure = trial === undefined || trial.verdict === 'invalid' ? undefined : read(trial);
      return figure === null ? say(reader, noFigure.tooFew) : (figure ?? say(reader, noFigure.none));
    });
    return [
      `${breakable(transport)}${worst([...of('echo', transport), ...of('push', transport)])}`,
      ...cells,
    ];
  };
  const names = (reference: boolean) =>
    report.plan.transports.filter((name) =>
      [...report.trials, ...report.unconnected].some(
        (one) => one.transport === name && one.reference === reference,
      ),
    );
  return {
    title: say(reader, phrases.comparison),
    shape: 'figures',
    dense: true,
    head: [say(reader, heads.transport), ...compared.map(({ head }) => say(reader, head))],
    align: ['left', ...compared.map(() => 'right' as const)],
    rows: names(false).map(row),
    references: names(true).map(row),
    notes: [],
  };
}

function measured(report: Report, reader: Reader): Block[] {
  const usual = comparison(report, reader);
  const tables =
    report.summary.length > 0 ? summaryTables(report, reader) : usual ? [usual] : shortTables(report, reader);
  const carried = carriageTables(report, reader);
  if (carried.length > 0) return carried.map((table): Block => ({ kind: 'table', table }));
  return [...growth(report, reader), ...tables.map((table): Block => ({ kind: 'table', table }))];
}

/** Each takes two or three lines; more of them would make a noisy run longer than 60 lines. */
const mostWarnings = 2;

/** Says why invalid trials do not count. Noisy ones are only marked in the table. */
function warnings(report: Report, reader: Reader): Block[] {
  const invalid = report.trials.filter(({ verdict }) => verdict === 'invalid');
  const all = [...headlines(report, reader), ...noteLines({ trials: invalid }, reader)];
  const items = all.slice(0, mostWarnings);
  if (all.length > items.length)
    items.push(say(reader, phrases.others, { count: String(all.length - items.length) }));
  return items.length > 0 ? [{ kind: 'list', title: say(reader, headlinesTitle), items }] : [];
}

export function firstLook(report: Report, reader: Reader): Block[] {
  const of = parts(report, reader, false);
  const first = ofFirstCarriage(report);
  return [
    ...of.caption,
    ...measured(report, reader),
    ...documentsInShort(report, reader),
    ...of.thresholds,
    ...warnings(report, reader),
    ...of.browser.slice(0, 1),
    { kind: 'list', title: sentencesTitle(report, reader), items: fewSentences(first, reader) },
    { kind: 'paragraph', text: say(reader, phrases.more) },
    ...of.verdict,
  ];
}

/** The comparison alone, as far as a run has come. */
export const comparisonSoFar = (report: Report, reader: Reader): Block[] => measured(report, reader);

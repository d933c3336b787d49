/**
 * What was measured: a table for each scenario, load and link, with a row for each trial. An invalid trial keeps its
 * row and loses its figures: readers remember a wrong number longer than any warning.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Report, Trial } from '../../../document/report.ts';
import { scenarioByName } from '../../../trial/scenarios/index.ts';
import type { Table } from '../../blocks/block.ts';
import { count, time } from '../../blocks/quantities.ts';
import { heads, noFigure } from '../../blocks/table-words.ts';
import { tellingOf } from '../scenarios/index.ts';
import { type Column, p99, type Telling, trialsOf } from '../scenarios/scenario-view.ts';
import { type Group, groupsOf, type Labelled, titleOn } from './groups.ts';
import { isPaced, loadText, sharesLoad } from './load-text.ts';
import { clockNote } from './target-notes.ts';
import { withUnconnected } from './unconnected.ts';

const phrases = {
  title: text('{scenario}: {question}', '{scenario}: {question}'),
  echo: text(
    'Echo: the client speaks, the server answers ({scenario})',
    '에코: 클라이언트가 보내고 서버가 되돌려 줌 ({scenario})',
  ),
  push: text('Push: the server speaks first ({scenario})', '푸시: 서버가 먼저 보냄 ({scenario})'),
  load: text('Load: {load}.', '부하: {load}.'),
  late: text('{transport} {time}', '{transport} {time}'),
  lateness: text(
    'Sent late, p99, and part of the times above: {details}.',
    '늦게 보낸 시간의 p99(위의 시간에 포함됨): {details}.',
  ),
  closed: text(
    'Closed loop: a client waits for each answer before it speaks again, and latency counts from sending, so it never sees the queue that an open loop would (coordinated omission).',
    '닫힌 루프: 응답을 받아야 다음 메시지를 보내고 지연은 보낸 때부터 측정하므로, 열린 루프라면 생겼을 대기열이 보이지 않습니다(coordinated omission).',
  ),
  writeCost: text(
    'On purpose, every write of the server burns {time} of CPU time.',
    '서버가 쓸 때마다 일부러 CPU 시간을 소모합니다: {time}.',
  ),
  references: text('Below the line: references to compare with.', '선 아래는 비교를 위한 기준.'),
  noisy: text('~ noisy: read its times with care.', '~ 잡음이 섞인 측정: 시간은 주의해서 읽으십시오.'),
  invalid: text(
    '! invalid: its figures are withheld; the notes say why.',
    '! 무효: 수치를 표시하지 않습니다. 이유는 참고에 있습니다.',
  ),
  delivery: text(
    '{transport}: {details} (of {sent} sent).',
    '{transport}: {details} (보낸 메시지 {sent}개 중).',
  ),
  error: text('{kind} × {count}', '{kind} × {count}'),
};

const outcomeTexts = {
  lost: text('{count} lost', '유실 {count}'),
  duplicated: text('{count} duplicated', '중복 {count}'),
  reordered: text('{count} out of order', '순서 바뀜 {count}'),
  sentAgain: text(
    '{count} sent again on the way, recognised by the server and taken once',
    '중간에서 다시 보낸 메시지 {count}, 서버가 알아보고 한 번만 처리',
  ),
};

type Told = Pick<Report, 'plan' | 'trials' | 'unconnected'>;

function row({ label, trial }: Labelled, columns: readonly Column[], reader: Reader): string[] {
  const cell = ({ read }: Column): string => {
    const figure = trial.verdict === 'invalid' ? undefined : read(trial);
    if (figure === null) return say(reader, noFigure.tooFew);
    return figure ?? say(reader, noFigure.none);
  };
  return [label, ...columns.map(cell)];
}

/** Lost, doubled and failed messages are given in words: in most runs a column of them would be empty. */
function deliveryNote({ label, trial }: Labelled, counted: Telling['counted'], reader: Reader): string[] {
  const { sent, errors } = trial.delivery;
  const outcomes = (['lost', 'duplicated', 'reordered', 'sentAgain'] as const).filter(
    (kind) => kind === 'sentAgain' || !counted?.includes(kind),
  );
  const details = [
    ...outcomes.flatMap((kind) =>
      trial.delivery[kind]
        ? say(reader, outcomeTexts[kind], { count: count(trial.delivery[kind] ?? 0) })
        : [],
    ),
    ...Object.entries(errors).flatMap(([kind, times]) =>
      times === 0 ? [] : say(reader, phrases.error, { kind, count: count(times) }),
    ),
  ];
  if (details.length === 0) return [];
  return [
    say(reader, phrases.delivery, { transport: label, details: details.join(', '), sent: count(sent) }),
  ];
}

/** The sender's lateness is part of the latencies, and no transport's fault: from this much on it is mentioned. */
const worthSayingNs = 1e6;

function latenessNote(group: Group, reader: Reader): string[] {
  if (!isPaced(group.scenario) || group.load.closed) return [];
  const late = [...group.chosen, ...group.references].flatMap(({ label, trial: { lateness, verdict } }) =>
    verdict !== 'invalid' && lateness.p99 !== null && lateness.p99 > worthSayingNs
      ? say(reader, phrases.late, { transport: label.replace(/\u00a0[~!]$/, ''), time: time(lateness.p99) })
      : [],
  );
  return late.length === 0 ? [] : [say(reader, phrases.lateness, { details: late.join(', ') })];
}

/** The load, if the caption could not give it for all tables. */
function loadNote({ scenario, load, axes }: Group, report: Told, reader: Reader): string[] {
  // The title of a swept table names its value, and `growth.ts` gives the rest.
  if (axes.length === 1 || sharesLoad(report)) return [];
  return [say(reader, phrases.load, { load: loadText(scenario, [load], reader) })];
}

/**
 * What changes the meaning of every figure of the table: a closed loop, and a server that is slowed down on purpose.
 */
function conditions({ load }: Group, reader: Reader): string[] {
  return [
    ...(load.closed ? [say(reader, phrases.closed)] : []),
    ...(load.writeCostUs > 0 ? [say(reader, phrases.writeCost, { time: time(load.writeCostUs * 1e3) })] : []),
  ];
}

/** The meaning of the marks beside names, if there are any. */
function marks(group: Group, reader: Reader): string[] {
  const has = (verdict: Trial['verdict']) => trialsOf(group).some((trial) => trial.verdict === verdict);
  return [
    ...(has('noisy') ? [say(reader, phrases.noisy)] : []),
    ...(has('invalid') ? [say(reader, phrases.invalid)] : []),
  ];
}

const meanings = (group: Group, telling: Telling, reader: Reader): string[] => [
  ...telling.legend(group, reader),
  ...conditions(group, reader),
  ...(group.references.length > 0 ? [say(reader, phrases.references)] : []),
];

/** The question in the scenario's own words; if this version does not know the scenario, what its latency means. */
function titleOf({ scenario, kind }: Group, reader: Reader): string {
  const question = scenarioByName(scenario)?.question;
  if (question) return say(reader, phrases.title, { scenario, question: say(reader, question) });
  return say(reader, kind === 'echo' ? phrases.echo : phrases.push, { scenario });
}

/** `short` leaves out what only a reader with time wants: p99, how late the sender was, what each column means. */
type Detail = 'full' | 'unexplained' | 'short';

function tableOf(group: Group, report: Told, reader: Reader, detail: Detail): Table {
  const telling = tellingOf(group);
  const readable = trialsOf(group).filter(({ verdict }) => verdict !== 'invalid');
  const columns = telling.columns.filter(
    (column) =>
      (!column.optional || readable.some((trial) => column.read(trial) !== undefined)) &&
      !(detail === 'short' && column === p99),
  );
  const rows = (measured: readonly Labelled[], reference: boolean) =>
    withUnconnected(
      measured.map((one) => ({ transport: one.trial.transport, cells: row(one, columns, reader) })),
      report,
      { place: group, columns: 1 + columns.length, reference },
      reader,
    );
  const legend = [...(detail === 'full' ? meanings(group, telling, reader) : []), ...marks(group, reader)];
  return {
    title: titleOn(titleOf(group, reader), group, report, reader),
    notes: [
      ...loadNote(group, report, reader),
      ...[...group.chosen, ...group.references].flatMap((one) => deliveryNote(one, telling.counted, reader)),
      ...clockNote(trialsOf(group), reader),
      ...(telling.notes?.(group, reader) ?? []),
      ...(detail === 'short' ? [] : latenessNote(group, reader)),
      ...(legend.length > 0 ? [legend.join(' ')] : []),
    ],
    shape: 'figures',
    head: [say(reader, heads.transport), ...columns.map(({ head }) => say(reader, head))],
    align: ['left', ...columns.map(() => 'right' as const)],
    rows: rows(group.chosen, false),
    references: rows(group.references, true),
  };
}

/** Of a sweep's tables only the last has explanations; the others look the same. */
export function measuredTables(report: Told, reader: Reader): Table[] {
  const groups = groupsOf(report);
  return groups.map((group, index) =>
    tableOf(group, report, reader, groups[index + 1]?.scenario === group.scenario ? 'unexplained' : 'full'),
  );
}

/** Of every scenario that was not swept. */
export const shortTables = (report: Told, reader: Reader): Table[] =>
  groupsOf(report)
    .filter(({ axes }) => axes.length === 0)
    .map((group) => tableOf(group, report, reader, 'short'));

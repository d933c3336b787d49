/**
 * Reports what a comparison of two weighings or two runs found: which transport, by how many bytes, and the name of the
 * cause.
 */
import { asTyped, type Reader, say, text } from '../../../base/text.ts';
import { addedBytes, isHeavier } from '../../../gate/differences.ts';
import type { Comparison } from '../../../gate/gate.ts';
import { isSlower, type TimeFinding, type TimesComparison } from '../../../gate/timings.ts';
import type { Block } from '../../blocks/block.ts';
import { gathered } from '../../blocks/gathered.ts';
import { decimal, time } from '../../blocks/quantities.ts';
import { comparisonTexts } from '../../blocks/titles.ts';
import { alikeText, notSeen } from './alike.ts';
import { type FindingLine, findingLines, findingText, type ToldFinding } from './finding-lines.ts';
import { notComparedText, notComparedTexts } from './not-compared.ts';
import { weighedBlocks } from './weighed-libraries.ts';

const phrases = {
  changed: text('What else changed', '그 밖에 달라진 것'),
  quicker: text('Quicker than the baseline', '기준보다 빨라진 것'),
  added: text('New, not compared: {names}', '새로 생겨 비교하지 않은 것: {names}'),
  handshakes: text(
    'handshakes of TLS: not compared, another OpenSSL ({after}, was {before})',
    'TLS 핸드셰이크: 비교하지 않음. OpenSSL 버전이 다름({before} → {after})',
  ),
  ratio: text('{median} ({low} to {high})', '{median}({low} ~ {high})'),
  isSlower: text(
    '{transport} {scenario} {metric}: {after} times tcp, was {before}: {change} slower',
    '{transport} {scenario} {metric}: tcp의 {after}배, 이전 {before}배: {change} 느림',
  ),
  isQuicker: text(
    '{transport} {scenario} {metric}: {after} times tcp, was {before}: {change} quicker',
    '{transport} {scenario} {metric}: tcp의 {after}배, 이전 {before}배: {change} 빠름',
  ),
  times: text(
    'Times, as ratios to tcp: {judged} compared, {slower} slower, {quicker} quicker.',
    '시간(tcp에 대한 비율): {judged}개 비교, {slower}개 느려짐, {quicker}개 빨라짐.',
  ),
  count: text('{heavier} heavier, {lighter} lighter.', '늘어난 것 {heavier}개, 줄어든 것 {lighter}개.'),
  meant: text(
    'Is that meant? `rtcompare check --update` writes it into the baseline, which you commit.',
    '의도한 변화라면 `rtcompare check --update`로 기준값 파일에 기록하고 커밋하면 됩니다.',
  ),
  same: text(
    'The wire weighs what the baseline says, to the byte.',
    '전송 바이트가 기준과 바이트 단위까지 같습니다.',
  ),
  sameOfCompared: text(
    'What was compared weighs the same, to the byte.',
    '비교한 항목은 바이트 단위까지 같습니다.',
  ),
};

const noTimes = {
  'another-machine': text(
    'Times are not compared: the baseline is of another machine, or of another version of Node.',
    '시간은 비교하지 않았습니다. 기준이 다른 컴퓨터나 다른 Node 버전에서 나왔습니다.',
  ),
  'no-intervals': text(
    'Times are not compared: an interval takes five repeats (--repeat 5) in both runs.',
    '시간은 비교하지 않았습니다. 구간을 구하려면 두 실행 모두 다섯 번 반복(--repeat 5)해야 합니다.',
  ),
};

/** `ws echo latency.p95: 1.9 times tcp (1.8 to 2.1), was 1.2 (1.1 to 1.3): 0.31 ms slower`. */
export function timeText(finding: TimeFinding, reader: Reader): string {
  const { transport, scenario, metric, before, after, addedNs } = finding;
  const ratio = ({ median, low, high }: TimeFinding['after']) =>
    say(reader, phrases.ratio, { median: decimal(median), low: decimal(low), high: decimal(high) });
  return say(reader, isSlower(finding) ? phrases.isSlower : phrases.isQuicker, {
    transport,
    scenario,
    metric,
    before: ratio(before),
    after: ratio(after),
    change: time(Math.abs(addedNs)),
  });
}

/** Two weighings, or two runs. For runs it also lists what changed without adding bytes. */
type Compared = Comparison & { readonly findings: readonly ToldFinding[] };

const titleOf = text('{title}: {scenarios}', '{title}: {scenarios}');
const notComparedTitle = text('Not compared', '비교하지 않은 것');
const nothingCompared = text('Nothing could be compared.', '비교할 수 있는 것이 없습니다.');

const noisyTimes = text(
  'Times are not compared: fewer than five repeats were calm. Run both again when the machine is less busy.',
  '시간은 비교하지 않음: 잡음이 없는 반복이 다섯 번보다 적었음. 컴퓨터가 한가할 때 두 실행을 다시 하십시오.',
);
const noisyRows = text(
  'Times left out, because fewer than five repeats were calm: {names}.',
  '잡음이 없는 반복이 다섯 번보다 적어 시간을 비교하지 않은 것: {names}.',
);

const list = (title: string, items: readonly string[]): Block[] =>
  items.length > 0 ? [{ kind: 'list', title, items }] : [];

function timesBlocks(times: TimesComparison | null, reader: Reader): Block[] {
  if (!times) return [];
  if (!times.compared)
    return [
      {
        kind: 'paragraph',
        text: times.why === 'noisy' ? say(reader, noisyTimes) : say(reader, noTimes[times.why]),
      },
    ];
  const noisy = times.noisy ?? [];
  const slower = times.findings.filter(isSlower);
  const quicker = times.findings.filter((finding) => !isSlower(finding));
  const told = (findings: readonly TimeFinding[]) => findings.map((finding) => timeText(finding, reader));
  return [
    ...list(say(reader, comparisonTexts.slower), told(slower)),
    ...list(say(reader, phrases.quicker), told(quicker)),
    {
      kind: 'paragraph',
      text: say(reader, phrases.times, {
        judged: String(times.judged),
        slower: String(slower.length),
        quicker: String(quicker.length),
      }),
    },
    ...(noisy.length > 0
      ? [{ kind: 'paragraph', text: say(reader, noisyRows, { names: noisy.join(', ') }) } as const]
      : []),
  ];
}

/** What `--json` prints: the comparison, each finding with the bytes it adds and its text. */
export const comparisonDocument = (comparison: Compared, reader: Reader) => ({
  schemaVersion: 1,
  ...comparison,
  notCompared: comparison.notCompared.map((one) => ({ ...one, text: say(reader, notComparedText(one)) })),
  findings: comparison.findings.map((finding) => ({
    ...finding,
    added: addedBytes(finding),
    heavier: isHeavier(finding),
    text: findingText(finding, reader),
  })),
  ...(comparison.alike && {
    alike: comparison.alike.map((one) => ({ ...one, text: alikeText(one, reader) })),
    ...(comparison.areRuns && { notSeen: say(reader, notSeen) }),
  }),
});

/** One list for each set of scenarios, named in the title. Findings of two weighings have no scenarios. */
const byScenario = (title: string, lines: readonly FindingLine[], reader: Reader): Block[] =>
  gathered(lines, ({ scenarios }) => scenarios).flatMap((same) => {
    const scenarios = same[0].scenarios.join(', ');
    return list(
      scenarios === '' ? title : say(reader, titleOf, { title, scenarios }),
      same.map(({ text }) => text),
    );
  });

const notComparedLines = ({ notCompared, otherOpenssl }: Compared, reader: Reader): string[] => [
  ...notComparedTexts(notCompared).map((one) => say(reader, one)),
  ...(otherOpenssl ? [say(reader, phrases.handshakes, otherOpenssl)] : []),
];

/** Findings first: what became heavier, what became lighter, what changed around it. */
export function comparisonBlocks(comparison: Compared, reader: Reader): Block[] {
  const { compared, findings, added, missing, environment, times, alike, areRuns, weighed } = comparison;
  const notCompared = notComparedLines(comparison, reader);
  const lines = findingLines(findings, reader);
  const heavier = lines.filter((line) => line.heavier);
  const lighter = lines.filter((line) => !line.heavier);
  return [
    ...weighedBlocks({ weighed }, reader),
    ...byScenario(say(reader, comparisonTexts.heavier), heavier, reader),
    ...byScenario(say(reader, comparisonTexts.lighter), lighter, reader),
    ...list(say(reader, notComparedTitle), notCompared),
    ...list(say(reader, phrases.changed), [
      ...environment,
      ...(alike ?? []).map((one) => alikeText(one, reader)),
      ...(added.length > 0 ? [say(reader, phrases.added, { names: added.join(', ') })] : []),
      ...missing.map((name) => say(reader, comparisonTexts.missing, { name })),
    ]),
    {
      kind: 'paragraph',
      text:
        findings.length > 0
          ? say(reader, phrases.count, { heavier: String(heavier.length), lighter: String(lighter.length) })
          : compared === 0
            ? say(reader, nothingCompared)
            : say(
                reader,
                added.length + missing.length + notCompared.length === 0
                  ? phrases.same
                  : phrases.sameOfCompared,
              ),
    },
    // Two weighings are compared with a baseline file that can be updated; two reports are not.
    ...(weighed && heavier.length > 0
      ? [{ kind: 'paragraph', text: asTyped(reader, say(reader, phrases.meant)) } as const]
      : []),
    ...(areRuns && compared > 0 ? [{ kind: 'paragraph', text: say(reader, notSeen) } as const] : []),
    ...timesBlocks(times, reader),
  ];
}

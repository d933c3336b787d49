/** What a comparison of two weighings or two runs found, told: which transport, by how many bytes, and the cause by its name. */

import { inEveryLanguage, say, type Text, text } from '../base/text.ts';
import { addedBytes, isHeavier } from '../gate/differences.ts';
import type { Comparison, NotCompared } from '../gate/gate.ts';
import { isSlower, type TimeFinding, type TimesComparison } from '../gate/timings.ts';
import { reasonText } from '../metrics/verdict.ts';
import { alikeText, notSeen } from './alike.ts';
import { type FindingLine, findingLines, findingText, type Told } from './finding-lines.ts';
import { gathered } from './groups.ts';
import type { Block } from './table.ts';
import { decimal, time } from './units.ts';
import type { Words } from './words.ts';

export { findingText };

/** `ws echo latency.p95: 1.9 times tcp (1.8 to 2.1), was 1.2 (1.1 to 1.3): 0.31 ms slower`. */
export function timeText(finding: TimeFinding, words: Words): string {
  const { transport, scenario, metric, before, after, addedNs } = finding;
  const ratio = ({ median, low, high }: TimeFinding['after']) =>
    words.say('finding.ratio', { median: decimal(median), low: decimal(low), high: decimal(high) });
  return words.say(isSlower(finding) ? 'finding.slower' : 'finding.quicker', {
    ...{ transport, scenario, metric, before: ratio(before), after: ratio(after) },
    change: time(Math.abs(addedNs)),
  });
}

const cannotBeRead = {
  invalid: {
    before: text(
      '{name}: not compared (invalid before: {reasons})',
      '{name}: 비교하지 않음. 이전 측정이 유효하지 않음({reasons})',
    ),
    after: text(
      '{name}: not compared (invalid now: {reasons})',
      '{name}: 비교하지 않음. 이번 측정이 유효하지 않음({reasons})',
    ),
    both: text(
      '{name}: not compared (invalid in both; now: {reasons})',
      '{name}: 비교하지 않음. 두 측정 모두 유효하지 않음(이번: {reasons})',
    ),
  },
  unconnected: {
    before: text(
      '{name}: not compared (could not connect before: {reasons})',
      '{name}: 비교하지 않음. 이전에는 연결하지 못함({reasons})',
    ),
    after: text(
      '{name}: not compared (cannot connect now: {reasons})',
      '{name}: 비교하지 않음. 이번에는 연결하지 못함({reasons})',
    ),
    both: text(
      '{name}: not compared (could connect in neither; now: {reasons})',
      '{name}: 비교하지 않음. 두 번 모두 연결하지 못함(이번: {reasons})',
    ),
  },
  interrupted: {
    before: text(
      '{name}: not compared (the run before was ended early)',
      '{name}: 비교하지 않음. 이전 실행이 도중에 중단됨',
    ),
    after: text(
      '{name}: not compared (the run now was ended early)',
      '{name}: 비교하지 않음. 이번 실행이 도중에 중단됨',
    ),
    both: text(
      '{name}: not compared (both runs were ended early)',
      '{name}: 비교하지 않음. 두 실행 모두 도중에 중단됨',
    ),
  },
} as const;

/** Why something that both were to measure is not compared. */
function notComparedText({ name, side, why, notes, told }: NotCompared): Text {
  if (why === 'interrupted') return inEveryLanguage(cannotBeRead.interrupted[side], { name });
  return inEveryLanguage(cannotBeRead[why][side], { name, reasons: told ?? reasonText(notes) });
}

/** What is left out for the same reason shares a line. */
export const notComparedTexts = (all: readonly NotCompared[]): Text[] =>
  gathered(all, ({ name: _, ...why }) => why).map(([first, ...others]) =>
    notComparedText({ ...first, name: [first, ...others].map(({ name }) => name).join(', ') }),
  );

/** Two weighings, or two runs, which say besides what changed without weighing more. */
type Compared = Comparison & { readonly findings: readonly Told[] };

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

function timesBlocks(times: TimesComparison | null, words: Words): Block[] {
  if (!times) return [];
  if (!times.compared)
    return [
      {
        kind: 'paragraph',
        text: times.why === 'noisy' ? say(words, noisyTimes) : words.say(`times.${times.why}`),
      },
    ];
  const noisy = times.noisy ?? [];
  const slower = times.findings.filter(isSlower);
  const quicker = times.findings.filter((finding) => !isSlower(finding));
  const told = (findings: readonly TimeFinding[]) => findings.map((finding) => timeText(finding, words));
  return [
    ...list(words.say('title.slower'), told(slower)),
    ...list(words.say('title.quicker'), told(quicker)),
    {
      kind: 'paragraph',
      text: words.say('times.count', {
        judged: String(times.judged),
        slower: String(slower.length),
        quicker: String(quicker.length),
      }),
    },
    ...(noisy.length > 0
      ? [{ kind: 'paragraph', text: say(words, noisyRows, { names: noisy.join(', ') }) } as const]
      : []),
  ];
}

const originTexts = {
  project: text('{libraries} of this folder', '이 폴더의 {libraries}'),
  'not-there': text(
    '{libraries} of rtcompare, as the folder has none',
    'rtcompare의 {libraries}(폴더에 없음)',
  ),
  'too-old': text(
    '{libraries} of rtcompare, as what the folder has ({theirs}) is too old to be spoken through',
    'rtcompare의 {libraries}(폴더의 {theirs}은(는) 너무 오래되어 쓸 수 없음)',
  ),
};
const weighedText = text('Weighed with Node {node}: {all}.', 'Node {node}에서 잰 것: {all}.');

/** Whose libraries were weighed: nobody should take ours for those of the project. */
function weighedBlocks({ weighed }: Pick<Comparison, 'weighed'>, words: Words): Block[] {
  if (!weighed?.origins) return [];
  const { node, dependencies, origins, tooOld = {} } = weighed;
  const all = (['project', 'not-there', 'too-old'] as const).flatMap((origin) => {
    const names = Object.keys(dependencies).filter((name) => origins[name] === origin);
    if (names.length === 0) return [];
    const listed = (versions: Readonly<Record<string, string>>) =>
      names.flatMap((name) => (versions[name] ? [`${name} ${versions[name]}`] : [])).join(', ');
    return [say(words, originTexts[origin], { libraries: listed(dependencies), theirs: listed(tooOld) })];
  });
  return [{ kind: 'paragraph', text: say(words, weighedText, { node, all: all.join('; ') }) }];
}

/** What `--json` prints: the comparison, its findings with what they add and how they read. */
export const comparisonDocument = (comparison: Compared, words: Words) => ({
  schemaVersion: 1,
  ...comparison,
  notCompared: comparison.notCompared.map((one) => ({ ...one, text: words.tell(notComparedText(one)) })),
  findings: comparison.findings.map((finding) => ({
    ...finding,
    added: addedBytes(finding),
    heavier: isHeavier(finding),
    text: findingText(finding, words),
  })),
  ...(comparison.alike && {
    alike: comparison.alike.map((one) => ({ ...one, text: alikeText(one, words) })),
    ...(comparison.areRuns && { notSeen: say(words, notSeen) }),
  }),
});

/** A list a set of scenarios, which its title names; weighings have none. */
const byScenario = (title: string, lines: readonly FindingLine[], words: Words): Block[] =>
  gathered(lines, ({ scenarios }) => scenarios).flatMap((same) => {
    const scenarios = same[0].scenarios.join(', ');
    return list(
      scenarios === '' ? title : say(words, titleOf, { title, scenarios }),
      same.map(({ text }) => text),
    );
  });

/** Findings first: what became heavier, what became lighter, what changed around it. */
export function comparisonBlocks(
  { compared, findings, notCompared, added, missing, environment, times, alike, areRuns, weighed }: Compared,
  words: Words,
): Block[] {
  const lines = findingLines(findings, words);
  const heavier = lines.filter((line) => line.heavier);
  const lighter = lines.filter((line) => !line.heavier);
  return [
    ...weighedBlocks({ weighed }, words),
    ...byScenario(words.say('title.heavier'), heavier, words),
    ...byScenario(words.say('title.lighter'), lighter, words),
    ...list(
      say(words, notComparedTitle),
      notComparedTexts(notCompared).map((one) => words.tell(one)),
    ),
    ...list(words.say('title.changed'), [
      ...environment,
      ...(alike ?? []).map((one) => alikeText(one, words)),
      ...added.map((name) => words.say('finding.added', { name })),
      ...missing.map((name) => words.say('finding.missing', { name })),
    ]),
    {
      kind: 'paragraph',
      text:
        findings.length > 0
          ? words.say('check.count', { heavier: String(heavier.length), lighter: String(lighter.length) })
          : compared === 0
            ? say(words, nothingCompared)
            : words.say(
                added.length + missing.length + notCompared.length === 0 ? 'check.same' : 'check.sameOfBoth',
              ),
    },
    ...(areRuns && compared > 0 ? [{ kind: 'paragraph', text: say(words, notSeen) } as const] : []),
    ...timesBlocks(times, words),
  ];
}

/** What a comparison of two weighings found, told: which transport, by how many bytes, and the cause by its name. */

import { inEveryLanguage, say, type Text, text } from '../base/text.ts';
import { type Alike, addedBytes, type Finding, isHeavier } from '../gate/differences.ts';
import type { Comparison, NotCompared } from '../gate/gate.ts';
import { isSlower, type TimeFinding, type TimesComparison } from '../gate/timings.ts';
import { reasonText } from '../metrics/verdict.ts';
import type { Block } from './table.ts';
import { decimal, exact, time } from './units.ts';
import type { Words } from './words.ts';

const signed = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : '±'}${exact(Math.abs(value))}`;

/** `header \`x-powered-by: Express\``, `websocket masking-key`. */
function named({ layer, name, sample }: Finding, words: Words): string {
  if (layer !== 'http') return words.say('finding.field', { layer: layer ?? '', name: name ?? '' });
  return words.say('finding.header', { line: sample ?? name ?? '' });
}

function causeText(finding: Finding, words: Words): string {
  const { cause, bytes, count } = finding;
  const [before, after] = [exact(count.before), exact(count.after)];
  switch (cause) {
    case 'new':
      return words.say('finding.new', { what: named(finding, words) });
    case 'gone':
      return words.say('finding.gone', { what: named(finding, words) });
    case 'size':
      return words.say('finding.size', {
        what: named(finding, words),
        before: exact(bytes.before),
        after: exact(bytes.after),
      });
    case 'count':
      return words.say('finding.count', { what: named(finding, words), before, after });
    case 'requests':
      return words.say('finding.requests', { before, after });
    case 'connections':
      return words.say('finding.connections', { before, after });
    case 'stage':
      return words.say(finding.count.after > 0 ? 'finding.stageNew' : 'finding.stageGone');
  }
}

export function findingText(finding: Finding, words: Words): string {
  return words.say('finding.line', {
    transport: finding.transport,
    bytes: signed(addedBytes(finding)),
    stage: words.say(`stage.${finding.stage}`),
    direction: words.say(`direction.${finding.direction}`),
    cause: causeText(finding, words),
  });
}

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
      '{name} is not compared: it was invalid before ({reasons})',
      '{name}: 비교하지 않음. 이전 측정이 유효하지 않음({reasons})',
    ),
    after: text(
      '{name} is not compared: it is invalid now ({reasons})',
      '{name}: 비교하지 않음. 이번 측정이 유효하지 않음({reasons})',
    ),
    both: text(
      '{name} is not compared: it is invalid in both (now: {reasons})',
      '{name}: 비교하지 않음. 두 측정 모두 유효하지 않음(이번: {reasons})',
    ),
  },
  interrupted: {
    before: text(
      '{name} is not compared: the run before was ended early',
      '{name}: 비교하지 않음. 이전 실행이 도중에 중단됨',
    ),
    after: text(
      '{name} is not compared: the run now was ended early',
      '{name}: 비교하지 않음. 이번 실행이 도중에 중단됨',
    ),
    both: text(
      '{name} is not compared: both runs were ended early',
      '{name}: 비교하지 않음. 두 실행 모두 도중에 중단됨',
    ),
  },
} as const;

/** Why something that both were to measure is not compared. */
export const notComparedText = ({ name, side, why, notes }: NotCompared): Text =>
  why === 'invalid'
    ? inEveryLanguage(cannotBeRead.invalid[side], { name, reasons: reasonText(notes) })
    : inEveryLanguage(cannotBeRead.interrupted[side], { name });

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
    '{libraries} of rtcompare, as what the folder has is too old to be spoken through',
    'rtcompare의 {libraries}(폴더의 것은 너무 오래되어 쓸 수 없음)',
  ),
};
const weighedText = text('Weighed with Node {node}: {all}.', 'Node {node}에서 잰 것: {all}.');

/** Whose libraries were weighed: nobody should take ours for those of the project. */
function weighedBlocks({ weighed }: Comparison, words: Words): Block[] {
  if (!weighed?.origins) return [];
  const { node, dependencies, origins } = weighed;
  const all = (['project', 'not-there', 'too-old'] as const).flatMap((origin) => {
    const names = Object.keys(dependencies).filter((name) => origins[name] === origin);
    const libraries = names.map((name) => `${name} ${dependencies[name]}`).join(', ');
    return names.length > 0 ? [say(words, originTexts[origin], { libraries })] : [];
  });
  return [{ kind: 'paragraph', text: say(words, weighedText, { node, all: all.join('; ') }) }];
}

const alikeTexts = {
  line: text(
    '{transports}, {direction}: `{before}` is now `{after}`, which weighs the same',
    '{transports}, {direction}: `{before}` 대신 `{after}`, 바이트 수는 같음',
  ),
  order: text(
    '{transports}, {direction}: the headers come in another order: {after}',
    '{transports}, {direction}: 헤더의 순서가 바뀜: {after}',
  ),
};

const alikeText = ({ what, transports, direction, before, after }: Alike, words: Words): string =>
  say(words, alikeTexts[what], {
    ...{ transports: transports.join(', '), before, after },
    direction: words.say(`direction.${direction}`),
  });

/** What `--json` prints: the comparison, its findings with what they add and how they read. */
export const comparisonDocument = (comparison: Comparison, words: Words) => ({
  schemaVersion: 1,
  ...comparison,
  notCompared: comparison.notCompared.map((one) => ({ ...one, text: words.tell(notComparedText(one)) })),
  findings: comparison.findings.map((finding) => ({
    ...finding,
    added: addedBytes(finding),
    heavier: isHeavier(finding),
    text: findingText(finding, words),
  })),
});

/** Findings first: what became heavier, what became lighter, what changed around it. */
export function comparisonBlocks(comparison: Comparison, words: Words): Block[] {
  const { compared, findings, notCompared, added, missing, environment, times } = comparison;
  const heavier = findings.filter(isHeavier);
  const lighter = findings.filter((finding) => !isHeavier(finding));
  const told = (some: readonly Finding[]) => some.map((finding) => findingText(finding, words));
  return [
    ...weighedBlocks(comparison, words),
    ...list(words.say('title.heavier'), told(heavier)),
    ...list(words.say('title.lighter'), told(lighter)),
    ...list(
      say(words, notComparedTitle),
      notCompared.map((one) => words.tell(notComparedText(one))),
    ),
    ...list(words.say('title.changed'), [
      ...environment,
      ...(comparison.alike ?? []).map((one) => alikeText(one, words)),
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
    ...timesBlocks(times, words),
  ];
}

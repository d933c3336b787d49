/**
 * Reports what moved between two inspections: in which exchange, event or packet, by how many bytes, and the name of
 * the cause.
 */
import { inEveryLanguage, type Phrase, type Reader, say, type Text, text } from '../../../base/text.ts';
import {
  addedBytes,
  type Change,
  type InspectionComparison,
  isImprovement,
} from '../../../gate/inspection-differences.ts';
import type { Block } from '../../blocks/block.ts';
import { exact, signed } from '../../blocks/quantities.ts';
import { inspectionThresholdBlocks } from './inspection-rules.ts';

type Told = 'bytes' | 'kinds' | 'what' | 'before' | 'after' | 'times' | 'change';

const phrases: Readonly<Record<Change['cause'], Phrase<Told>>> = {
  'new-kind': text('{bytes}: new, {times}: {kinds}', '{bytes}: 새로 생김, {times}: {kinds}'),
  'gone-kind': text('{bytes}: not there any more: {kinds}', '{bytes}: 없어짐: {kinds}'),
  more: text(
    '{bytes} in all: {kinds} comes {times} instead of {before}',
    '모두 {bytes}: {kinds}, {before}번 대신 {times}',
  ),
  fewer: text(
    '{bytes} in all: {kinds} comes {times} instead of {before}',
    '모두 {bytes}: {kinds}, {before}번 대신 {times}',
  ),
  new: text('{bytes} each: new {what} in {kinds}', '하나마다 {bytes}: 새 {what}, {kinds}'),
  gone: text('{bytes} each: {what} is gone from {kinds}', '하나마다 {bytes}: {what} 없어짐, {kinds}'),
  size: text('{bytes} each: {what} in {kinds}{change}', '하나마다 {bytes}: {what}, {kinds}{change}'),
  count: text(
    '{bytes} each: {what} in {kinds} comes {times} instead of {before}',
    '하나마다 {bytes}: {what}, {kinds}, {before}번 대신 {times}',
  ),
  text: text(
    '{bytes}, but it reads differently: {what} in {kinds}{change}',
    '{bytes}, 내용만 바뀜: {what}, {kinds}{change}',
  ),
  order: text('{bytes}, but in another order: {kinds}: {after}', '{bytes}, 순서만 바뀜: {kinds}: {after}'),
  connections: text(
    '{after} connections instead of {before} that begin with {kinds}',
    '{kinds} 요청으로 시작하는 연결이 {before}개 대신 {after}개',
  ),
};

const changed = text(': `{before}` → `{after}`', ': `{before}` → `{after}`');
const once = text('once', '한 번');
const often = text('{after} times', '{after}번');
const header = text('header `{line}`', '헤더 `{line}`');
const requestLine = text('request line `{line}`', '요청 줄 `{line}`');
const directions = {
  up: text('{field}, to the server', '서버로 보내는 {field}'),
  down: text('{field}, from the server', '서버가 보내는 {field}'),
};

function what({ field, text: { before, after } }: Change): Text | string {
  if (!field) return '';
  const { layer, name, direction } = field;
  if (layer !== 'http' || name === 'blank-line' || name === 'status-line')
    return inEveryLanguage(directions[direction], { field: `${layer} ${name}` });
  const line = changedLines(before, after) || changedLines(after, before) || name;
  return inEveryLanguage(name === 'request-line' ? requestLine : header, { line });
}

/** A header may occur several times, one line each: these are the lines that only the second inspection has. */
function changedLines(before: string | null, after: string | null): string {
  const known = new Set(before?.split('\n'));
  return (after?.split('\n') ?? []).filter((line) => !known.has(line)).join('`, `');
}

export function changeText(change: Change): Text {
  const {
    cause,
    kinds,
    count,
    text: { before, after },
  } = change;
  // Where lines were added or removed, the line itself is shown.
  const reads = before !== null && after !== null && before !== after && cause !== 'count';
  return inEveryLanguage(phrases[cause], {
    bytes: `${signed(addedBytes(change))} B`,
    kinds: kinds.join(', '),
    what: what(change),
    before: cause === 'order' ? (before ?? '') : exact(count.before),
    after: cause === 'order' ? (after ?? '') : exact(count.after),
    times: count.after === 1 ? once : inEveryLanguage(often, { after: exact(count.after) }),
    change: reads ? inEveryLanguage(changed, { before, after }) : '',
  });
}

const titles = {
  heavier: text('More than before, or otherwise', '늘었거나 달라진 것'),
  lighter: text('Less than before', '줄어든 것'),
};
const verdicts = {
  same: text(
    'The application says what it said before: {compared} kinds of exchanges, events and messages, to the byte.',
    '애플리케이션이 주고받은 것이 이전과 같습니다. 요청, 이벤트, 메시지 {compared}종류를 바이트까지 비교했습니다.',
  ),
  other: text(
    '{heavier} changes for the worse, {lighter} for the better.',
    '나빠진 것 {heavier}개, 나아진 것 {lighter}개.',
  ),
  unsteady: text(
    'Left out, because another at each visit: values of {names}.',
    '방문할 때마다 달라서 비교하지 않은 값: {names}.',
  ),
  varied: text('Too varied to be compared whole: {names}.', '너무 다양해서 일부만 비교한 것: {names}.'),
};

const list = (title: string, changes: readonly Change[], reader: Reader): Block[] =>
  changes.length > 0
    ? [{ kind: 'list', title, items: changes.map((one) => say(reader, changeText(one))) }]
    : [];

const paragraph = (content: string): Block => ({ kind: 'paragraph', text: content });

export function inspectionComparisonBlocks(comparison: InspectionComparison, reader: Reader): Block[] {
  const { changes, unsteady, varied, compared, thresholds } = comparison;
  const lighter = changes.filter(isImprovement);
  const heavier = changes.filter((change) => !isImprovement(change));
  const counts = { heavier: String(heavier.length), lighter: String(lighter.length) };
  return [
    ...list(say(reader, titles.heavier), heavier, reader),
    ...list(say(reader, titles.lighter), lighter, reader),
    paragraph(
      changes.length === 0
        ? say(reader, verdicts.same, { compared: String(compared) })
        : say(reader, verdicts.other, counts),
    ),
    ...(unsteady.length > 0
      ? [paragraph(say(reader, verdicts.unsteady, { names: unsteady.join(', ') }))]
      : []),
    ...(varied.length > 0 ? [paragraph(say(reader, verdicts.varied, { names: varied.join(', ') }))] : []),
    ...inspectionThresholdBlocks(thresholds, reader),
  ];
}

/** What `--json` prints: the comparison, each change with the bytes it adds and its text. */
export const inspectionComparisonDocument = (comparison: InspectionComparison, reader: Reader) => ({
  schemaVersion: 1,
  ...comparison,
  changes: comparison.changes.map((change) => ({
    ...change,
    added: addedBytes(change),
    improves: isImprovement(change),
    text: say(reader, changeText(change)),
  })),
});

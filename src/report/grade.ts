/** A graded server, told: its points, what holds, and what does not, each with what was seen, a hint and the bytes. */
import { say, text } from '../base/text.ts';
import type { BytesLine } from '../questions/grading/evidence.ts';
import type { Grade, SentenceOutcome } from '../questions/grading/grade.ts';
import { doubtfulMs } from '../questions/grading/ground.ts';
import type { Block } from './table.ts';
import type { Words } from './words.ts';

const told = {
  title: text('{name}: {points} of {most} points ({kind})', '{name}: {most}점 중 {points}점 ({kind})'),
  holds: text('What holds', '맞는 문장'),
  one: text('{text} ({id}, {points})', '{text} ({id}, {points})'),
  broken: text('DOES NOT HOLD: {text} ({id}, 0 of {most})', '맞지 않음: {text} ({id}, {most}점 중 0점)'),
  unasked: text('What was not asked: {why}', '검사하지 않은 문장: {why}'),
  seen: text('Seen: {seen}', '결과: {seen}'),
  hint: text('Hint: {hint}', '힌트: {hint}'),
  said: text('The server said: {line}', '서버의 출력: {line}'),
  up: text(
    'bytes, client {who} → server, {bytes} B: {shown}',
    '바이트, 클라이언트 {who} → 서버, {bytes} B: {shown}',
  ),
  down: text(
    'bytes, server → client {who}, {bytes} B: {shown}',
    '바이트, 서버 → 클라이언트 {who}, {bytes} B: {shown}',
  ),
  leftOut: text('(in between: {count} more)', '(그 사이에 {count}줄이 더 있음)'),
  silent: text('not a byte went either way', '어느 쪽으로도 바이트가 오가지 않았습니다'),
  busy: text(
    'This machine was busy: it kept timers waiting for up to {ms} ms. What was “not within 2 s” may only have been late; grade again when it is quiet.',
    '이 컴퓨터가 바빠서 타이머가 {ms} ms까지 늦었습니다. “2초 안에” 오지 않았다는 것은 늦었을 뿐일 수 있으니 한가할 때 다시 검사하십시오.',
  ),
  all: text('Every sentence holds.', '모든 문장이 맞습니다.'),
  some: text(
    '{count} of {all} sentences do not hold or were not asked. What a server has to speak stands in docs/wire-formats.md.',
    '문장 {all}개 중 {count}개가 맞지 않거나 검사하지 못했습니다. 서버가 지킬 형식은 docs/wire-formats.md에 있습니다.',
  ),
};

export interface Graded {
  readonly name: string;
  readonly grade: Grade;
}

export function gradeBlocks({ name, grade }: Graded, words: Words): Block[] {
  const { points, most, kind, outcomes } = grade;
  const of = (state: SentenceOutcome['state']) => outcomes.filter((outcome) => outcome.state === state);
  const [holding, broken, unasked] = [of('holds'), of('broken'), of('unasked')];
  const bad = broken.length + unasked.length;
  return [
    {
      kind: 'heading',
      text: say(words, told.title, { name, points: String(points), most: String(most), kind }),
    },
    ...listOf(say(words, told.holds), holding, words),
    ...broken.map((outcome) => brokenBlock(outcome, words)),
    ...listOf(
      say(words, told.unasked, { why: unasked[0]?.seen ? words.tell(unasked[0].seen) : '' }),
      unasked,
      words,
    ),
    ...(bad > 0 ? busyNote(grade, words) : []),
    {
      kind: 'paragraph',
      strong: true,
      text:
        bad === 0
          ? say(words, told.all)
          : say(words, told.some, { count: String(bad), all: String(outcomes.length) }),
    },
  ];
}

export const busyNote = ({ loopMaxMs }: Pick<Grade, 'loopMaxMs'>, words: Words): Block[] =>
  loopMaxMs > doubtfulMs
    ? [{ kind: 'paragraph', text: say(words, told.busy, { ms: String(Math.round(loopMaxMs)) }) }]
    : [];

function listOf(title: string, outcomes: readonly SentenceOutcome[], words: Words): Block[] {
  const items = outcomes.map(({ text: sentence, id, points, most }) =>
    say(words, told.one, { text: words.tell(sentence), id, points: `${points}/${most}` }),
  );
  return items.length > 0 ? [{ kind: 'list', title, items }] : [];
}

function brokenBlock(outcome: SentenceOutcome, words: Words): Block {
  const { text: sentence, id, most, seen, hint, bytes, leftOut, lastWords } = outcome;
  const lines = bytes.map((line) => lineText(line, words));
  const half = Math.ceil(lines.length / 2);
  const shown =
    leftOut > 0
      ? [...lines.slice(0, half), say(words, told.leftOut, { count: String(leftOut) }), ...lines.slice(half)]
      : lines;
  return {
    kind: 'list',
    title: say(words, told.broken, { text: words.tell(sentence), id, most: String(most) }),
    items: [
      ...(seen ? [say(words, told.seen, { seen: words.tell(seen) })] : []),
      ...(hint ? [say(words, told.hint, { hint: words.tell(hint) })] : []),
      ...lastWords.map((line) => say(words, told.said, { line })),
      ...(shown.length > 0 ? shown : [say(words, told.silent)]),
    ],
  };
}

const lineText = ({ connection, direction, bytes, shown, hex }: BytesLine, words: Words): string =>
  say(words, told[direction], {
    who: String(connection),
    bytes: String(bytes),
    shown: hex === undefined ? shown : `${shown} [${hex}]`,
  });

/** What `--json` prints of one server. */
export const gradeDocument = ({ name, grade }: Graded, words: Words) => ({
  name,
  kind: grade.kind,
  points: grade.points,
  most: grade.most,
  loopMaxMs: grade.loopMaxMs,
  sentences: grade.outcomes.map(({ text: sentence, seen, hint, ...rest }) => ({
    ...rest,
    text: words.tell(sentence),
    seen: seen && words.tell(seen),
    hint: hint && words.tell(hint),
  })),
});

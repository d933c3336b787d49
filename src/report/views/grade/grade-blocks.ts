/**
 * The result of grading a server: its points, what holds, and what does not, each with what was seen, a hint and the
 * bytes.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { BytesLine } from '../../../questions/grading/fault-bytes.ts';
import type { Grade, SentenceOutcome } from '../../../questions/grading/grade.ts';
import { doubtfulMs } from '../../../questions/grading/ground.ts';
import type { Block } from '../../blocks/block.ts';

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

export function gradeBlocks({ name, grade }: Graded, reader: Reader): Block[] {
  const { points, most, kind, outcomes } = grade;
  const of = (state: SentenceOutcome['state']) => outcomes.filter((outcome) => outcome.state === state);
  const [holding, broken, unasked] = [of('holds'), of('broken'), of('unasked')];
  const bad = broken.length + unasked.length;
  return [
    {
      kind: 'heading',
      text: say(reader, told.title, { name, points: String(points), most: String(most), kind }),
    },
    ...listOf(say(reader, told.holds), holding, reader),
    ...broken.map((outcome) => brokenBlock(outcome, reader)),
    ...listOf(
      say(reader, told.unasked, { why: unasked[0]?.seen ? say(reader, unasked[0].seen) : '' }),
      unasked,
      reader,
    ),
    ...(bad > 0 ? busyNote(grade, reader) : []),
    {
      kind: 'paragraph',
      strong: true,
      text:
        bad === 0
          ? say(reader, told.all)
          : say(reader, told.some, { count: String(bad), all: String(outcomes.length) }),
    },
  ];
}

export const busyNote = ({ loopMaxMs }: Pick<Grade, 'loopMaxMs'>, reader: Reader): Block[] =>
  loopMaxMs > doubtfulMs
    ? [{ kind: 'paragraph', text: say(reader, told.busy, { ms: String(Math.round(loopMaxMs)) }) }]
    : [];

function listOf(title: string, outcomes: readonly SentenceOutcome[], reader: Reader): Block[] {
  const items = outcomes.map(({ text: sentence, id, points, most }) =>
    say(reader, told.one, { text: say(reader, sentence), id, points: `${points}/${most}` }),
  );
  return items.length > 0 ? [{ kind: 'list', title, items }] : [];
}

function brokenBlock(outcome: SentenceOutcome, reader: Reader): Block {
  const { text: sentence, id, most, seen, hint, bytes, leftOut, lastWords } = outcome;
  const lines = bytes.map((line) => lineText(line, reader));
  const half = Math.ceil(lines.length / 2);
  const shown =
    leftOut > 0
      ? [...lines.slice(0, half), say(reader, told.leftOut, { count: String(leftOut) }), ...lines.slice(half)]
      : lines;
  return {
    kind: 'list',
    title: say(reader, told.broken, { text: say(reader, sentence), id, most: String(most) }),
    items: [
      ...(seen ? [say(reader, told.seen, { seen: say(reader, seen) })] : []),
      ...(hint ? [say(reader, told.hint, { hint: say(reader, hint) })] : []),
      ...lastWords.map((line) => say(reader, told.said, { line })),
      ...(shown.length > 0 ? shown : [say(reader, told.silent)]),
    ],
  };
}

const lineText = ({ connection, direction, bytes, shown, hex }: BytesLine, reader: Reader): string =>
  say(reader, told[direction], {
    who: String(connection),
    bytes: String(bytes),
    shown: hex === undefined ? shown : `${shown} [${hex}]`,
  });

/** What `--json` prints of one server. */
export const gradeDocument = ({ name, grade }: Graded, reader: Reader) => ({
  name,
  kind: grade.kind,
  points: grade.points,
  most: grade.most,
  loopMaxMs: grade.loopMaxMs,
  sentences: grade.outcomes.map(({ text: sentence, seen, hint, ...rest }) => ({
    ...rest,
    text: say(reader, sentence),
    seen: seen && say(reader, seen),
    hint: hint && say(reader, hint),
  })),
});

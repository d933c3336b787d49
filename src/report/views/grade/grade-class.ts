/** The results of a class: a row for each submission, and which requirements most of them fail. */
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import type { Block } from '../../blocks/block.ts';
import { busyNote, type Graded, gradeDocument } from './grade-blocks.ts';

/** A submission that could not be graded, and why. */
export interface Ungraded {
  readonly name: string;
  readonly why: Text;
}

export type ClassRow = Graded | Ungraded;

const told = {
  title: text('{count} submissions in {folder}', '{folder}의 제출물 {count}개'),
  name: text('submission', '제출물'),
  kind: text('format', '형식'),
  points: text('points', '점수'),
  broken: text('what does not hold', '맞지 않는 문장'),
  holds: text('everything holds', '모두 맞습니다'),
  sums: text(
    'Everything holds for {whole} of {count}; {none} could not be graded.',
    '{count}개 중 {whole}개는 모두 맞습니다. {none}개는 검사할 수 없었습니다.',
  ),
  often: text('What most often does not hold', '가장 자주 맞지 않는 문장'),
  oftenOne: text('{times} of {count}: {text} ({id})', '{count}개 중 {times}개: {text} ({id})'),
  more: text(
    '`rtcompare grade {name}` shows one of them with hints and bytes.',
    '`rtcompare grade {name}` 명령이 하나를 힌트와 바이트까지 보여 줍니다.',
  ),
};

const mostOften = 5;

const isGraded = (row: ClassRow): row is Graded => 'grade' in row;

const brokenIn = ({ grade }: Graded) => grade.outcomes.filter(({ state }) => state === 'broken');

export function classBlocks(folder: string, rows: readonly ClassRow[], reader: Reader): Block[] {
  const graded = rows.filter(isGraded);
  const whole = graded.filter(({ grade }) => grade.points === grade.most).length;
  return [
    {
      kind: 'table',
      table: {
        title: say(reader, told.title, { count: String(rows.length), folder }),
        notes: [
          say(reader, told.sums, {
            whole: String(whole),
            count: String(rows.length),
            none: String(rows.length - graded.length),
          }),
        ],
        shape: 'figures',
        head: [told.name, told.kind, told.points, told.broken].map((one) => say(reader, one)),
        align: ['left', 'left', 'right', 'left'],
        rows: rows.map((row) => cellsOf(row, reader)),
      },
    },
    ...often(graded, reader),
    ...busyNote({ loopMaxMs: Math.max(0, ...graded.map(({ grade }) => grade.loopMaxMs)) }, reader),
    ...next(folder, graded, reader),
  ];
}

function cellsOf(row: ClassRow, reader: Reader): string[] {
  if (!isGraded(row)) return [row.name, '-', '0', say(reader, row.why)];
  const { points, most, kind } = row.grade;
  const ids = brokenIn(row).map(({ id }) => id);
  return [row.name, kind, `${points}/${most}`, ids.length > 0 ? ids.join(', ') : say(reader, told.holds)];
}

function often(graded: readonly Graded[], reader: Reader): Block[] {
  const times = new Map<string, { count: number; text: Text; id: string }>();
  for (const { id, text: sentence } of graded.flatMap(brokenIn)) {
    const key = sentence.en;
    times.set(key, { id, text: sentence, count: (times.get(key)?.count ?? 0) + 1 });
  }
  const items = [...times.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, mostOften)
    .map(({ count, text: sentence, id }) =>
      say(reader, told.oftenOne, {
        times: String(count),
        count: String(graded.length),
        text: say(reader, sentence),
        id,
      }),
    );
  return items.length > 0 ? [{ kind: 'list', title: say(reader, told.often), items }] : [];
}

function next(folder: string, graded: readonly Graded[], reader: Reader): Block[] {
  const first = graded.find((one) => brokenIn(one).length > 0);
  if (!first) return [];
  const name = `${folder.replace(/[\\/]+$/, '')}/${first.name}`;
  return [{ kind: 'paragraph', text: say(reader, told.more, { name }) }];
}

/** What `--json` prints of a class. */
export const classDocument = (folder: string, rows: readonly ClassRow[], reader: Reader) => ({
  folder,
  submissions: rows.map((row) =>
    isGraded(row) ? gradeDocument(row, reader) : { name: row.name, points: 0, why: say(reader, row.why) },
  ),
});

/** The exercises of `grade`: the list, and one exercise with its server, to be read or worked on. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Exercise } from '../../../questions/grading/exercises/exercise.ts';
import { unbroken } from '../../blocks/command-text.ts';
import { wrap } from '../../skins/wrap.ts';

const columns = 80;

const told = {
  title: text('Exercises: servers with a flaw', '연습: 흠이 있는 서버'),
  next: text(
    '`rtcompare grade --exercise 1` shows one, with --write FOLDER it is written to work on, and `rtcompare grade --exercise 1 FOLDER` grades what came of it.',
    '`rtcompare grade --exercise 1` 명령이 하나를 보여 주고, --write FOLDER를 더하면 고쳐 볼 파일을 만듭니다. `rtcompare grade --exercise 1 FOLDER` 명령이 고친 것을 검사합니다.',
  ),
  own: text(
    'A server of your own: `rtcompare grade server.js`. What it has to speak stands in docs/wire-formats.md.',
    '직접 만든 서버: `rtcompare grade server.js`. 서버가 지킬 형식은 docs/wire-formats.md에 있습니다.',
  ),
  one: text('Exercise {id}: {title} ({kind})', '연습 {id}: {title} ({kind})'),
  solution: text('Exercise {id}, solved: {title} ({kind})', '연습 {id}의 답: {title} ({kind})'),
  write: text(
    '`rtcompare grade --exercise {id} --write my-server` writes it; `rtcompare grade --exercise {id} my-server` grades it.',
    '`rtcompare grade --exercise {id} --write my-server` 명령이 파일을 만들고, `rtcompare grade --exercise {id} my-server` 명령이 검사합니다.',
  ),
  wrote: text('wrote {files}', '{files} 파일을 썼습니다'),
  grade: text(
    'Repair the server, then: `rtcompare grade --exercise {id} {folder}`',
    '서버를 고친 다음: `rtcompare grade --exercise {id} {folder}`',
  ),
};

const laid = (sentences: readonly string[]): string[] =>
  sentences.flatMap((sentence) => wrap(unbroken(sentence), columns));

export function exerciseList(all: readonly Exercise[], reader: Reader): string {
  const rows = all.map(({ id, kind, title }) => `${id}  ${kind.padEnd(12)}  ${say(reader, title)}`);
  const more = laid([say(reader, told.next), say(reader, told.own)]);
  return `${[say(reader, told.title), ...rows, '', ...more].join('\n')}\n`;
}

/** One exercise: the task, and the server as it is given or as it is repaired. */
export function exerciseText(exercise: Exercise, reader: Reader, solution: string | null): string {
  const { id, title, kind, task, files } = exercise;
  const said = { id: String(id), title: say(reader, title), kind };
  const shown = solution === null ? files : [{ name: files[0].name, content: solution }];
  return `${[
    ...laid([say(reader, solution === null ? told.one : told.solution, said)]),
    ...(solution === null ? laid([say(reader, task)]) : []),
    ...shown.flatMap(({ name, content }) => ['', `// ${name}`, content.trimEnd()]),
    '',
    ...laid([say(reader, told.write, { id: String(id) })]),
  ].join('\n')}\n`;
}

export const exerciseWritten = (
  { id }: Exercise,
  folder: string,
  files: readonly string[],
  reader: Reader,
): string =>
  `${laid([
    say(reader, told.wrote, { files: files.join(', ') }),
    say(reader, told.grade, { id: String(id), folder }),
  ]).join('\n')}\n`;

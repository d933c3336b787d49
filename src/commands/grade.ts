/** `rtcompare grade FILE|FOLDER|URL`: the contract suite on a student's server, and exercises to begin with. */
import type { Command } from 'commander';
import { UsageError } from '../base/failure.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import type { Exercise } from '../questions/grading/exercises/exercise.ts';
import { type Kind, kinds } from '../questions/grading/kinds.ts';
import type { GradeOptions } from './grading/grade-options.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { readerOf } from './options/language.ts';
import { refuseAlone } from './options/partners.ts';
import {
  asciiOption,
  jsonOption,
  langOption,
  option,
  parseDuration,
  parseWhole,
  quietOption,
  startOption,
  wideOption,
} from './options/values.ts';

const about = {
  purpose: purposes.grade,
  examples: [
    [
      'rtcompare grade server.js',
      text('what holds, what does not, and why', '맞는 것과 맞지 않는 것, 그 까닭'),
    ],
    ['rtcompare grade submissions', text('a class, as a table', '한 반을 표로')],
    ['rtcompare grade --exercise 1', text('a server with a flaw, to repair', '고쳐 볼 흠 있는 서버')],
  ],
  more: text(
    'Any language: --start "java Server", told its port in PORT, or with a --port of its own. One that runs already: its URL. A folder of a class holds a file or a folder a student (kim.js, lee/server.py). Servers run with your rights: grade only what you would run yourself. Exit code 0: everything holds; 1: something does not; 2: bad use; 3: the server did not start, or nobody listens.',
    '어떤 언어든 --start "java Server"로 시작하고, 서버는 PORT로 포트를 받거나 정해진 포트를 --port로 알려 줍니다. 이미 실행 중이면 URL을 적습니다. 한 반의 폴더에는 학생마다 파일이나 폴더가 하나씩 있습니다(kim.js, lee/server.py). 서버는 당신의 권한으로 실행되므로 직접 실행해도 되는 것만 검사하십시오. 종료 코드 0: 모두 맞음, 1: 맞지 않는 것이 있음, 2: 잘못된 사용, 3: 서버가 시작되지 않았거나 아무도 받지 않음.',
  ),
} satisfies AboutCommand;

const options = () => [
  option(
    '--kind <kind>',
    text('what it speaks, where asking does not tell', '물어서 알 수 없을 때, 서버의 형식'),
  ).choices([...kinds]),
  startOption(),
  option(
    '--port <port>',
    text('where it listens, if it does not read PORT', 'PORT를 읽지 않는 서버의 포트'),
  ).argParser(parseWhole(1, 65_535)),
  option('--exercise <n>', text('one of the exercises', '연습 번호')).argParser(parseWhole(1, 99)),
  option('--write <folder>', text('write the exercise into a folder', '연습을 폴더에 씀')),
  option('--solution', text('the exercise with its repair', '연습의 답')),
  option('--at-once <n>', text('submissions graded side by side', '한꺼번에 검사하는 제출물 수'))
    .argParser(parseWhole(1, 16))
    .default(4),
  option('--within <time>', text('the longest a submission may take', '제출물 하나에 쓰는 최대 시간'))
    .argParser(parseDuration)
    .default(60_000, '60s'),
  jsonOption(),
  langOption(),
  wideOption(),
  asciiOption(),
  quietOption(),
];

export const gradeCommand = ({ signal, done }: Context): Command =>
  command(
    'grade',
    about,
    options(),
    argument(
      '[target]',
      text(
        'a server file, a folder of one or of many, or a URL on this machine',
        '서버 파일, 서버 하나나 여럿이 든 폴더, 또는 이 컴퓨터의 URL',
      ),
    ),
  ).action(async (target: string | undefined, typed: GradeOptions, made: Command) =>
    done(await grade(target, typed, made, signal)),
  );

const remedies = {
  exercise: text('add --exercise, such as --exercise 1', '--exercise 1처럼 --exercise를 더해야 합니다'),
  server: text(
    'name a server as well, such as `rtcompare grade server.js`',
    '`rtcompare grade server.js`처럼 서버도 적어야 합니다',
  ),
  alone: text(
    'leave out the server: it shows or writes an exercise and grades nothing',
    '서버를 빼야 합니다. 연습을 보여 주거나 쓸 뿐 검사하지 않습니다',
  ),
};

async function grade(
  target: string | undefined,
  typed: GradeOptions,
  made: Command,
  signal: AbortSignal,
): Promise<number> {
  const { exercises } = await import('../questions/grading/exercises/index.ts');
  const reader = readerOf(typed.lang);
  const exercise = typed.exercise === undefined ? null : numbered(typed.exercise, exercises);
  const isGraded = target !== undefined || typed.start !== undefined;
  for (const flag of ['--write', '--solution'] as const) {
    refuseAlone(made, flag, { isThere: exercise !== null, remedy: remedies.exercise });
    refuseAlone(made, flag, { isThere: !isGraded, remedy: remedies.alone });
  }
  for (const flag of ['--kind', '--port'] as const)
    refuseAlone(made, flag, { isThere: isGraded, remedy: remedies.server });
  if (isGraded) {
    const { gradeAll } = await import('./grading/submissions.ts');
    const kind = kindFor(typed.kind, exercise);
    return gradeAll(target, { ...typed, ...(kind && { kind }) }, reader, signal);
  }
  const { showExercises } = await import('./grading/exercises.ts');
  await showExercises(exercises, exercise, typed, reader);
  return 0;
}

function numbered(number: number, exercises: readonly Exercise[]): Exercise {
  const found = exercises.find(({ id }) => id === number);
  if (found) return found;
  throw new UsageError(
    inEveryLanguage(
      text(
        'no exercise {number}; there are 1 to {count}, see `rtcompare grade`',
        '{number}번 연습은 없습니다. 1번부터 {count}번까지 있고, `rtcompare grade` 명령이 목록을 보여 줍니다',
      ),
      { number: String(number), count: String(exercises.length) },
    ),
  );
}

function kindFor(kind: Kind | undefined, exercise: Exercise | null): Kind | undefined {
  if (exercise === null || kind === undefined || kind === exercise.kind) return exercise?.kind ?? kind;
  throw new UsageError(
    inEveryLanguage(
      text(
        '--kind {kind}: exercise {id} is {wanted}; leave --kind out',
        '--kind {kind}: 연습 {id}의 형식은 {wanted}입니다. --kind를 빼야 합니다',
      ),
      { kind, id: String(exercise.id), wanted: exercise.kind },
    ),
  );
}

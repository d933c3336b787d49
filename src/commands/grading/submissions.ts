/**
 * Grades what the user named: one server, with a sentence for each check, or a class, a few at a time, with a table.
 */

import { CannotRun, UsageError } from '../../base/failure.ts';
import { watchResources } from '../../base/resources.ts';
import { inEveryLanguage, type Reader, say, type Text, text } from '../../base/text.ts';
import { type Grade, gradeServer, type Served } from '../../questions/grading/grade.ts';
import { doubtfulMs } from '../../questions/grading/ground.ts';
import { kinds } from '../../questions/grading/kinds.ts';
import { type MeasuredServer, measuredAt } from '../../questions/grading/measured.ts';
import { detectKind } from '../../questions/grading/spoken-format.ts';
import { gradeBlocks, gradeDocument } from '../../report/views/grade/grade-blocks.ts';
import { type ClassRow, classBlocks, classDocument } from '../../report/views/grade/grade-class.ts';
import { print } from '../screen/print.ts';
import { createProgress } from '../screen/progress.ts';
import { createOutput, host, namesError, type Output } from '../started/hosting.ts';
import { whenParentIsGone } from '../started/orphaned.ts';
import { type Class, type Submission, type Unreadable, whatIsGraded } from '../started/submission.ts';
import type { GradeOptions } from './grade-options.ts';

const schemaVersion = 1;

const phrases = {
  starting: text('{name}: starting, then asking', '{name}: 시작해서 검사하는 중'),
  nth: text('[{nth}/{count}] {name}', '[{nth}/{count}] {name}'),
  unknown: text(
    '{name}: its answers do not tell which format it speaks; add --kind, one of {kinds}',
    '{name}: 응답만으로는 형식을 알 수 없습니다. --kind에 {kinds} 가운데 하나를 적어야 합니다',
  ),
  measured: text(
    '{name}: it answers like `rtcompare serve {server}`, in a format of its own, made for measuring; grade asks for those of docs/wire-formats.md, where a whole server stands for each (nearest: {kind})',
    '{name}: `rtcompare serve {server}`처럼 측정하려고 만든 고유한 형식으로 응답합니다. grade는 docs/wire-formats.md의 형식을 검사하며, 그 문서에 형식마다 완성된 서버가 있습니다(가장 가까운 형식: {kind})',
  ),
  senderAlone: text(
    '{name}: it answers like `rtcompare serve {server}`, to the sender alone; with --behaviour chat it speaks format (c) of docs/wire-formats.md',
    '{name}: `rtcompare serve {server}`처럼 보낸 클라이언트에게만 응답합니다. --behaviour chat을 더하면 docs/wire-formats.md의 (c) 형식이 됩니다',
  ),
  noServer: text(
    'no server.js, index.js, server.py or the like in it; --start says how it is started',
    'server.js, index.js, server.py 같은 파일이 없습니다. --start로 시작하는 방법을 알려 주십시오',
  ),
  notStarted: text('did not start: {why}', '시작되지 않았습니다: {why}'),
  said: text('{name}: {line}', '{name}: {line}'),
};

/** Returns the exit code. */
export async function gradeAll(
  target: string | undefined,
  options: GradeOptions,
  reader: Reader,
  signal: AbortSignal,
): Promise<number> {
  const { start, port } = options;
  const asked = whatIsGraded({ target, start, port });
  const stopped = new AbortController();
  const callOff = whenParentIsGone(() => stopped.abort(new Error('npm is gone')));
  const ended = AbortSignal.any([signal, stopped.signal]);
  try {
    return 'submissions' in asked
      ? await gradeClass(asked, options, reader, ended)
      : await gradeOne(asked, options, reader, ended);
  } finally {
    callOff();
  }
}

async function gradeOne(
  submission: Submission,
  options: GradeOptions,
  reader: Reader,
  signal: AbortSignal,
): Promise<number> {
  const progress = createProgress(process.stderr, options.quiet === true);
  const output = createOutput();
  progress.show(say(reader, phrases.starting, { name: submission.name }));
  const { grade, measured } = await graded(submission, options, signal, output)
    .catch((error: unknown) => {
      progress.end();
      // Only the server's own output says why it did not start.
      if (error instanceof CannotRun)
        for (const line of output.lines())
          process.stderr.write(`${say(reader, phrases.said, { name: submission.name, line })}\n`);
      throw error;
    })
    .finally(() => progress.end());
  const told = { name: submission.name, grade };
  await print(
    options,
    () => ({ schemaVersion, ...gradeDocument(told, reader) }),
    () => gradeBlocks(told, reader),
  );
  if (measured) process.stderr.write(`${say(reader, asMeasured(submission, measured))}\n`);
  return grade.points === grade.most ? 0 : 1;
}

/** With the remedy. */
const asMeasured = ({ name }: Submission, { server, kind }: MeasuredServer): Text =>
  server === 'sse'
    ? inEveryLanguage(phrases.senderAlone, { name, server })
    : inEveryLanguage(phrases.measured, { name, server, kind });

interface Graded {
  readonly grade: Grade;
  /** What it was recognised as, if it lost points and is one of our own servers; else null. */
  readonly measured: MeasuredServer | null;
}

/** Starts, asks and ends a server. Throws `CannotRun` if it does not start, `UsageError` if its protocol is unknown. */
async function graded(
  submission: Submission,
  { kind: said, within }: GradeOptions,
  signal: AbortSignal,
  output: Output,
): Promise<Graded> {
  await using served = await host(submission, signal, output);
  const kind = said ?? (await detectKind(served));
  if (kind === null) {
    const { name } = submission;
    const measured = await measuredIf(served);
    throw new UsageError(
      measured
        ? asMeasured(submission, measured)
        : inEveryLanguage(phrases.unknown, { name, kinds: kinds.join(', ') }),
    );
  }
  // The questions of `detectKind` may have made it exit.
  if (served.process?.isRunning() === false) await served.process.restart();
  const grade = await gradeServer(served, kind, { signal, withinMs: within });
  return { grade, measured: grade.points < grade.most ? await measuredIf(served) : null };
}

/** Only a server that ran already (a URL) is likely to be one of ours, so the servers of a class are not checked. */
const measuredIf = async (served: Served): Promise<MeasuredServer | null> =>
  served.process === null ? measuredAt(served) : null;

async function gradeClass(
  { folder, submissions }: Class,
  options: GradeOptions,
  reader: Reader,
  signal: AbortSignal,
): Promise<number> {
  const rows = await rowsOf(submissions, options, reader, signal);
  signal.throwIfAborted();
  await print(
    options,
    () => ({ schemaVersion, ...classDocument(folder, rows, reader) }),
    () => classBlocks(folder, rows, reader),
  );
  if (rows.every(isWhole)) return 0;
  return rows.some((row) => 'grade' in row) ? 1 : 3;
}

/** Grades a few at a time; servers that all listen on one port come one after the other. */
async function rowsOf(
  submissions: Class['submissions'],
  options: GradeOptions,
  reader: Reader,
  signal: AbortSignal,
): Promise<ClassRow[]> {
  const progress = createProgress(process.stderr, options.quiet === true);
  const rows: ClassRow[] = [];
  const doubtful: number[] = [];
  const work = async (waiting: number[]) => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      const submission = submissions[index];
      if (submission === undefined || signal.aborted) return;
      const shown = { nth: String(index + 1), count: String(submissions.length), name: submission.name };
      progress.show(say(reader, phrases.nth, shown));
      using watch = watchResources();
      const row = await rowOf(submission, options, signal);
      if (!isWhole(row) && watch.read().loopDelayMaxMs > doubtfulMs) doubtful.push(index);
      rows[index] = better(rows[index], row);
    }
  };
  const waiting = [...submissions.keys()];
  const sideBySide = options.port === undefined ? options.atOnce : 1;
  await Promise.all(Array.from({ length: sideBySide }, () => work(waiting)));
  // If the machine stood still, the server asked just then lost points: it is graded once more, alone.
  await work(doubtful.splice(0));
  progress.end();
  return rows;
}

const isWhole = (row: ClassRow): boolean => 'grade' in row && row.grade.points === row.grade.most;

const pointsOf = (row: ClassRow): number => ('grade' in row ? row.grade.points : -1);

const better = (before: ClassRow | undefined, now: ClassRow): ClassRow =>
  before !== undefined && pointsOf(before) > pointsOf(now) ? before : now;

/** A submission that cannot be graded gets a row with the reason, and the class goes on. */
async function rowOf(
  submission: Submission | Unreadable,
  options: GradeOptions,
  signal: AbortSignal,
): Promise<ClassRow> {
  const { name } = submission;
  if (submission.start === undefined) return { name, why: phrases.noServer };
  const output = createOutput();
  try {
    const { grade } = await graded(submission, options, signal, output);
    return { name, grade };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof UsageError) return { name, why: error.told };
    if (!(error instanceof CannotRun)) throw error;
    return { name, why: inEveryLanguage(phrases.notStarted, { why: whyOf(output, error.told) }) };
  }
}

/** Prefers the line of the server's output that names the error to our own sentence. */
function whyOf(output: Output, told: Text): string | Text {
  const lines = output.lines();
  return lines.find(namesError)?.trim() ?? told;
}

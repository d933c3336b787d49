/** The exercises of `grade`: printed, or written into a folder to work on. */

import { type Reader, say } from '../../base/text.ts';
import { type Exercise, repaired } from '../../questions/grading/exercises/exercise.ts';
import { exerciseList, exerciseText, exerciseWritten } from '../../report/views/grade/exercise-list.ts';
import { writeNew } from '../files/writing.ts';
import { jsonText } from '../screen/print.ts';
import type { GradeOptions } from './grade-options.ts';

/** The list, one of them, or its files. */
export async function showExercises(
  exercises: readonly Exercise[],
  exercise: Exercise | null,
  { write, solution, json }: GradeOptions,
  reader: Reader,
): Promise<void> {
  const all = exercise === null ? exercises : [exercise];
  if (json) {
    const rows = all.map(({ id, title, task, kind, files }) => ({
      exercise: id,
      kind,
      title: say(reader, title),
      task: say(reader, task),
      ...(exercise && { files: solution ? [{ name: files[0].name, content: repaired(exercise) }] : files }),
    }));
    process.stdout.write(jsonText(exercise ? rows[0] : rows));
  } else if (exercise === null) process.stdout.write(exerciseList(exercises, reader));
  else if (write === undefined)
    process.stdout.write(exerciseText(exercise, reader, solution ? repaired(exercise) : null));
  if (exercise !== null && write !== undefined) writeExercise(exercise, write, solution === true, reader);
}

function writeExercise(exercise: Exercise, folder: string, solution: boolean, reader: Reader): void {
  const [server, ...others] = exercise.files;
  const files = solution ? [{ ...server, content: repaired(exercise) }, ...others] : exercise.files;
  const names = writeNew(files, folder);
  process.stdout.write(exerciseWritten(exercise, folder, names, reader));
}

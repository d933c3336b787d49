/** An exercise: a server with a flaw that is common in students' servers, the task, and the repair. */
import type { Text } from '../../../base/text.ts';
import type { Kind } from '../kinds.ts';

interface ExerciseFile {
  readonly name: string;
  readonly content: string;
}

export interface Exercise {
  readonly id: number;
  readonly title: Text;
  readonly task: Text;
  readonly kind: Kind;
  /** The server is the first file. */
  readonly files: readonly [ExerciseFile, ...ExerciseFile[]];
  /** The wrong code in the server, and the code that replaces it. */
  readonly repairs: readonly (readonly [before: string, after: string])[];
  /** The ids of the sentences that do not hold before the repair. */
  readonly broken: readonly string[];
}

export const repaired = ({ files: [{ content }], repairs }: Exercise): string =>
  repairs.reduce((server, [before, after]) => server.replace(before, after), content);

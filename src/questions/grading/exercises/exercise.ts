/** An exercise: a server with a flaw that servers of students have, what to do with it, and the repair. */
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
  /** The server first. */
  readonly files: readonly [ExerciseFile, ...ExerciseFile[]];
  /** What stands in the server, and what belongs there. */
  readonly repairs: readonly (readonly [before: string, after: string])[];
  /** The sentences that do not hold before the repair. */
  readonly broken: readonly string[];
}

export const repaired = ({ files: [{ content }], repairs }: Exercise): string =>
  repairs.reduce((server, [before, after]) => server.replace(before, after), content);

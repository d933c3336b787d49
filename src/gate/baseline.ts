/** Reads a weighing back: whatever is wrong with the file is told in one sentence, with the remedy. */
import { UsageError } from '../failure.ts';
import { type Weighing, weighingSchema } from './weighing.ts';

export function parseWeighing(text: string, path: string): Weighing {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is no JSON: ${(error as Error).message}`);
  }
  const parsed = weighingSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'the document';
  throw new UsageError(
    `${path} is no weighing: ${where}: ${issue?.message}; write it with \`rtcompare check --update-baseline\``,
  );
}

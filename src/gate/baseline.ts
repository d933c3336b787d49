/** Reads a weighing back: whatever is wrong with the file is told in one sentence, with the remedy. */
import { inEveryLanguage, text } from '../base/text.ts';
import { UsageError } from '../failure.ts';
import { type Weighing, weighingSchema } from './weighing.ts';

export function parseWeighing(json: string, path: string): Weighing {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (error) {
    throw new UsageError(
      inEveryLanguage(text('{path} is no JSON: {reason}', '{path}은(는) JSON이 아닙니다: {reason}'), {
        path,
        reason: (error as Error).message,
      }),
    );
  }
  const parsed = weighingSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(
    inEveryLanguage(
      text(
        '{path} is no weighing: {where}: {problem}; write it with `rtcompare check --update`',
        '{path}은(는) 기준값이 아닙니다: {where}: {problem}. 기준값은 `rtcompare check --update`로 씁니다',
      ),
      {
        path,
        where: issue?.path.join('.') || text('the document', '문서 전체'),
        problem: issue?.message ?? '',
      },
    ),
  );
}

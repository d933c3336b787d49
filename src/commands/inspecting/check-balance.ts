/** Figures that do not add up are never shown. */
import { CannotRun } from '../../base/failure.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import type { Inspection } from '../../document/inspection.ts';
import { imbalances } from '../../inspection/imbalances.ts';

const unbalanced = text('the books do not balance: {first}', '바이트 합계가 일치하지 않습니다: {first}');

export function checkBalance(seen: Inspection): void {
  const [first] = imbalances(seen);
  if (first) throw new CannotRun(inEveryLanguage(unbalanced, { first }));
}

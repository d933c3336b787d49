/**
 * May these figures be read? `invalid` = no: the books or the clock broke, or the generator was saturated: half
 * of its messages left so late that it measured itself. `noisy` = with care: a process was kept waiting for long
 * enough to show in the tail; bytes and counts are as exact as ever. Few samples are a note, never a verdict.
 */
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import { CannotRun } from '../failure.ts';
import type { Note, Trial, Verdict } from './report.ts';

export interface Evidence {
  /** Differences found by the ledger: bytes that no socket counted, or payload nobody sent. */
  readonly unbalanced: string | null;
  readonly clockWentBack: boolean;
  /** How late messages left, and how often they were due; null in a closed loop, which has no schedule. */
  readonly generator: {
    readonly latenessP50Ns: number;
    readonly latenessP99Ns: number;
    readonly periodNs: number;
  } | null;
  readonly loopDelay: readonly { readonly process: string; readonly p99Ms: number; readonly maxMs: number }[];
}

/** Above these the loop, not the wire, is what the tail of the latencies shows. */
const noisyLoopP99Ms = 20;
const noisyLoopMaxMs = 100;
const noisyLatenessMs = 5;
/** A schedule of thousands a second is not saturated by a hiccup of a few periods. */
const saturatedLatenessMs = 50;

export function judge({ unbalanced, clockWentBack, generator, loopDelay }: Evidence): {
  verdict: Verdict;
  notes: Note[];
} {
  const notes: Note[] = [];
  let verdict: Verdict = 'valid';
  const find = (found: Verdict, kind: string, value: number | string) => {
    verdict = worse(verdict, found);
    notes.push({ kind, value });
  };
  if (unbalanced) find('invalid', 'unbalanced', unbalanced);
  if (clockWentBack) find('invalid', 'clock', 'an event was handled before it was due');
  if (generator) {
    const lateMs = generator.latenessP99Ns / 1e6;
    if (generator.latenessP50Ns > Math.max(generator.periodNs, saturatedLatenessMs * 1e6))
      find('invalid', 'saturated', generator.latenessP50Ns / 1e6);
    else if (lateMs > noisyLatenessMs) find('noisy', 'late-generator', lateMs);
  }
  for (const { process, p99Ms, maxMs } of loopDelay) {
    if (p99Ms > noisyLoopP99Ms || maxMs > noisyLoopMaxMs) find('noisy', `loop-delay-${process}`, maxMs);
  }
  return { verdict, notes };
}

const order: readonly Verdict[] = ['valid', 'noisy', 'invalid'];

export const worse = (a: Verdict, b: Verdict): Verdict => (order.indexOf(a) >= order.indexOf(b) ? a : b);

/** Throws `CannotRun`, with the reasons, where one of them is invalid: nothing may be said on its account. */
export function checkCounts(
  what: string | Text,
  measured: readonly Pick<Trial, 'scenario' | 'transport' | 'verdict' | 'notes'>[],
): void {
  const invalid = measured.find(({ verdict }) => verdict === 'invalid');
  if (!invalid) return;
  const why = invalid.notes.map(({ kind, value }) => `${kind}: ${value}`).join('; ');
  throw new CannotRun(
    inEveryLanguage(
      text(
        '{what} does not count: {scenario} over {transport} is invalid ({why}); if this machine was busy, run it again',
        '{what}: 결과를 쓸 수 없습니다. {transport}의 {scenario} 측정이 유효하지 않습니다({why}). 컴퓨터가 바빴다면 다시 실행해 보면 됩니다',
      ),
      { what, scenario: invalid.scenario, transport: invalid.transport, why },
    ),
  );
}

/**
 * May these figures be read? `invalid` = no: the bytes do not balance, the clock went back, sockets were not counted,
 * nothing arrived, the trial was interrupted, or the generator was saturated: half of its messages left so late that it
 * measured itself. `noisy` = with care: a process waited long enough to show in the tail; bytes and counts are as exact
 * as ever. Few samples are a note, never a verdict.
 */

import { CannotRun } from '../base/failure.ts';
import { own } from '../base/lookup.ts';
import { inEveryLanguage, type Phrase, type Text, text } from '../base/text.ts';
import type { Note, Trial, TrialVerdict } from '../document/report.ts';

export interface Circumstances {
  /** Differences found by the ledger: bytes that no socket counted, or payload that was never sent. */
  readonly unbalanced: string | null;
  /** Clients whose sockets were not opened by the dialer, so that their bytes were not counted. */
  readonly unseen: number;
  readonly clockWentBack: boolean;
  /** How late messages left, and how often they were due; null in a closed loop, which has no schedule. */
  readonly generator: {
    readonly latenessP50Ns: number;
    readonly latenessP99Ns: number;
    readonly periodNs: number;
  } | null;
  /**
   * How long one turn of the event loop takes because of the load itself: with n clients that send again at once, n
   * messages wait in every turn. 0 if messages leave on a schedule.
   */
  readonly turnMs: number;
  /** Number of messages sent, if none of them arrived although they should have; else null. */
  readonly nothingArrived: number | null;
  /** Interrupted before anything had been measured. */
  readonly cutShort: boolean;
  readonly loopDelay: readonly { readonly process: string; readonly p99Ms: number; readonly maxMs: number }[];
}

/** Above these limits the tail of the latencies shows the event loop, not the wire. */
const noisyLoopP99Ms = 20;
const noisyLoopMaxMs = 100;
const noisyLatenessMs = 5;
/** A timer that is due in the middle of one turn may also wait for the next one. */
const ownTurns = 2;
/** A schedule of thousands a second is not saturated by a hiccup of a few periods. */
const saturatedLatenessMs = 50;

export function judge(evidence: Circumstances): { verdict: TrialVerdict; notes: Note[] } {
  const { unbalanced, unseen, clockWentBack, generator, turnMs, nothingArrived, cutShort, loopDelay } =
    evidence;
  const notes: Note[] = [];
  let verdict: TrialVerdict = 'valid';
  const find = (found: TrialVerdict, kind: string, value: number | string) => {
    verdict = worse(verdict, found);
    notes.push({ kind, value });
  };
  if (unseen > 0) find('invalid', 'unseen', unseen);
  if (unbalanced) find('invalid', 'unbalanced', unbalanced);
  if (clockWentBack) find('invalid', 'clock', 'an event was handled before it was due');
  if (cutShort) find('invalid', 'interrupted', 'before the measured phase ended');
  if (nothingArrived !== null) find('invalid', 'nothing-arrived', nothingArrived);
  if (generator) {
    const lateMs = generator.latenessP99Ns / 1e6;
    if (generator.latenessP50Ns > Math.max(generator.periodNs, saturatedLatenessMs * 1e6))
      find('invalid', 'saturated', generator.latenessP50Ns / 1e6);
    else if (lateMs > noisyLatenessMs) find('noisy', 'late-generator', lateMs);
  }
  for (const { process, p99Ms, maxMs } of loopDelay) {
    const own = ownTurns * turnMs;
    if (p99Ms > noisyLoopP99Ms + own || maxMs > noisyLoopMaxMs + own)
      find('noisy', `loop-delay-${process}`, maxMs);
  }
  return { verdict, notes };
}

/** The longest 99th percentile (ms) of event loop delay of any process: smaller differences may be due to it. */
export const waitedMs = (resources: Trial['resources']): number =>
  Math.max(...Object.values(resources).map((process) => process?.loopDelayP99Ms ?? 0));

/** The sum (ms) over all processes: a message passes one after the other, and may wait in each. */
export const waitedOnTheWayMs = (resources: Trial['resources']): number =>
  Object.values(resources).reduce((sum, process) => sum + (process?.loopDelayP99Ms ?? 0), 0);

const order: readonly TrialVerdict[] = ['valid', 'noisy', 'invalid'];

export const worse = (a: TrialVerdict, b: TrialVerdict): TrialVerdict =>
  order.indexOf(a) >= order.indexOf(b) ? a : b;

const again = text('run it again', '다시 실행하십시오.');

/** The reasons why a trial is invalid, in words, each with what to do about it. */
const invalidity: Readonly<Record<string, { readonly why: Phrase<'value'>; readonly remedy: Text }>> = {
  unbalanced: {
    why: text('its counts disagree: {value}', '세어 본 값이 서로 다름: {value}'),
    remedy: text(
      'its bytes cannot be trusted; please report it with the command',
      '바이트 수를 믿을 수 없으니, 쓴 명령과 함께 알려 주십시오.',
    ),
  },
  unseen: {
    why: text('the sockets of {value} clients were not seen', '클라이언트 {value}개의 소켓이 보이지 않음'),
    remedy: text(
      'a transport opens its sockets through `options.dialer`; a library that ignores the socket it is given (ws before 8.17) cannot be measured',
      '전송 방식은 소켓을 `options.dialer`로 열어야 합니다. 받은 소켓을 무시하는 라이브러리(8.17 이전의 ws)는 측정할 수 없습니다.',
    ),
  },
  clock: {
    why: text('its clocks disagree: {value}', '시계가 서로 다름: {value}'),
    remedy: again,
  },
  saturated: {
    why: text(
      'its generator was saturated: half of its messages left {value} late or later',
      '부하 생성기가 포화됨: 메시지의 절반이 {value} 이상 늦게 나감',
    ),
    remedy: text(
      'ask for less with --rate or --clients; if this machine was busy, run it again',
      '--rate나 --clients를 줄이거나, 컴퓨터가 바빴다면 다시 실행하십시오.',
    ),
  },
  'nothing-arrived': {
    why: text('of {value} messages none arrived', '보낸 메시지 {value}개 중 하나도 도착하지 않음'),
    remedy: text(
      'raise --timeout, or look at the server and at what lies between',
      '--timeout을 늘리거나, 서버와 그 사이에 있는 것을 살펴보십시오.',
    ),
  },
  interrupted: {
    why: text('it was interrupted: {value}', '중단됨: {value}'),
    remedy: again,
  },
};

/** The notes that say why a trial is invalid; all notes if no kind among them is known. */
export function reasonsOf({ notes }: Pick<Trial, 'notes'>): readonly Note[] {
  const known = notes.filter(({ kind }) => own(invalidity, kind) !== undefined);
  return known.length > 0 ? known : notes;
}

/** Whether it is invalid only because a busy machine could not keep the schedule: its bytes and counts are exact. */
export const wasOnlyLate = (trial: Pick<Trial, 'verdict' | 'notes'>): boolean =>
  trial.verdict === 'invalid' &&
  trial.notes.length > 0 &&
  reasonsOf(trial).every(({ kind }) => kind === 'saturated');

/** The reasons in one line. A kind that this version does not know is written as it is. */
export function reasonText(notes: readonly Note[]): Text {
  const said = notes.map(({ kind, value }): Text => {
    const why = own(invalidity, kind)?.why ?? text(`${kind}: {value}`, `${kind}: {value}`);
    return inEveryLanguage(why, {
      value: kind === 'saturated' ? `${Math.round(Number(value))} ms` : `${value}`,
    });
  });
  return { en: said.map(({ en }) => en).join('; '), ko: said.map(({ ko }) => ko).join('; ') };
}

const doesNotCount = text(
  '{what} does not count: {scenario} over {transport} is invalid: {reasons}; {remedy}',
  '{what}: 쓸 수 없는 결과입니다. {transport}의 {scenario} 측정이 유효하지 않습니다({reasons}). {remedy}',
);

/** Throws `CannotRun`, with the reasons, if one of the trials is invalid: no statement may rest on it. */
export function checkCounts(
  what: string | Text,
  measured: readonly Pick<Trial, 'scenario' | 'transport' | 'verdict' | 'notes'>[],
): void {
  const invalid = measured.find(({ verdict }) => verdict === 'invalid');
  if (!invalid) return;
  const { scenario, transport } = invalid;
  const reasons = reasonsOf(invalid);
  const remedy = own(invalidity, reasons[0]?.kind ?? '')?.remedy ?? again;
  throw new CannotRun(
    inEveryLanguage(doesNotCount, { what, scenario, transport, reasons: reasonText(reasons), remedy }),
  );
}

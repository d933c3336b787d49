/**
 * What is measured if this run starts no server itself: a foreign server, or one of ours on another machine; and how
 * much load it may get. The limits hold for the user's own servers too: a mistyped number has the effect of an attack.
 */
import { UsageError } from '../base/failure.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import type { Target } from '../target/target.ts';
import { expectedMs, type TrialPlan } from '../trial/plan.ts';

export interface Elsewhere {
  start(plan: TrialPlan): Promise<Target>;
  /** Throws `CannotRun` if the server has gone. */
  stillThere(): Promise<void>;
}

export interface Allowance {
  /** Messages and polls of all clients together. */
  readonly perSecond: number;
  readonly clients: number;
  /** Of the whole run. */
  readonly minutes: number;
}

/** `near`: the target is in the user's own network. */
export const allowances = {
  near: { perSecond: 10_000, clients: 10_000, minutes: 30 },
  remote: { perSecond: 500, clients: 100, minutes: 10 },
} as const satisfies Record<string, Allowance>;

const tooFast = text(
  '{scenario} with {transport} asks for {asked} messages a second of all clients together, and a target is asked for {most} at most: lower --clients or --rate',
  '{scenario}에서 {transport}은(는) 모든 클라이언트를 합쳐 초당 메시지 {asked}개를 보내지만 대상에는 최대 {most}개까지 보냅니다. --clients나 --rate를 낮춰야 합니다',
);
const tooMany = text(
  '{asked} clients are more than the {most} that this target may be asked with: lower --clients',
  '클라이언트 {asked}개는 이 대상에 허용된 {most}개보다 많습니다. --clients를 낮춰야 합니다',
);
const tooLong = text(
  'this run would take about {asked} min, and a target is measured for {most} min at most: ask for less with --messages, --duration, --repeat or fewer transports',
  '이 측정은 약 {asked}분이 걸리는데 대상은 최대 {most}분까지 측정합니다. --messages, --duration, --repeat를 줄이거나 전송 방식을 덜 골라야 합니다',
);
const noRate = text(
  '{scenario} sends as fast as it is answered, and a target is asked at a rate: leave --closed out, or choose a scenario with a rate, such as echo',
  '{scenario}은(는) 응답이 오는 대로 계속 보내지만 대상에는 정한 속도로만 보냅니다. --closed를 빼거나 echo처럼 속도가 있는 시나리오를 골라야 합니다',
);

/** Messages and polls in a second, at worst: a scenario without a schedule may send all its messages in one second. */
function perSecond({ load, scenario, transport }: TrialPlan): number {
  const polls = transport.traits.polls ? 1000 / load.pollIntervalMs : 0;
  const spoken = load.messages === 0 ? 0 : scenario.paced ? load.rate : load.messages;
  return load.clients * (spoken + polls);
}

function excess(plan: TrialPlan, most: Allowance): Text | null {
  const { load, scenario, transport } = plan;
  const names = { scenario: scenario.name, transport: transport.name };
  if (load.closed) return inEveryLanguage(noRate, names);
  if (load.clients > most.clients)
    return inEveryLanguage(tooMany, { asked: String(load.clients), most: String(most.clients) });
  const asked = Math.ceil(perSecond(plan));
  if (asked > most.perSecond)
    return inEveryLanguage(tooFast, { ...names, asked: String(asked), most: String(most.perSecond) });
  return null;
}

/** Throws `UsageError` if the plan asks more of a target than is allowed. */
export function checkAllowance(trials: readonly TrialPlan[], most: Allowance): void {
  for (const plan of trials) {
    const why = excess(plan, most);
    if (why) throw new UsageError(why);
  }
  const minutes = trials.reduce((sum, plan) => sum + expectedMs(plan), 0) / 60_000;
  if (minutes > most.minutes)
    throw new UsageError(
      inEveryLanguage(tooLong, { asked: String(Math.ceil(minutes)), most: String(most.minutes) }),
    );
}

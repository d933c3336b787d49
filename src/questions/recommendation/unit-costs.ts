/**
 * Reads the unit costs from the wire: the bytes of heads with these headers, and the cost of connecting. A message or
 * two over each transport is enough, because these bytes are exact. What cannot be weighed is reported; the rest is
 * weighed.
 */

import { CannotRun } from '../../base/failure.ts';
import { own } from '../../base/lookup.ts';
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import type { HeadsByKind } from '../../document/browser-side.ts';
import type { Trial } from '../../document/report.ts';
import { mailboxBytes } from '../../laws/http-bytes.ts';
import { checkCounts } from '../../metrics/verdict.ts';
import type { Over } from '../../protocols/over.ts';
import { asEvidence, untilQuiet } from '../../run/again.ts';
import { measure } from '../../trial/measure.ts';
import { namedPlan } from '../../trial/named-plan.ts';
import { expectedMs, type TrialPlan } from '../../trial/plan.ts';
import { startServer } from '../../trial/server-of.ts';
import type { Need, UnitCosts, WeighedHeads } from './need.ts';

export interface Conditions {
  readonly headers: Readonly<Record<string, string>>;
  /** Besides those, by what asks. */
  readonly heads?: HeadsByKind | undefined;
  readonly over: Need['over'];
  readonly signal: AbortSignal;
  readonly onStage: (stage: {
    readonly index: number;
    readonly total: number;
    readonly name: string;
    readonly leftMs: number;
  }) => void;
}

export interface Weighed {
  readonly units: UnitCosts;
  /** Transports that could not be weighed, each with the reason. */
  readonly missing: readonly { readonly transport: string; readonly why: Text }[];
}

const names = ['http', 'polling', 'long-polling', 'sse', 'ws', 'socket.io', 'socket.io:polling'];
/** Any size will do: what the message itself weighs is taken away. */
const size = 100;

const nothingToWeigh = text(
  '{transport} made no {kind} to weigh; this machine was too busy, run it again',
  '{transport}에 잴 {kind} 요청이 없었습니다. 컴퓨터가 너무 바빴으니 다시 실행해 보면 됩니다',
);

/** When messages are exchanged; connecting and leaving have exchanges of the same kinds. */
const spoken: ReadonlySet<string> = new Set(['warmup', 'steady']);

/**
 * The most frequent whole exchange of a kind, if there was one, of those with one message: on a busy machine several wait
 * for the same poll.
 */
function exchangeOf({ exchanges }: Pick<Trial, 'exchanges'>, kind: string): WeighedHeads | undefined {
  const sizes = exchanges
    .filter((one) => one.kind === kind && spoken.has(one.phase))
    .flatMap((one) => one.sizes);
  const least = Math.min(...sizes.map(({ up, down }) => up + down));
  const [first] = sizes
    .filter(({ up, down }) => up + down < least + size)
    .toSorted((a, b) => b.count - a.count || a.up + a.down - (b.up + b.down));
  return first;
}

/** What this machine refuses, by the system's error code: these are not bugs. */
const refusals: Readonly<Record<string, Text>> = {
  EMFILE: text(
    'this process may open no more files; raise the limit: ulimit -n 4096',
    '이 프로세스는 파일을 더 열 수 없습니다. 한도를 올려야 합니다: ulimit -n 4096',
  ),
  ENFILE: text(
    'this machine may open no more files; close something and run it again',
    '이 컴퓨터는 파일을 더 열 수 없습니다. 다른 것을 닫고 다시 실행하십시오',
  ),
  ENOMEM: text(
    'this machine has no memory left; close something and run it again',
    '메모리가 부족합니다. 다른 것을 닫고 다시 실행하십시오',
  ),
  EAGAIN: text(
    'this machine may start no more processes; close something and run it again',
    '프로세스를 더 시작할 수 없습니다. 다른 것을 닫고 다시 실행하십시오',
  ),
};

/** A failure that a person can mend, or the error as it is. */
export function asRefusal(error: unknown): unknown {
  const told = own(refusals, String((error as NodeJS.ErrnoException | null)?.code));
  return told ? new CannotRun(told, { cause: error }) : error;
}

/** What TLS adds is estimated by the write, whatever it carries. */
export const inTheClear = (over: Need['over']): Over => (over === 'h2' ? 'h2c' : 'http');

const planOf = (name: string, { headers, heads, over, signal }: Conditions): TrialPlan =>
  namedPlan('echo', name, {
    signal,
    headers,
    heads,
    over: inTheClear(over),
    // Slow enough that messages never share an answer, and that some polls find no message.
    load: { clients: 1, messages: 8, rate: 10, warmup: 1, size, pollIntervalMs: 30 },
  });

/** What must have been asked for, to be weighed. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  http: ['POST /echo 200'],
  polling: ['POST /message 204', 'GET /mailbox 204', 'GET /mailbox 200'],
  'socket.io:polling': ['POST /socket.io/ 200', 'GET /socket.io/ 200'],
};
/** More repeats than for a trial that is only late: here chance decides whether everything to be weighed occurs. */
const mostTimes = 6;

/** Repeats the trial if a busy machine has left out something to be weighed. Throws `CannotRun` if it stays missing. */
async function weighOne(name: string, plan: TrialPlan): Promise<Trial> {
  const missing = (trial: Pick<Trial, 'exchanges'>) => kinds[name]?.find((one) => !exchangeOf(trial, one));
  const { made } = await untilQuiet(
    async () => measure(plan, await startServer(plan)),
    // Messages that left late weigh what they weigh.
    (trial) => asEvidence(trial) === null || missing(trial) !== undefined,
    { most: mostTimes, signal: plan.signal },
  );
  plan.signal.throwIfAborted();
  checkCounts(text('unit costs', '단위 비용'), asEvidence(made) ? [] : [made]);
  const kind = missing(made);
  if (kind === undefined) return made;
  throw new CannotRun(inEveryLanguage(nothingToWeigh, { transport: name, kind }));
}

/** The reason why something is missing; anything else is a bug and goes on. */
function whyOf(thrown: unknown): Text {
  const error = asRefusal(thrown);
  if (error instanceof CannotRun) return error.told;
  throw error;
}

/** Throws `CannotRun` with the first reason where nothing at all can be weighed. */
export async function measureUnitCosts(conditions: Conditions): Promise<Weighed> {
  const all = names.map((name) => ({ name, plan: planOf(name, conditions) }));
  const why = (plan: TrialPlan) =>
    conditions.over === 'h2' ? plan.transport.traits.notOverHttp2 : undefined;
  const plans = all.filter(({ plan }) => !why(plan));
  const missing = new Map(
    all.flatMap(({ name, plan }) => [why(plan)].flatMap((told) => (told ? [[name, told] as const] : []))),
  );
  conditions.signal.throwIfAborted();
  conditions.onStage({
    index: 0,
    total: 1,
    name: plans.map(({ name }) => name).join(', '),
    leftMs: 2 * Math.max(...plans.map(({ plan }) => expectedMs(plan))),
  });
  // Bytes and counts are all that is wanted, so they are weighed side by side.
  const outcomes = await Promise.allSettled(plans.map(({ name, plan }) => weighOne(name, plan)));
  conditions.signal.throwIfAborted();
  const trials = new Map<string, Trial>();
  for (const [index, { name }] of plans.entries()) {
    const outcome = outcomes[index];
    if (outcome?.status === 'fulfilled') trials.set(name, outcome.value);
    else missing.set(name, whyOf(outcome?.reason));
  }
  const reason = [...missing.values()].at(-1);
  if (trials.size === 0 && reason) throw new CannotRun(reason);
  const mailed = size + mailboxBytes(size);
  const packet = size + '42["echo",""]'.length;
  const heads = (name: string, kind: string, up: number, down: number): WeighedHeads | undefined => {
    const trial = trials.get(name);
    const exchange = trial && exchangeOf(trial, kind);
    return exchange && { up: exchange.up - up, down: exchange.down - down };
  };
  const units = {
    ...given('post', heads('polling', 'POST /message 204', size, 0)),
    ...given('postAndAnswer', heads('http', 'POST /echo 200', size, size)),
    ...given('emptyPoll', heads('polling', 'GET /mailbox 204', 0, 0)),
    ...given('fullPoll', heads('polling', 'GET /mailbox 200', 0, mailed)),
    ...given('socketIoPost', heads('socket.io:polling', 'POST /socket.io/ 200', packet, 0)),
    ...given('socketIoPoll', heads('socket.io:polling', 'GET /socket.io/ 200', 0, packet)),
    setup: Object.fromEntries([...trials].map(([name, { setup }]) => [name, setup.bytes])),
  };
  return { units, missing: [...missing].map(([transport, why]) => ({ transport, why })) };
}

const given = <Name extends string>(name: Name, heads: WeighedHeads | undefined) =>
  (heads === undefined ? {} : { [name]: heads }) as { readonly [Key in Name]?: WeighedHeads };

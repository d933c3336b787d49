/**
 * Measuring from a program of one's own, in a few lines: everything as usual but what is asked for. A transport may be
 * one of ours or any value of its shape, and so may its server, which then runs in this process.
 */

import { realClock } from '../base/clock.ts';
import { didYouMean } from '../base/did-you-mean.ts';
import { UsageError } from '../base/failure.ts';
import { own } from '../base/lookup.ts';
import { inEveryLanguage, listed, type Text, text } from '../base/text.ts';
import type { Report, Trial } from '../document/report.ts';
import { reasonsOf, reasonText } from '../metrics/verdict.ts';
import { parseLink } from '../network/link.ts';
import { behaviours } from '../servers/behaviours.ts';
import type { Server } from '../servers/server.ts';
import { serveHere } from '../target/here.ts';
import { transportByName, transports } from '../transports/index.ts';
import type { Transport } from '../transports/transport.ts';
import { bounds, conditionKnobs, type Knob, loadKnobs, shown, wholeNumber } from '../trial/knobs.ts';
import { checkFileLimit, checkFiles, obstacle } from '../trial/limits.ts';
import { measure as measureTrial, serverOptions, startServer } from '../trial/measure.ts';
import type { TrialPlan } from '../trial/plan.ts';
import { scenarioByName, scenarios } from '../trial/scenarios/index.ts';
import type { Scenario } from '../trial/scenarios/scenario.ts';
import { type Asked as AskedPlan, usualPlan } from '../trial/usual-plan.ts';
import { run } from './run.ts';

/** As `run` has it. */
const usualHeartbeatMs = 25_000;

/** A server of one's own: all that a trial needs of one. */
export type OwnServer = Pick<Server, 'start'>;

/** What is left of a trial that does not count: why. Its figures are withheld, as every table withholds them. */
export interface InvalidTrial
  extends Pick<Trial, 'transport' | 'reference' | 'scenario' | 'load' | 'link' | 'repeat' | 'notes'> {
  readonly verdict: 'invalid';
  /** The reasons among the notes, said. */
  readonly why: Text;
}

/** A trial whose figures may be read, or one without any. */
export type Measured = (Trial & { readonly verdict: 'valid' | 'noisy' }) | InvalidTrial;

export interface MeasuredReport extends Omit<Report, 'trials'> {
  readonly trials: readonly Measured[];
}

export interface Asked extends Partial<Omit<AskedPlan, 'transport' | 'scenario' | 'link'>> {
  /** A name, or a transport of one's own. */
  readonly transport: string | Transport;
  /** `echo` unless told. */
  readonly scenario?: string | Scenario;
  /** As `--link` says it: `4g`, `rtt=40ms`. */
  readonly link?: string;
  /** A server of one's own, for a transport that none of ours can serve. */
  readonly server?: OwnServer;
}

/**
 * Measures one trial: bytes, requests and times of a transport under a load. An aborted one is `invalid`, or has a note
 * `interrupted` where it had begun. Throws `UsageError` for what cannot be asked, and `CannotRun` where it could not
 * take place: `CannotConnect` where nobody could connect.
 */
export async function measure(asked: Asked): Promise<Measured> {
  refuse(asked, { ...ofTrial, transport: aTransport, server: aServer });
  const { server, ...wanted } = asked;
  const plan = planOf(wanted);
  checkFiles(plan);
  // In one process with its clients, a server shares their limit.
  if (server) checkFileLimit(plan.load.clients, 2 * plan.transport.traits.connections[1]);
  return readable(await measureTrial(plan, server ? await serveWith(server, plan) : await startServer(plan)));
}

function readable(trial: Trial): Measured {
  const { verdict, transport, reference, scenario, load, link, repeat, notes } = trial;
  if (verdict !== 'invalid') return { ...trial, verdict };
  const why = reasonText(reasonsOf(trial));
  return { transport, reference, scenario, load, link, repeat, verdict, why, notes };
}

export interface Compared extends Omit<Asked, 'transport' | 'server' | 'repeat' | 'middleboxes'> {
  readonly transports: readonly (string | Transport)[];
  /** Everything again so many times, for intervals: five or more. */
  readonly repeat?: number;
}

/**
 * Measures several transports under the same load, one after the other: the report that `rtcompare run` writes, but for
 * the figures of invalid trials. What could not connect is among `unconnected`. An aborted one is `interrupted`; where
 * nothing was measured, its verdict is `invalid`.
 */
export async function compare(asked: Compared): Promise<MeasuredReport> {
  const { middleboxes: _, ...ofComparison } = ofTrial;
  refuse(asked, { ...ofComparison, transports: severalTransports, repeat: wholeNumber(...bounds.repeat) });
  const { transports, repeat = 1, ...wanted } = asked;
  const plans = Array.from({ length: repeat }, (_, index) =>
    transports.map((transport) => ({ ...planOf({ ...wanted, transport }), repeat: index })),
  ).flat();
  const [first] = plans as [TrialPlan, ...TrialPlan[]];
  const report = await run({
    trials: plans,
    signal: first.signal,
    plan: {
      ...{ seed: first.seed, transports: [...new Set(plans.map(({ transport }) => transport.name))] },
      ...{ scenario: first.scenario.name, load: first.load, link: first.link, proxy: 'none' },
      headers: Object.keys(first.headers).length > 0 ? 'own' : 'minimal',
      heartbeat: first.heartbeatMs === null ? 'none' : `${first.heartbeatMs}ms`,
      ...{ keepAlive: first.keepAlive, compression: first.compression, host: first.host },
      ...{ repeat, timeoutMs: first.timeoutMs },
    },
  });
  return { ...report, trials: report.trials.map(readable) };
}

/** A name is looked up later, with the nearest known one; a value of one's own must have these functions. */
const nameOr = (...functions: readonly string[]): Knob['takes'] => {
  const hasAll = ofFunctions(...functions);
  return (value) => typeof value === 'string' || hasAll(value);
};

const ofFunctions =
  (...names: readonly string[]): Knob['takes'] =>
  (value) =>
    isObject(value) && names.every((name) => typeof value[name] === 'function');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const aTransport: Knob = {
  takes: nameOr('connect'),
  expected: text(
    'Write the name of a transport, or a transport of your own.',
    '전송 방식의 이름이나 직접 만든 전송 방식을 적어야 합니다.',
  ),
};

const severalTransports: Knob = {
  takes: (value) => Array.isArray(value) && value.length > 0 && value.every(aTransport.takes),
  expected: text(
    'Write a list of at least one name or transport of your own.',
    '이름이나 직접 만든 전송 방식이 하나 이상 있는 목록을 적어야 합니다.',
  ),
};

const aServer: Knob = {
  takes: (value) => value === undefined || ofFunctions('start')(value),
  expected: text('Write a server: it has start().', 'start()가 있는 서버를 적어야 합니다.'),
};

/** What both take. */
const ofTrial = {
  ...conditionKnobs,
  load: {
    takes: isObject,
    expected: text('Write an object, such as { clients: 5 }.', '{ clients: 5 } 같은 객체를 적어야 합니다.'),
  },
  middleboxes: {
    takes: isObject,
    expected: text(
      'Write an object, such as { buffering: true }.',
      '{ buffering: true } 같은 객체를 적어야 합니다.',
    ),
  },
  repeat: wholeNumber(0, bounds.repeat[1]),
  scenario: {
    takes: nameOr('drive'),
    expected: text(
      'Write the name of a scenario, or a scenario of your own.',
      '시나리오의 이름이나 직접 만든 시나리오를 적어야 합니다.',
    ),
  },
  link: {
    takes: (value) => typeof value === 'string',
    expected: text(
      'Write a link as --link has it, such as rtt=40ms.',
      'rtt=40ms처럼 --link에 쓰는 값을 적어야 합니다.',
    ),
  },
} as const satisfies Record<string, Knob>;

const required = ['transport', 'transports'];

const wrong = text('{key}: got {value}. {expected}', '{key}: {value}은(는) 쓸 수 없습니다. {expected}');
const unknownKey = text('{key}: unknown key{hint}', '{key}: 모르는 키입니다{hint}');

/** Throws `UsageError` with everything that is wrong with what was asked, before anything starts. */
function refuse(asked: unknown, known: Readonly<Record<string, Knob>>): void {
  const all = isObject(asked) ? asked : {};
  const missing = required.filter((key) => key in known && !(key in all));
  const problems = [
    ...missing.flatMap((key) => problemOf(key, undefined, known[key])),
    ...problemsOf(all, known, ''),
    ...(isObject(all.load) ? problemsOf(all.load, loadKnobs, 'load.') : []),
  ];
  if (problems.length > 0) throw new UsageError(listed(problems, '\n'));
}

const problemsOf = (
  values: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, Knob>>,
  where: string,
): Text[] =>
  Object.entries(values).flatMap(([key, value]) => {
    const knob = own(known, key);
    const hint = didYouMean(key, Object.keys(known));
    return knob
      ? problemOf(where + key, value, knob)
      : inEveryLanguage(unknownKey, { key: where + key, hint });
  });

const problemOf = (key: string, value: unknown, knob: Knob | undefined): Text[] =>
  knob === undefined || knob.takes(value)
    ? []
    : [inEveryLanguage(wrong, { key, value: shown(value), expected: knob.expected })];

const noTransport = text(
  'unknown transport "{word}"{hint} Known: {names}',
  '"{word}"라는 전송 방식은 없습니다{hint} 쓸 수 있는 이름: {names}',
);
const noScenario = text(
  'unknown scenario "{word}"{hint} Known: {names}',
  '"{word}"라는 시나리오는 없습니다{hint} 쓸 수 있는 이름: {names}',
);

function unknown(
  phrase: typeof noTransport,
  word: string,
  known: readonly { readonly name: string }[],
): UsageError {
  const names = known.map(({ name }) => name);
  const hint = didYouMean(word, names);
  return new UsageError(inEveryLanguage(phrase, { word, hint, names: names.join(', ') }));
}

function planOf({
  transport,
  scenario = 'echo',
  link = 'loopback',
  heartbeatMs = usualHeartbeatMs,
  ...asked
}: Omit<Asked, 'server'>): TrialPlan {
  const found = typeof transport === 'string' ? transportByName(transport) : transport;
  const about = typeof scenario === 'string' ? scenarioByName(scenario) : scenario;
  if (!found) throw unknown(noTransport, String(transport), transports);
  if (!about) throw unknown(noScenario, String(scenario), scenarios);
  const plan = usualPlan({
    ...asked,
    ...{ transport: found, scenario: about, link: parseLink(link), heartbeatMs },
  });
  const why = obstacle(plan);
  if (why !== null)
    throw new UsageError(
      inEveryLanguage(text('{scenario}: {why}', '{scenario}: {why}'), { scenario: about.name, why }),
    );
  return plan;
}

function serveWith(server: OwnServer, plan: TrialPlan) {
  const behaviour = own(behaviours, plan.scenario.behaviour);
  if (!behaviour)
    throw new UsageError(
      inEveryLanguage(text('no behaviour {name}', '{name}이라는 동작은 없습니다'), {
        name: plan.scenario.behaviour,
      }),
    );
  return serveHere(server, behaviour(realClock), serverOptions(plan));
}

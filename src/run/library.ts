/**
 * Measuring from the user's own program, in a few lines: options left out have their usual values. A transport may be
 * one of ours or any value of its shape, and so may its server, which then runs in this process.
 */

import { realClock } from '../base/clock.ts';
import { UsageError } from '../base/failure.ts';
import { own } from '../base/lookup.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import type { Report, Trial } from '../document/report.ts';
import { reasonsOf, reasonText } from '../metrics/verdict.ts';
import { parseLink } from '../network/link.ts';
import { behaviours } from '../servers/behaviours.ts';
import type { Server } from '../servers/server.ts';
import { serveHere } from '../target/here.ts';
import type { Transport } from '../transports/transport.ts';
import { type PlanAsked, sharedKnobs, usualPlan } from '../trial/knobs.ts';
import { checkFileLimit, checkFiles, obstacle } from '../trial/limits.ts';
import { measure as measureTrial } from '../trial/measure.ts';
import { certificateOf } from '../trial/path-of.ts';
import type { TrialPlan } from '../trial/plan.ts';
import { scenarioByName, scenarios } from '../trial/scenarios/index.ts';
import { type Scenario, usual } from '../trial/scenarios/scenario.ts';
import { serverOptions, startServer } from '../trial/server-of.ts';
import { compareKnobs, measureKnobs, refuse } from './library-options.ts';
import { run } from './run.ts';
import { transportNamed, unknown } from './transport-named.ts';

/** The user's own server: all that a trial needs of one. */
export type OwnServer = Pick<Server, 'start'>;

/** A trial that does not count, with the reason. Its figures are left out, as in every table. */
export interface InvalidTrial
  extends Pick<Trial, 'transport' | 'reference' | 'scenario' | 'load' | 'link' | 'repeat' | 'notes'> {
  readonly verdict: 'invalid';
  /** The reasons among the notes, in words. */
  readonly why: Text;
}

/** A trial whose figures may be read, or an invalid one without figures. */
export type MeasuredTrial = (Trial & { readonly verdict: 'valid' | 'noisy' }) | InvalidTrial;

export interface MeasuredReport extends Omit<Report, 'trials'> {
  readonly trials: readonly MeasuredTrial[];
}

export interface MeasureOptions extends Partial<Omit<PlanAsked, 'transport' | 'scenario' | 'link'>> {
  /** A name, or the user's own transport. */
  readonly transport: string | Transport;
  /** `echo` by default. */
  readonly scenario?: string | Scenario;
  /** As for `--link`: `4g`, `rtt=40ms`. */
  readonly link?: string;
  /** The user's own server, for a transport that none of ours can serve. */
  readonly server?: OwnServer;
}

/**
 * Measures one trial: bytes, requests and times of a transport under a load. An aborted one is `invalid`, or has a note
 * `interrupted` if it had begun. Throws `UsageError` for wrong options, and `CannotRun` if the trial could not take
 * place: `CannotConnect` if its clients could not connect.
 */
export async function measure(asked: MeasureOptions): Promise<MeasuredTrial> {
  refuse(asked, measureKnobs);
  const { server, ...wanted } = asked;
  const plan = planOf(wanted);
  checkFiles(plan);
  // A server in the same process as the clients shares their limit of open files.
  if (server) checkFileLimit(plan.load.clients, 2 * plan.transport.traits.connections[1]);
  return readable(await measureTrial(plan, server ? await serveWith(server, plan) : await startServer(plan)));
}

function readable(trial: Trial): MeasuredTrial {
  const { verdict, transport, reference, scenario, load, link, repeat, notes } = trial;
  if (verdict !== 'invalid') return { ...trial, verdict };
  const why = reasonText(reasonsOf(trial));
  return { transport, reference, scenario, load, link, repeat, verdict, why, notes };
}

export interface CompareOptions
  extends Omit<MeasureOptions, 'transport' | 'server' | 'repeat' | 'middleboxes'> {
  readonly transports: readonly (string | Transport)[];
  /** How many times everything is measured; intervals need five or more. */
  readonly repeat?: number;
}

/**
 * Measures several transports under the same load, one after the other: the report that `rtcompare run` writes, without
 * the figures of invalid trials. A transport that could not connect is in `unconnected`. An aborted report is
 * `interrupted`; if nothing was measured, its verdict is `invalid`.
 */
export async function compare(asked: CompareOptions): Promise<MeasuredReport> {
  refuse(asked, compareKnobs);
  const { transports, repeat = 1, ...wanted } = asked;
  const plans = Array.from({ length: repeat }, (_, index) =>
    transports.map((transport) => ({ ...planOf({ ...wanted, transport }), repeat: index })),
  ).flat();
  const [first] = plans as [TrialPlan, ...TrialPlan[]];
  const report = await run({
    trials: plans,
    signal: first.signal,
    plan: {
      seed: first.seed,
      transports: [...new Set(plans.map(({ transport }) => transport.name))],
      scenario: first.scenario.name,
      load: first.load,
      link: first.link,
      proxy: 'none',
      headers: Object.keys(first.headers).length > 0 ? 'own' : 'minimal',
      heartbeat: first.heartbeatMs === null ? 'none' : `${first.heartbeatMs}ms`,
      over: first.over,
      tls: first.tlsVersion,
      certificate: first.certificate,
      keepAlive: first.keepAlive,
      compression: first.compression,
      host: first.host,
      repeat,
      timeoutMs: first.timeoutMs,
    },
  });
  return { ...report, trials: report.trials.map(readable) };
}

const noScenario = text(
  'unknown scenario "{word}"{hint} Known: {names}',
  '"{word}"라는 시나리오는 없습니다{hint} 쓸 수 있는 이름: {names}',
);

function planOf({
  transport,
  scenario = 'echo',
  link = 'loopback',
  heartbeatMs = sharedKnobs.heartbeatMs.usual,
  ...asked
}: Omit<MeasureOptions, 'server'>): TrialPlan {
  const found = transportNamed(transport);
  // Keys that the user's own scenario leaves out have their usual values.
  const about = typeof scenario === 'string' ? scenarioByName(scenario) : { ...usual, ...scenario };
  if (!about) throw unknown(noScenario, String(scenario), scenarios);
  const plan = usualPlan({
    ...asked,
    transport: found,
    scenario: about,
    link: parseLink(link),
    heartbeatMs,
  });
  const why = obstacle(plan);
  if (why !== null)
    throw new UsageError(
      inEveryLanguage(text('{scenario}: {why}', '{scenario}: {why}'), { scenario: about.name, why }),
    );
  return plan;
}

async function serveWith(server: OwnServer, plan: TrialPlan) {
  const behaviour = own(behaviours, plan.scenario.behaviour);
  if (!behaviour)
    throw new UsageError(
      inEveryLanguage(text('no behaviour {name}', '{name}이라는 동작은 없습니다'), {
        name: plan.scenario.behaviour,
      }),
    );
  return serveHere(server, behaviour(realClock), serverOptions(plan, await certificateOf(plan)));
}

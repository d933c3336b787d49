/**
 * Measuring from a program of one's own, in a few lines: everything as usual but what is asked for. A transport may be
 * one of ours or any value of its shape, and so may its server, which then runs in this process.
 */
import { inEveryLanguage, text } from './base/text.ts';
import { realClock } from './clock.ts';
import { UsageError } from './failure.ts';
import { checkFileLimit, obstacle } from './limits.ts';
import {
  checkFiles,
  measure as measureTrial,
  serverOptions,
  startServer,
  type TrialPlan,
} from './measure.ts';
import type { Report, Trial } from './metrics/report.ts';
import { parseLink } from './network/link.ts';
import { run } from './run.ts';
import { scenarioByName } from './scenarios/index.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { serveHere } from './serve-here.ts';
import { behaviours } from './servers/behaviours.ts';
import type { Server } from './servers/server.ts';
import { transportByName } from './transports/index.ts';
import type { Transport } from './transports/transport.ts';
import { type Asked as AskedPlan, usualPlan } from './usual-plan.ts';

/** As `run` has it. */
const usualHeartbeatMs = 25_000;

export interface Asked extends Partial<Omit<AskedPlan, 'transport' | 'scenario' | 'link'>> {
  /** A name, or a transport of one's own. */
  readonly transport: string | Transport;
  /** `echo` unless told. */
  readonly scenario?: string | Scenario;
  /** As `--link` says it: `4g`, `rtt=40ms`. */
  readonly link?: string;
  /** A server of one's own, for a transport that none of ours can serve. */
  readonly server?: Pick<Server, 'start'>;
}

/**
 * Measures one trial: bytes, requests and times of a transport under a load.
 * Throws `UsageError` for a name nobody knows, and `CannotRun` where it could not take place.
 */
export async function measure({ server, ...asked }: Asked): Promise<Trial> {
  const plan = planOf(asked);
  checkFiles(plan);
  // In one process with its clients, a server shares their limit.
  if (server) checkFileLimit(plan.load.clients, 2 * plan.transport.traits.connections[1]);
  return measureTrial(plan, server ? await serveWith(server, plan) : await startServer(plan));
}

export interface Compared extends Omit<Asked, 'transport' | 'server' | 'repeat' | 'middleboxes'> {
  readonly transports: readonly (string | Transport)[];
  /** Everything again so many times, for intervals: five or more. */
  readonly repeat?: number;
}

/** Measures several transports under the same load, one after the other: the report that `rtcompare run` writes. */
export async function compare({ transports, repeat = 1, ...asked }: Compared): Promise<Report> {
  const plans = Array.from({ length: repeat }, (_, index) =>
    transports.map((transport) => ({ ...planOf({ ...asked, transport }), repeat: index })),
  ).flat();
  const [first] = plans;
  if (!first)
    throw new UsageError(
      text(
        'nothing to compare: name at least one transport',
        '비교할 것이 없습니다: 전송 방식을 하나 이상 적어야 합니다',
      ),
    );
  return run({
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
  if (!found)
    throw new UsageError(
      inEveryLanguage(
        text(
          'no transport {name}; `transports` has them all',
          '{name}이라는 전송 방식은 없습니다. 전체 목록은 `transports`에 있습니다',
        ),
        { name: String(transport) },
      ),
    );
  if (!about)
    throw new UsageError(
      inEveryLanguage(
        text(
          'no scenario {name}; `scenarios` has them all',
          '{name}이라는 시나리오는 없습니다. 전체 목록은 `scenarios`에 있습니다',
        ),
        { name: String(scenario) },
      ),
    );
  const plan = usualPlan({
    ...asked,
    ...{ transport: found, scenario: about, link: parseLink(link), heartbeatMs },
  });
  const why = obstacle(found, about, plan.load);
  if (why !== null)
    throw new UsageError(
      inEveryLanguage(text('{scenario}: {why}', '{scenario}: {why}'), { scenario: about.name, why }),
    );
  return plan;
}

function serveWith(server: Pick<Server, 'start'>, plan: TrialPlan) {
  const behaviour = behaviours[plan.scenario.behaviour];
  if (!behaviour) throw new UsageError(`no behaviour ${plan.scenario.behaviour}`);
  return serveHere(server, behaviour(realClock), serverOptions(plan));
}

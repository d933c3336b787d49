/** From options to a plan: names looked up, combinations checked, every trial spelled out. Nothing starts here. */
import { isIP } from 'node:net';
import { UsageError } from '../failure.ts';
import type { TrialPlan } from '../measure.ts';
import type { Load, Plan } from '../metrics/report.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Transport } from '../transports/transport.ts';
import { didYouMean, parseDuration } from './values.ts';

export interface RunOptions {
  transport: string;
  scenario?: string;
  clients: number;
  messages: number;
  rate: number;
  duration?: number;
  size: number;
  payload: 'text' | 'binary';
  pollInterval: number;
  warmup: number;
  heartbeat: string;
  keepAlive: 'on' | 'off';
  compression?: boolean;
  host: string;
  port: number;
  seed: number;
  timeout: number;
}

/** Without `--scenario`, push is there only to fill the rows that need the server to speak first. */
const shortPush = { messages: 10, pace: 2 };

export async function planRun(
  options: RunOptions,
  signal: AbortSignal,
): Promise<{ plan: Plan; trials: TrialPlan[] }> {
  const { scenarios } = await import('../scenarios/index.ts');
  if (isIP(options.host) === 0) {
    throw new UsageError(`--host ${options.host}: write a literal address, such as 127.0.0.1 or ::1`);
  }
  const chosen = await chooseTransports(options.transport);
  const asked = options.scenario?.split(',') ?? ['echo', 'push'];
  const load: Load = {
    clients: options.clients,
    messages: options.messages,
    rate: options.rate,
    arrivals: 'jittered',
    durationMs: options.duration ?? null,
    size: options.size,
    payload: options.payload,
    pollIntervalMs: options.pollInterval,
    warmup: options.warmup,
  };
  const link = { name: 'loopback' };
  const common = {
    link,
    repeat: 0,
    seed: options.seed,
    host: options.host,
    port: options.port,
    heartbeatMs: options.heartbeat === 'none' ? null : parseDuration(options.heartbeat),
    keepAlive: options.keepAlive === 'on',
    compression: options.compression === true,
    timeoutMs: options.timeout,
    holdMs: 25_000,
    signal,
  };
  const trials = asked.flatMap((name) => {
    const scenario = chooseScenario(name, scenarios);
    const short = options.scenario === undefined && scenario.needsPush;
    const messages = short ? Math.min(load.messages, shortPush.messages) : load.messages;
    const rate = short ? load.rate * shortPush.pace : load.rate;
    return chosen
      .filter((transport) => canRun(transport, scenario, load))
      .map((transport) => ({ ...common, transport, scenario, load: { ...load, messages, rate } }));
  });
  if (trials.length === 0)
    throw new UsageError('nothing to measure: no chosen transport can run this scenario');
  return {
    trials,
    plan: {
      seed: options.seed,
      transports: chosen.map(({ name }) => name),
      scenario: asked.join(','),
      load,
      link,
      headers: 'node',
      heartbeat: options.heartbeat,
      keepAlive: common.keepAlive,
      compression: common.compression,
      host: options.host,
      repeat: 1,
      timeoutMs: options.timeout,
    },
  };
}

/** The named transports in the registry's order, then the references. */
async function chooseTransports(names: string): Promise<Transport[]> {
  const { transportByName, transports } = await import('../transports/index.ts');
  const wanted = new Set<Transport>();
  for (const name of names.split(',').map((word) => word.trim())) {
    const found =
      name.toLowerCase() === 'all'
        ? transports.filter(({ traits }) => traits.inAll)
        : [transportByName(name)];
    for (const transport of found) {
      if (!transport) {
        const known = transports.map((known) => known.name);
        throw new UsageError(
          `--transport: unknown transport "${name}"${didYouMean(name, [...known, 'all'])} Known: all, ${known.join(', ')}`,
        );
      }
      wanted.add(transport);
    }
  }
  return transports.filter((transport) => wanted.has(transport) || transport.traits.reference);
}

function chooseScenario(name: string, scenarios: readonly Scenario[]): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name.trim());
  if (found) return found;
  const known = scenarios.map((scenario) => scenario.name);
  throw new UsageError(
    `--scenario: unknown scenario "${name}"${didYouMean(name, known)} Known: ${known.join(', ')}`,
  );
}

const canRun = ({ traits }: Transport, { needsPush }: Scenario, { size }: Load): boolean =>
  (traits.push || !needsPush) && (traits.emptyMessages || size > 0);

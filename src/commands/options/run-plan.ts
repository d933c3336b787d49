/** From options to a plan: names looked up, combinations checked, every trial spelled out. Nothing starts here. */
import { unknownWord } from '../../base/did-you-mean.ts';
import { UsageError } from '../../base/failure.ts';
import { randomStream } from '../../base/schedule.ts';
import { inEveryLanguage, listed, type Text, text } from '../../base/text.ts';
import type { ChosenBrowser } from '../../browsers/engine.ts';
import type { Load, Plan } from '../../document/report.ts';
import { isHttp2, type Over } from '../../protocols/over.ts';
import type { Impossible, Run } from '../../run/run.ts';
import { usualHoldMs } from '../../servers/server.ts';
import type { Transport } from '../../transports/transport.ts';
import type { TypedKnob } from '../../trial/knob.ts';
import { asOwn, loadKnobs, ownKnobs, sharedKnobs } from '../../trial/knobs.ts';
import { isBarred, isNotProxied, lacksAdapter, obstacle } from '../../trial/limits.ts';
import type { TrialPlan } from '../../trial/plan.ts';
import type { Scenario } from '../../trial/scenarios/scenario.ts';
import { pageObstacle, usualPages } from '../../trial/spoken-by-pages.ts';
import { chosenSpeakers } from './chosen-speakers.ts';
import { attributeOf, plannedBy } from './knob-options.ts';
import { parseOver } from './over-option.ts';
import { ownConfiguration } from './proxy-config.ts';
import { sharedRedis } from './redis-option.ts';
import type { IsAsked, RunOptions } from './run-options.ts';
import { parseSweep, type SweepPoint } from './sweep.ts';

/**
 * Without `--scenario` the first table should come soon: more clients send as many messages at the same rate in less
 * time, so that a message weighs the same. Push only fills the rows that need the server to speak first.
 */
const briefEcho = { clients: 30, messages: 10 };
const shortPush = { messages: 8, pace: 4 };

interface Planned {
  readonly plan: Plan;
  readonly trials: readonly TrialPlan[];
  /** The transports that the user asked for; others go along as references. */
  readonly named: ReadonlySet<string>;
  /** What was asked for and cannot be, each with the reason. */
  readonly leftOut: readonly Text[];
  /** Other programs and libraries that the run needs, with versions. */
  readonly besides: NonNullable<Run['besides']>;
  /** What pages of a browser cannot do: rows of the report. */
  readonly impossible: readonly Impossible[];
}

export async function planRun(options: RunOptions, isAsked: IsAsked, signal: AbortSignal): Promise<Planned> {
  const chosen = await choose(options);
  const conditions = await conditionsOf(options, signal);
  const speakers = await chosenSpeakers(options, isAsked);
  const overs = parseOver(options.over);
  const { trials, obstacles, impossible } = await spellOut(
    { ...chosen, overs, speakers },
    conditions,
    options,
    isAsked,
  );
  const [first] = trials;
  // A run with references alone would not answer the user's question.
  if (!first || !trials.some(({ transport }) => chosen.named.has(transport)))
    throw new UsageError(
      inEveryLanguage(text('nothing to measure. {why}', '측정할 것이 없습니다. {why}'), {
        why: listed([
          ...new Set([
            ...[...obstacles].filter(([, isTold]) => isTold).map(([why]) => why),
            ...impossible.map(({ why }) => why),
          ]),
        ]),
      }),
    );
  const shared = await sharedRedis(trials, options.redis);
  return {
    trials: shared === undefined ? trials : trials.map((trial) => ({ ...trial, redis: shared.redis })),
    besides: shared?.found ?? [],
    impossible,
    named: new Set([...chosen.named].map(({ name }) => name)),
    leftOut: [...obstacles].filter(([, isTold]) => isTold).map(([why]) => why),
    plan: {
      seed: conditions.seed,
      transports: chosen.transports.map(({ name }) => name),
      scenario: chosen.scenarios.map(({ name }) => name).join(','),
      load: first.load,
      link: conditions.link,
      proxy: options.proxy,
      ...(speakers.some((one) => one) && { browser: speakers.map((one) => one?.name ?? 'node').join(',') }),
      headers: options.cookie > 0 ? `${options.headers} + ${options.cookie} B cookie` : options.headers,
      over: overs.join(','),
      tls: conditions.tlsVersion,
      certificate: conditions.certificate,
      heartbeat: options.heartbeat,
      keepAlive: conditions.keepAlive,
      compression: conditions.compression,
      host: conditions.host,
      repeat: options.repeat,
      timeoutMs: conditions.timeoutMs,
    },
  };
}

interface Chosen {
  readonly transports: readonly Transport[];
  /** Those that the user asked for; the others go along as references. */
  readonly named: ReadonlySet<Transport>;
  readonly scenarios: readonly Scenario[];
}

async function choose({ transport, scenario, target, targetToken }: RunOptions): Promise<Chosen> {
  const { scenarios } = await import('../../trial/scenarios/index.ts');
  const names = scenario?.split(',') ?? ['echo', 'push'];
  // A foreign server speaks none of the references.
  const hasReferences = target === undefined || targetToken !== undefined;
  return {
    ...(await chooseTransports(transport, hasReferences)),
    scenarios: names.map((name) => chooseScenario(name, scenarios)),
  };
}

type Conditions = Omit<
  TrialPlan,
  'transport' | 'scenario' | 'load' | 'repeat' | 'record' | 'over' | 'browser'
>;

/** What is the same in every trial, except for a link that is swept. */
async function conditionsOf(options: RunOptions, signal: AbortSignal): Promise<Conditions> {
  const { parseLink } = await import('../../network/link.ts');
  const { readBetween } = await import('../../network/between.ts');
  const { headersOf, headsOf } = await import('../../transports/headers.ts');
  const shared = plannedBy(sharedKnobs, options);
  if (!sharedKnobs.host.takes(shared.host)) {
    throw new UsageError(
      inEveryLanguage(
        text(
          '--host {host}: write a literal address, such as 127.0.0.1 or ::1',
          '--host {host}: 127.0.0.1이나 ::1처럼 숫자로 된 주소를 적어야 합니다',
        ),
        { host: shared.host },
      ),
    );
  }
  return {
    ...shared,
    link: parseLink(options.link),
    ...readBetween(options.proxy, await ownConfiguration(options.proxyConfig)),
    headers: headersOf(options.headers, options.cookie),
    heads: headsOf(options.headers),
    holdMs: usualHoldMs,
    signal,
  };
}

/** Each protocol and each speaker gets trials of its own. */
interface Of {
  readonly overs: readonly Over[];
  /** Undefined stands for Node's own clients. */
  readonly speakers: readonly (ChosenBrowser | undefined)[];
}

/** Every trial, in its order, and the obstacles: each with whether the user would miss the trials it rules out. */
async function spellOut(
  { transports, named, scenarios, overs, speakers }: Chosen & Of,
  conditions: Conditions,
  options: RunOptions,
  isAsked: IsAsked,
): Promise<Pick<Planned, 'trials' | 'impossible'> & { obstacles: ReadonlyMap<Text, boolean> }> {
  const { shuffle } = await import('simple-statistics');
  const points = options.sweep === undefined ? [{}] : parseSweep(options.sweep);
  checkSwept(points, scenarios);
  const obstacles = new Map<Text, boolean>();
  const told = new Set<string>();
  const impossible: Impossible[] = [];
  const takesPart = (plan: TrialPlan): boolean => {
    const { scenario, transport } = plan;
    const notSpoken = isBarred(transport, scenario) ? null : pageObstacle(plan);
    if (notSpoken) {
      impossible.push({ trial: plan, why: notSpoken });
      return false;
    }
    const why = obstacle(plan);
    if (why === null) return true;
    const complaint = inEveryLanguage(text('{scenario}: {why}', '{scenario}: {why}'), {
      scenario: scenario.name,
      why,
    });
    // A reference that the user did not name is left out in silence if it cannot take part in this trial.
    const isMissed =
      !transport.traits.reference ||
      named.has(transport) ||
      !(isBarred(transport, scenario) || isHttp2(plan.over) || isNotProxied(plan) || lacksAdapter(plan));
    // Once is enough: every repeat and every point of a sweep would report the same.
    if (!told.has(complaint.en)) obstacles.set(complaint, isMissed);
    told.add(complaint.en);
    return false;
  };
  const arePages = speakers.some((one) => one);
  const one = (scenario: Scenario, point: SweepPoint, repeat: number): TrialPlan[] => {
    const usual = { ...loadOf(options, scenario, arePages, isAsked), ...point.load };
    const load = point.own ? { ...usual, own: { ...usual.own, ...point.own } } : usual;
    const link = { ...conditions.link, ...point.link };
    const same = { ...conditions, scenario, load, link, repeat };
    const trials = speakers
      .flatMap((browser) => overs.map((over) => ({ ...same, browser, over })))
      .flatMap((each) => transports.map((transport) => ({ ...each, transport })))
      .filter(takesPart);
    // Repeats are interleaved in random order, so that drift falls on all transports alike.
    const random = randomStream(conditions.seed, `${scenario.name} ${repeat}`);
    return options.repeat === 1 ? trials : shuffle(trials, random);
  };
  const trials = Array.from({ length: options.repeat }, (_, repeat) =>
    scenarios.flatMap((scenario) => points.flatMap((point) => one(scenario, point, repeat))),
  ).flat();
  return { trials, obstacles, impossible };
}

const sweptElsewhere = text(
  '--sweep {name}: none of the scenarios is asked for it; use --scenario cluster',
  '--sweep {name}: 이 값을 쓰는 시나리오가 없습니다. --scenario cluster를 써야 합니다',
);

/**
 * Throws `UsageError` for a swept knob of one scenario that another scenario does not have: it would change nothing.
 */
function checkSwept(points: readonly SweepPoint[], scenarios: readonly Scenario[]) {
  for (const name of points.flatMap(({ own = {} }) => Object.keys(own)))
    if (!scenarios.every((scenario) => name in ownKnobs(scenario)))
      throw new UsageError(inEveryLanguage(sweptElsewhere, { name }));
}

/** The load that the user asked for; where they did not, the scenario's defaults. */
function loadOf(options: RunOptions, scenario: Scenario, arePages: boolean, isAsked: IsAsked): Load {
  const load: Load = plannedBy(loadKnobs, options);
  const knobs: Readonly<Record<string, TypedKnob>> = loadKnobs;
  const usual = Object.entries(scenario.defaults).filter(([key]) => {
    const knob = knobs[key];
    return !knob || !isAsked(attributeOf(knob));
  });
  const own = asOwn(plannedBy(ownKnobs(scenario), options));
  const pages = arePages && !isAsked('clients') ? { clients: usualPages } : {};
  const merged = { ...load, ...pages, ...Object.fromEntries(usual), ...own };
  if (options.scenario !== undefined) return merged;
  if (scenario.needsPush)
    return {
      ...merged,
      messages: Math.min(load.messages, shortPush.messages),
      rate: load.rate * shortPush.pace,
    };
  const isBrief = !options.browser && !isAsked('clients') && !isAsked('messages');
  return isBrief ? { ...merged, ...briefEcho } : merged;
}

/** The named transports in the registry's order, then the references. */
async function chooseTransports(
  names: string,
  hasReferences: boolean,
): Promise<Pick<Chosen, 'transports' | 'named'>> {
  const { transportByName, transports } = await import('../../transports/index.ts');
  const wanted = new Set<Transport>();
  for (const name of names.split(',').map((word) => word.trim())) {
    const found =
      name.toLowerCase() === 'all'
        ? transports.filter(({ traits }) => traits.inAll)
        : [transportByName(name)];
    for (const transport of found) {
      if (!transport) throw unknownWord(noTransport, name, ['all', ...transports]);
      wanted.add(transport);
    }
  }
  const isMeasured = (transport: Transport) =>
    wanted.has(transport) || (hasReferences && transport.traits.reference);
  return { transports: transports.filter(isMeasured), named: wanted };
}

const noTransport = text(
  '--transport: unknown transport "{word}"',
  '--transport: "{word}"라는 전송 방식은 없습니다',
);
const noScenario = text(
  '--scenario: unknown scenario "{word}"',
  '--scenario: "{word}"라는 시나리오는 없습니다',
);

function chooseScenario(name: string, scenarios: readonly Scenario[]): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name.trim());
  if (found) return found;
  throw unknownWord(noScenario, name, scenarios);
}

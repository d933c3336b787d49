/**
 * After the measurement: from tape, book and counters to a Trial. Balances the books, and decides whether the figures
 * may be read at all.
 */

import type { BrowserSide } from '../document/browser-side.ts';
import type { BareStream } from '../document/far-side.ts';
import type { Note, Trial } from '../document/report.ts';
import { createHeads } from '../ledger/exchange-heads.ts';
import { createLedger, type Ledger } from '../ledger/ledger.ts';
import { createRequestHeads } from '../ledger/request-heads.ts';
import type { Book, Delivery } from '../metrics/book.ts';
import { judge } from '../metrics/verdict.ts';
import { forwardIn, namesOfReal } from '../network/between.ts';
import { conversationsOver } from '../protocols/detect.ts';
import { tunnelConversations } from '../protocols/http1/tunnel.ts';
import type { Layer } from '../protocols/layers.ts';
import type { KeyLog } from '../protocols/tls/key-log.ts';
import type { WeighedSockets } from '../servers/weighed-sockets.ts';
import type { Chunk } from '../tap/tape.ts';
import type { Address, Target } from '../target/target.ts';
import type { Direction, Phase } from '../wire/span.ts';
import { balance, isClean, payloadDifference } from './balance.ts';
import type { PageClients } from './browser-clients.ts';
import { browserSideOf } from './browser-side-of.ts';
import type { Stages } from './clients.ts';
import type { Comings } from './comings.ts';
import { farSideOf } from './far-side-of.ts';
import { fanOutOf, findingsOf, pollsOf, stagesOf, throughputOf } from './findings.ts';
import type { TrialLab } from './lab.ts';
import { createSequence } from './message-path.ts';
import { trialNotes } from './notes.ts';
import type { Party } from './party.ts';
import { perMessage, segmentsOf } from './per-message.ts';
import { rowOf, type TrialPlan } from './plan.ts';
import { predict } from './predictions/index.ts';
import { overDistance } from './predictions/over-distance.ts';
import type { MemoryStep } from './seen.ts';
import type { Steady } from './steady.ts';
import { hidesPayload, unknownOf, whoseServer, withClockError } from './whose-server.ts';

/** A trial that has ended. */
interface Ended {
  readonly party: Party;
  /** Clients whose sockets are not on the tape. */
  readonly unseen: number;
  readonly socketsDialled: number;
  readonly stages: Stages;
  /** Null without a warm-up. */
  readonly warmup: Book | null;
  /** Null when the trial was interrupted before its steady phase ended. */
  readonly steady: Steady | null;
  readonly lab: TrialLab;
  readonly memory: readonly MemoryStep[];
  readonly comings: Comings;
  readonly notes: Note[];
  /** What the server's own sockets carried, if they were weighed. */
  readonly far: WeighedSockets | undefined;
  /** What a bare client saw behind the same proxies; null if it saw nothing. */
  readonly bare: BareStream | null | undefined;
  /** Where clients connected: to the target, or to the first hop before it. */
  readonly endpoint: Address;
  /** PEM of the authority that vouches for the server, over TLS. */
  readonly authority: string | undefined;
  readonly pages: PageClients | null;
  readonly target: Target;
}

interface Seen extends Ended {
  readonly browser: BrowserSide | undefined;
}

export interface Assessment {
  /** Takes the next chunk of the tape. */
  read(chunk: Chunk): void;
  trial(ended: Ended): Trial;
  /** The status of the last response that refused a client; null if there was none. */
  refusal(): number | null;
}

/**
 * @param keyLog has the secrets of TLS connections by the time they are read.
 * @param isDrawn whether a connection belongs to the client whose sequence is shown.
 */
export function assess(
  plan: TrialPlan,
  keyLog: KeyLog,
  isDrawn: (connection: number) => boolean,
): Assessment {
  const within = conversationsOver(plan.over, plan.transport.traits.wire, plan.load.size, keyLog);
  const dissect = forwardIn(plan) ? tunnelConversations(within) : within;
  const ledger = createLedger(dissect);
  const sequence = createSequence(dissect, isDrawn);
  const proxies = namesOfReal(plan);
  const heads = proxies === '' ? null : createHeads(dissect);
  const requests = plan.browser ? createRequestHeads(dissect) : null;
  return {
    read(chunk) {
      ledger.weigh(chunk);
      sequence.keep(chunk);
      heads?.keep(chunk);
      requests?.keep(chunk);
    },
    refusal() {
      ledger.close();
      const statuses = ledger
        .exchanges()
        // A tunnel may be requested after the set-up, with the first message.
        .filter(({ phase, kind }) => phase === 'setup' || kind.startsWith('CONNECT '))
        .map(({ kind }) => Number(kind.split(' ').at(-1)));
      return statuses.findLast((status) => status >= 300) ?? null;
    },
    trial(ended) {
      ledger.close();
      const { steady, party, endpoint, authority, far, bare, pages, target } = ended;
      const browser = browserSideOf(plan, pages?.facts() ?? [], requests?.read() ?? []);
      const told = trialOf(plan, { ...ended, browser }, ledger);
      const trial: Trial = { ...told, sequence: sequence.read(), ...(browser && { browser }) };
      if (bare) trial.bareStream = bare;
      if (far && heads) trial.farSide = farSideOf(far, heads.read(), proxies);
      if (steady)
        trial.predictions = predict(
          { ...plan, ...(target.site ?? endpoint), authority, elsewhere: unknownOf(target) },
          { trial, ledger, party, steady },
        );
      return trial;
    },
  };
}

/** The trial without its predictions, which are compared with the rest, and without its sequence. */
function trialOf(plan: TrialPlan, ended: Seen, ledger: Ledger): Trial {
  const { scenario } = plan;
  const { party, steady, lab } = ended;
  const fields = ledger.fields();
  const layers = ledger.layers();
  const { books, verdict, notes } = judged(plan, ended, ledger);
  const requestsIn = (phase?: Phase) => unitsOf(layers, 'http', 'up', phase);
  const connections = party.connections();
  return {
    ...rowOf(plan),
    verdict,
    durationMs: steady?.durationMs ?? 0,
    latency: withClockError(steady?.book.latency.summary(scenario.latency) ?? null, ended.target),
    lateness: {
      p50: steady?.book.lateness.quantile(0.5) ?? null,
      p99: steady?.book.lateness.quantile(0.99) ?? null,
    },
    delivery: {
      ...(steady?.book.delivery() ?? emptyDelivery),
      sentAgain: steady?.resources.server?.sentAgain ?? null,
    },
    requests: requestsIn(),
    connections: connections.length,
    messages: steady?.messages ?? { up: 0, down: 0 },
    polls: pollsOf(steady),
    wire: { up: books.up, down: books.down, socketBytes: books.socketBytes, layers },
    fields,
    exchanges: ledger.exchanges(),
    perMessage: {
      ...perMessage(layers, steady?.messages ?? { up: 0, down: 0 }),
      segments: segmentsOf(ledger, steady?.messages.down || steady?.messages.up || 0),
    },
    setup: {
      bytes: sum(layers.filter(({ phase }) => phase === 'setup')),
      requests: requestsIn('setup'),
      connections: connections.filter(({ phase }) => phase === 'setup').length,
    },
    stages: stagesOf(ended.stages),
    fanOut: fanOutOf(steady),
    throughput: throughputOf(steady),
    ...findingsOf(scenario, {
      ...lab,
      clients: party.clients,
      steady,
      ledger,
      memory: ended.memory,
      comings: ended.comings.clients,
    }),
    sequence: [],
    ...whoseServer(ended.target),
    resources: resourcesOf(steady),
    // The path to a foreign target has an unknown distance of its own.
    overDistance: unknownOf(ended.target) ? null : overDistance({ ...plan, ...ended.endpoint }),
    predictions: [],
    notes: [...ended.notes, ...notes, ...trialNotes(plan, steady, fields, ended.socketsDialled)],
  };
}

/** Whether the books balance, and whether the figures may be read. */
function judged(plan: TrialPlan, ended: Seen, ledger: Ledger) {
  const { party, unseen, warmup, steady, lab, far, browser } = ended;
  const books = balance(party, ledger);
  const exact = !hidesPayload(plan, ended.target) && isClean(plan, warmup, steady?.book ?? null);
  const differs = books.difference ?? far?.difference ?? null;
  const unbalanced = differs ?? (exact ? payloadDifference(ledger.fields(), lab.payload) : null);
  const delivery = steady?.book.delivery() ?? emptyDelivery;
  const cutShort = steady === null || (steady.interrupted && isSilent(plan, delivery));
  const evidence = {
    unbalanced,
    unseen: hasDialled(plan, lab) ? unseen : 0,
    cutShort,
    nothingArrived:
      !cutShort && !mayLose(plan) && delivery.sent > 0 && delivery.delivered === 0 ? delivery.sent : null,
    clockWentBack: (steady?.book.handledBeforeDue() ?? 0) > 0,
    generator: steady && generatorOf(plan, steady),
    turnMs: turnOf(plan, steady),
    loopDelay: loopDelays(steady, browser),
  };
  return { books, ...judge(evidence) };
}

/** A transport that needs no round trip to connect dials only when it has a message to send. */
const hasDialled = ({ transport }: TrialPlan, { messages }: TrialLab): boolean =>
  transport.traits.roundTripsToConnect > 0 || messages.up + messages.down > 0;

/** Messages were planned, and none was delivered. */
const isSilent = ({ load }: TrialPlan, { delivered }: Delivery) => load.messages > 0 && delivered === 0;

/** A link that breaks, a middlebox or a proxy may lose every message: then that is the result. */
const mayLose = ({ scenario, middleboxes, proxies }: TrialPlan) =>
  scenario.breaksLink || Object.keys(middleboxes).length > 0 || proxies.length > 0;

const emptyDelivery = { sent: 0, delivered: 0, lost: 0, duplicated: 0, reordered: 0, errors: {} };

/** What each process on the way has spent; null if it is not known, and if there was no steady phase. */
function spentBy(steady: Steady | null) {
  const { client = null, server = null, hops = {} } = steady?.resources ?? {};
  return { client, server: server?.spent ?? null, ...hops };
}

function loopDelays(steady: Steady | null, browser: BrowserSide | undefined) {
  const delays = Object.entries(spentBy(steady)).flatMap(([process, spent]) =>
    spent ? [{ process, p99Ms: spent.loopDelayP99Ms, maxMs: spent.loopDelayMaxMs }] : [],
  );
  if (browser) delays.push({ process: 'browser', p99Ms: browser.waitedP99Ms, maxMs: browser.waitedMaxMs });
  return delays;
}

const resourcesOf = (steady: Steady | null): Trial['resources'] => spentBy(steady);

const sum = (rows: readonly { bytes: number }[]) => rows.reduce((total, { bytes }) => total + bytes, 0);

const unitsOf = (layers: Trial['wire']['layers'], layer: Layer, direction: Direction, phase?: Phase) =>
  layers
    .filter((row) => row.layer === layer && row.direction === direction && (!phase || row.phase === phase))
    .reduce((total, { units }) => total + units, 0);

/** Null if the server keeps the schedule (its loop delay is judged instead), or if there is none: a closed loop. */
const generatorOf = ({ scenario, load }: TrialPlan, { book }: Steady) =>
  scenario.needsPush || !scenario.paced || load.closed
    ? null
    : {
        latenessP50Ns: book.lateness.quantile(0.5) ?? 0,
        latenessP99Ns: book.lateness.quantile(0.99) ?? worst(book),
        periodNs: 1e9 / load.rate,
      };

/** Clients divided by messages a second, in ms: see `judge`. */
function turnOf({ scenario, load }: TrialPlan, steady: Steady | null): number {
  const perSecond = throughputOf(steady);
  const asksAtOnce = load.closed && !scenario.paced && scenario.connecting === 'together';
  return asksAtOnce && perSecond ? (load.clients * 1000) / perSecond : 0;
}

const worst = (book: Book) => book.lateness.raw().reduce((a, b) => Math.max(a, b), 0);

/** The plan of one trial, and what can be derived from it before it begins. */
import type { CertificateKind } from '../base/certificate.ts';
import type { Browser } from '../browsers/browser.ts';
import type { ChosenBrowser } from '../browsers/engine.ts';
import type { HeadsByKind } from '../document/browser-side.ts';
import type { Link, Load } from '../document/report.ts';
import type { TlsVersion } from '../laws/tls.ts';
import type { Behind } from '../network/between.ts';
import type { Middleboxes } from '../network/middleboxes.ts';
import type { ChosenRedis } from '../network/redis/found-redis.ts';
import type { Over } from '../protocols/over.ts';
import type { Chunk } from '../tap/tape.ts';
import type { Transport } from '../transports/transport.ts';
import type { Scenario } from './scenarios/scenario.ts';

export interface TrialPlan {
  readonly transport: Transport;
  readonly scenario: Scenario;
  readonly load: Load;
  readonly link: Link;
  /** Emulated boxes before the server, besides the link. */
  readonly middleboxes: Middleboxes;
  /** What follows them: from the first real proxy on, towards the server. */
  readonly proxies: readonly Behind[];
  readonly headers: Readonly<Record<string, string>>;
  /** Sent besides those, by kind of request. */
  readonly heads?: HeadsByKind | undefined;
  readonly repeat: number;
  readonly seed: number;
  readonly host: string;
  readonly port: number;
  /** What HTTP goes over. */
  readonly over: Over;
  /** If it is over TLS. */
  readonly tlsVersion: TlsVersion;
  readonly certificate: CertificateKind;
  readonly heartbeatMs: number | null;
  readonly keepAlive: boolean;
  readonly compression: boolean;
  /** How long connecting, a message, the end of a phase, and closing may take. */
  readonly timeoutMs: number;
  /** How long a server holds a long poll before it answers 204. */
  readonly holdMs: number;
  readonly signal: AbortSignal;
  readonly record?: TrialRecorder | undefined;
  /** The browser whose pages are the clients; left out for clients in Node. */
  readonly browser?: ChosenBrowser | undefined;
  /** That browser, once it runs. */
  readonly running?: Browser | undefined;
  /** For several servers that share a Redis. */
  readonly redis?: ChosenRedis | undefined;
}

/** The first fields of a row of the report, for measured trials and those that could not connect. */
export const rowOf = ({ transport, scenario, load, link, repeat, over, browser }: TrialPlan) => ({
  transport: transport.name,
  reference: transport.traits.reference,
  scenario: scenario.name,
  load,
  link,
  repeat,
  over,
  ...(browser && { spokenBy: browser.name }),
});

/** Keeps what went over the wire. */
export interface TrialRecorder {
  /** Every chunk of the tape, once the trial is over. */
  chunk(chunk: Chunk): void;
  /** Lines of a key log, as soon as there are any. */
  secrets(lines: string): void;
}

const isLoopback = ({ upDelayMs, downDelayMs, upBitsPerSecond, downBitsPerSecond, jitterMs }: Link) =>
  upDelayMs + downDelayMs + jitterMs === 0 && upBitsPerSecond === null && downBitsPerSecond === null;

/** Whether there is a link to emulate, or to break, or a middlebox on the way. */
export const needsRelay = ({ link, middleboxes, scenario }: TrialPlan): boolean =>
  !isLoopback(link) || scenario.breaksLink || Object.keys(middleboxes).length > 0;

/** Time of a trial besides its messages: starting a process, connecting, warm-up, closing. */
const besidesMs = 1000;
const perClientMs = 3;
/** Time spent waiting for messages that a broken link has lost. */
const forTheLostMs = 1000;

/** Estimate of how long a trial will take, for the progress display and the limits of a target. */
export function expectedMs({ load, scenario }: Pick<TrialPlan, 'load' | 'scenario'>): number {
  const speaks = scenario.paced && load.messages > 0;
  const talkMs = speaks ? (load.messages / load.rate) * 1000 : Infinity;
  const ends = Math.min(talkMs, load.durationMs ?? Infinity);
  const lostMs = scenario.breaksLink ? forTheLostMs : 0;
  const lastsMs = ends === Infinity ? (scenario.lastsMs?.(load) ?? 0) : ends;
  return besidesMs + lostMs + load.clients * perClientMs + lastsMs;
}

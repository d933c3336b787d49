/**
 * What the clients of a trial send and receive: every message gets an identity and goes into the book of the phase, and
 * a client that waits for an answer goes on when it has arrived, failed or timed out.
 */
import type { Clock } from '../base/clock.ts';
import type { Load } from '../document/report.ts';
import type { Book } from '../metrics/book.ts';
import {
  byteLength,
  decodeIdentity,
  encodeMessage,
  type Identity,
  identityBytes,
  type Payload,
} from '../protocols/contract.ts';
import type { Connection, HeardElsewhere } from '../transports/transport.ts';
import type { Asking, Wires } from './asking.ts';
import type { WatchedLink } from './breakage.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** Called when a message has been delivered or has failed, with the time (ns). */
type Next = (atNs: number) => void;

export interface SpeakingClient {
  /** From 0; the messages of the first are those of client 1. */
  readonly index: number;
  readonly connection: Connection;
  nextSequence: number;
  heard: number;
  /** The message it waits for, since when, and what to call then. A client waits for one at a time. */
  waiting: { readonly sequence: number; readonly sinceNs: number; readonly next: Next } | null;
}

/** The state that sending and receiving share. One for each trial; the books are those of the phase. */
export interface Speech {
  readonly clock: Clock;
  readonly scenario: Scenario;
  readonly load: Load;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly wires: Wires;
  readonly link: WatchedLink;
  readonly clients: SpeakingClient[];
  /** Bytes and messages handed to and taken from the transport since the trial began. */
  readonly payload: { up: number; down: number };
  readonly messages: { up: number; down: number };
  /** Whether messages are large enough to carry an identity. */
  readonly identified: boolean;
  readonly binary: boolean;
  book: Book;
  asking: Asking;
}

type Asked = Pick<Speech, 'clock' | 'scenario' | 'load' | 'timeoutMs' | 'signal' | 'wires' | 'link'>;

export const createSpeech = (asked: Asked, books: Pick<Speech, 'book' | 'asking'>): Speech => ({
  clock: asked.clock,
  scenario: asked.scenario,
  load: asked.load,
  timeoutMs: asked.timeoutMs,
  signal: asked.signal,
  wires: asked.wires,
  link: asked.link,
  clients: [],
  payload: { up: 0, down: 0 },
  messages: { up: 0, down: 0 },
  identified: asked.load.size >= identityBytes,
  binary: asked.load.payload === 'binary',
  ...books,
});

/**
 * Sends a message now, whenever it was due; `next` is called once it has been delivered or has failed. Returns null, or
 * a promise that resolves when the transport has done its part.
 */
export function send(
  speech: Speech,
  client: SpeakingClient,
  dueNs: number,
  next: Next | null,
): Promise<void> | null {
  const { clock, load, book, scenario } = speech;
  const sequence = client.nextSequence++;
  const sender = client.index + 1;
  const data = encodeMessage({ client: sender, sequence }, load.size, speech.binary);
  const receivers = scenario.receivers === 'sender' ? 1 : load.clients;
  const nowNs = clock.now();
  const { ahead } = client.connection;
  if (next) client.waiting = { sequence, sinceNs: nowNs, next };
  const sentNs = ahead ? null : nowNs;
  book.sent({ sender, sequence, dueNs: load.closed ? nowNs : dueNs, sentNs, receivers });
  speech.payload.up += load.size;
  speech.messages.up++;
  const handedOver = ahead
    ? ahead.send(data, dueNs, (leftNs) => book.left(leftNs - dueNs))
    : client.connection.send(data);
  return (
    handedOver?.catch(() => {
      book.failed(sender, sequence, 'send-failed');
      // In a later turn: a client that sends again at once would fail a million times in this one.
      clock.at(clock.now(), () => settle(client, sequence, clock.now()));
    }) ?? null
  );
}

/** Sends a message that the book does not wait for: a question, or the request to stop its answer. */
export function tell(speech: Speech, { connection, index }: SpeakingClient, sequence: number): Promise<void> {
  const { load, payload, messages, binary } = speech;
  payload.up += load.size;
  messages.up++;
  const sent = connection.send(encodeMessage({ client: index + 1, sequence }, load.size, binary));
  return (sent ?? Promise.resolve()).catch(() => speech.book.error('send-failed'));
}

/** A client has received something: here and now, or in another process, as `heard` says. */
export function hear(speech: Speech, index: number, data: Payload, heard?: HeardElsewhere): void {
  const { clients, payload, messages, link } = speech;
  const now = heard?.atNs ?? speech.clock.now();
  payload.down += heard?.bytes ?? byteLength(data);
  messages.down++;
  const client = clients[index];
  link.heard(index, now);
  const identity = (speech.identified && decodeIdentity(data)) || whoElse(speech, index);
  if (client) client.heard++;
  // A foreign server may broadcast each message; in a scenario of echoes the other clients ignore it.
  if (speech.scenario.receivers === 'sender' && identity.client !== index + 1 && identity.client > 0) return;
  speech.asking.received(index, identity.sequence, now);
  speech.book.arrived(index, identity.client, identity.sequence, now);
  const sender = clients[identity.client - 1];
  if (sender && index === identity.client - 1) settle(sender, identity.sequence, now);
}

/**
 * The identity of a message too small to carry one: the client's own can only be the one it waits for, or the last that
 * it gave up; the server's can only be the next one.
 */
function whoElse({ clients, scenario }: Speech, index: number): Identity {
  const { waiting = null, nextSequence = 1, heard = 0 } = clients[index] ?? {};
  return scenario.receivers === 'sender'
    ? { client: index + 1, sequence: waiting?.sequence ?? nextSequence - 1 }
    : { client: 0, sequence: heard };
}

/** Ends the waits that began at this time or before. */
export function giveUp({ clients }: Speech, untilNs: number): void {
  // `forEach` skips the gaps of clients that never connected.
  clients.forEach((client) => {
    const { waiting } = client;
    if (waiting && waiting.sinceNs <= untilNs) settle(client, waiting.sequence, untilNs);
  });
}

function settle(client: SpeakingClient, sequence: number, atNs: number) {
  const { waiting } = client;
  if (waiting?.sequence !== sequence) return;
  client.waiting = null;
  waiting.next(atNs);
}

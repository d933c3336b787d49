/**
 * What the clients of a trial say and hear: every message gets an identity and goes into the book of the phase, and
 * whoever waits for an answer is told when it has come, or has failed, or has been given up.
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

/** What follows when a message has been delivered or has failed, and at what time (ns) that was. */
type Next = (atNs: number) => void;

export interface SpeakingClient {
  /** From 0; the messages of the first are those of client 1. */
  readonly index: number;
  readonly connection: Connection;
  nextSequence: number;
  heard: number;
  /** Which message is waited for, since when, and what follows it. A client waits for one at a time. */
  waiting: { readonly sequence: number; readonly sinceNs: number; readonly next: Next } | null;
}

/** All that saying and hearing share. One a trial; the books are those of the phase. */
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
  /** Whether messages are large enough to say who they are. */
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
 * Sends a message now, whenever it was due, and says what follows once it has been delivered or has failed. Returns null,
 * or what resolves when the transport has done its part.
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
      // In a later turn: who asks again at once would fail a million times in this one.
      clock.at(clock.now(), () => settle(client, sequence, clock.now()));
    }) ?? null
  );
}

/** Sends one of its own messages that is nothing the book waits for: a question, or that there is enough of its answer. */
export function tell(speech: Speech, { connection, index }: SpeakingClient, sequence: number): Promise<void> {
  const { load, payload, messages, binary } = speech;
  payload.up += load.size;
  messages.up++;
  const sent = connection.send(encodeMessage({ client: index + 1, sequence }, load.size, binary));
  return (sent ?? Promise.resolve()).catch(() => speech.book.error('send-failed'));
}

/** A client has received something: here and now, or where somebody else heard it. */
export function hear(speech: Speech, index: number, data: Payload, heard?: HeardElsewhere): void {
  const { clients, payload, messages, link } = speech;
  const now = heard?.atNs ?? speech.clock.now();
  payload.down += heard?.bytes ?? byteLength(data);
  messages.down++;
  const client = clients[index];
  link.heard(index, now);
  const identity = (speech.identified && decodeIdentity(data)) || whoElse(speech, index);
  if (client) client.heard++;
  // Somebody else's server may tell everybody what one has said, and who asked for an echo wants none of another's.
  if (speech.scenario.receivers === 'sender' && identity.client !== index + 1 && identity.client > 0) return;
  speech.asking.received(index, identity.sequence, now);
  speech.book.arrived(index, identity.client, identity.sequence, now);
  const sender = clients[identity.client - 1];
  if (sender && index === identity.client - 1) settle(sender, identity.sequence, now);
}

/**
 * A message too small to say who it is can only be the one that is waited for, or the last that was given up; the
 * server's can only be the next one.
 */
function whoElse({ clients, scenario }: Speech, index: number): Identity {
  const { waiting = null, nextSequence = 1, heard = 0 } = clients[index] ?? {};
  return scenario.receivers === 'sender'
    ? { client: index + 1, sequence: waiting?.sequence ?? nextSequence - 1 }
    : { client: 0, sequence: heard };
}

/** Whoever has waited since before this moment waits no longer. */
export function giveUp({ clients }: Speech, untilNs: number): void {
  // Whoever was never let in has left a gap.
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

/**
 * The sequence of a conversation: its units in order, connections as they are dialled, and the silences between them,
 * with what is waited for. All times were measured at the client's sockets.
 */
import type { Text } from '../../base/text.ts';
import { paths } from '../../protocols/contract.ts';
import { line } from '../../protocols/explanation.ts';
import { isCarrier, type Unit } from '../../protocols/unit.ts';
import type { Request } from '../../wire/message.ts';
import type { Specimen } from '../specimen.ts';

interface Moment {
  /** Nanoseconds since the client first dialled. */
  readonly at: number;
  readonly step: number;
}

export interface PollDialled extends Moment {
  readonly kind: 'dialled';
  readonly connection: number;
}

export interface PollSpoken extends Moment {
  readonly kind: 'unit';
  readonly unit: Unit;
  /** For a response: nanoseconds since its request. */
  readonly answersAfter: number | null;
}

export interface Silence extends Moment {
  readonly kind: 'silence';
  readonly lasted: number;
  readonly who: Text;
}

export type Happening = PollDialled | PollSpoken | Silence;

/** Shorter silences are due to the machine, not the protocol. */
const worthSayingNs = 20e6;

const waits = {
  held: line(
    'the client has asked; the server holds the answer back',
    '클라이언트가 요청했고, 서버는 응답을 미루고 있습니다',
  ),
  dialling: line('the connection is being made', '연결을 맺는 중입니다'),
  answer: line('the client waits for the answer', '클라이언트가 응답을 기다립니다'),
  open: line(
    'nobody waits: either side may speak at any time',
    '아무도 기다리지 않습니다: 어느 쪽이든 언제든 보낼 수 있습니다',
  ),
  stream: line(
    'the server may speak; the client needs a new request',
    '서버는 언제든 보낼 수 있고, 클라이언트가 보내려면 새로 요청해야 합니다',
  ),
  poll: line('until the next poll the server cannot speak', '다음 폴링이 올 때까지 서버는 보낼 수 없습니다'),
} as const;

/** What is open during a silence. */
interface Open {
  /** Connections that have not carried any HTTP or message yet. */
  readonly dialling: Set<number>;
  /** Requests without an answer, and when they were seen. */
  readonly asked: Map<Request, number>;
  readonly streams: Set<number>;
  readonly sockets: Set<number>;
}

export function sequenceOf(
  { connections }: Pick<Specimen, 'connections'>,
  units: readonly Unit[],
): Happening[] {
  const open: Open = { dialling: new Set(), asked: new Map(), streams: new Set(), sockets: new Set() };
  const events: (PollDialled | PollSpoken)[] = [
    ...connections.map(
      ({ connection, dialledAt, step }) => ({ kind: 'dialled', at: dialledAt, step, connection }) as const,
    ),
    ...units.map(
      (unit) => ({ kind: 'unit', at: unit.at, step: unit.step, unit, answersAfter: null }) as const,
    ),
  ].sort((a, b) => a.at - b.at);
  return events.flatMap((event, index) => {
    const silence = silenceBefore(event, events[index - 1], open);
    const told = event.kind === 'unit' ? { ...event, answersAfter: answersAfter(open, event.unit) } : event;
    note(open, event);
    return silence ? [silence, told] : [told];
  });
}

function silenceBefore(event: Moment, before: Moment | undefined, open: Open): Silence | null {
  const lasted = event.at - (before?.at ?? event.at);
  if (lasted < worthSayingNs) return null;
  return { kind: 'silence', at: event.at - lasted, step: event.step, lasted, who: whoWaits(open) };
}

function answersAfter({ asked }: Open, { kind, message, at }: Unit): number | null {
  const askedAt =
    kind === 'response' && message.kind === 'response' && message.peer ? asked.get(message.peer) : undefined;
  return askedAt === undefined ? null : at - askedAt;
}

function whoWaits({ dialling, asked, streams, sockets }: Open): Text {
  if (dialling.size > 0) return waits.dialling;
  const questions = [...asked.keys()];
  if (questions.some((request) => !mayBeHeld(request))) return waits.answer;
  if (sockets.size > 0) return waits.open;
  if (questions.length > 0) return waits.held;
  return streams.size > 0 ? waits.stream : waits.poll;
}

/** A request that a server may hold until it has a message. */
function mayBeHeld({ method, target }: Request): boolean {
  return method === 'GET' && (target.startsWith(paths.mailbox) || /transport=polling.*sid=/.test(target));
}

const isOfCarrier = ({ fields }: Unit): boolean => fields.every(({ layer }) => isCarrier(layer));

function note(open: Open, event: PollDialled | PollSpoken): void {
  if (event.kind === 'dialled') {
    open.dialling.add(event.connection);
    return;
  }
  const { unit } = event;
  const { kind, message, connection } = unit;
  // Handshakes and settings are part of making the connection.
  if (isOfCarrier(unit)) return;
  open.dialling.delete(connection);
  if (kind === 'request' && message.kind === 'request') open.asked.set(message, event.at);
  if (kind === 'message' || kind === 'frame') open.sockets.add(connection);
  if (kind !== 'response' || message.kind !== 'response') return;
  if (message.peer) open.asked.delete(message.peer);
  if (message.status === 101 || message.peer?.method === 'CONNECT') open.sockets.add(connection);
  if (/event-stream|ndjson/.test(message.headers.get('content-type') ?? '')) open.streams.add(connection);
}

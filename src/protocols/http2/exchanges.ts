/**
 * The streams of one HTTP/2 connection (RFC 9113 §5.1) as exchanges: a request, its response, and how far each side has come.
 * Both directions write here, because a stream is ended by either. Reads no byte.
 */
import type { Listener } from '../../wire/conversation.ts';
import type { Request, Response } from '../../wire/message.ts';
import type { Direction } from '../../wire/span.ts';
import type { Splice } from '../../wire/splice.ts';
import type { Upgraded } from '../http1/upgrade.ts';
import type { Layer } from '../layers.ts';

export interface StreamExchange {
  /** Null where nobody was seen to ask. */
  readonly request: Request | null;
  response: Response | null;
  /** How far each side has come: its head, then content, until it has ended its half of the stream. */
  readonly half: Record<Direction, 'head' | 'content' | 'ended'>;
  /** What a CONNECT makes of its stream is for the response to say: until then nothing upward can be read. */
  outcome: 'undecided' | 'stays-http' | Upgraded;
  /** Halves that are complete as messages of HTTP, and how many of them have been told. */
  readonly settled: Set<Direction>;
  told: number;
  /** It was reset before its response was complete: no exchange will come of it. */
  isBroken: boolean;
}

export interface StreamExchanges {
  on(stream: number): StreamExchange | undefined;
  begin(stream: number, request: Request | null): StreamExchange;
  /** The response has said what the stream is: what has waited for that is read now. */
  decide(exchange: StreamExchange, outcome: StreamExchange['outcome']): void;
  /** One half is complete as a message of HTTP; with the second, and once all of it is told, the exchange is. */
  settle(exchange: StreamExchange, direction: Direction): void;
  /** One side says nothing more on this stream. */
  end(exchange: StreamExchange, direction: Direction): void;
  /** Somebody resets the stream, and both halves end (§5.4.2). What was under way is still told, and read by nobody. */
  breakOff(stream: number): void;
}

/** What this side has said on the stream so far; a promised request is the server's. */
export function saidBy(
  exchange: StreamExchange | undefined,
  direction: Direction,
): Request | Response | null {
  const said = direction === 'up' ? exchange?.request : exchange?.response;
  return said?.direction === direction ? said : null;
}

const directions = ['up', 'down'] as const;
/** So many streams that were reset are remembered for what was under way. */
const resetsKept = 100;
const nothing = new Uint8Array(0);

/** @param wires of both directions, as soon as they are there. */
export function createExchanges(
  wires: Readonly<Partial<Record<Direction, Splice<Layer>>>>,
  { answered, brokenOff }: Pick<Listener<Layer>, 'answered' | 'brokenOff'>,
): StreamExchanges {
  const known = new Map<number, StreamExchange>();
  const reset: number[] = [];

  const settle = (exchange: StreamExchange, direction: Direction) => {
    if (exchange.settled.has(direction)) return;
    exchange.settled.add(direction);
    wires[direction]?.afterwards(() => {
      const { request, response } = exchange;
      if (++exchange.told < directions.length || !request) return;
      if (exchange.isBroken) brokenOff?.(request);
      else if (response) answered?.(request, response);
    });
  };

  return {
    on: (stream) => known.get(stream),
    begin(stream, request) {
      const exchange: StreamExchange = {
        request,
        response: null,
        half: { up: request?.direction === 'up' ? 'content' : 'ended', down: 'head' },
        outcome: request?.method === 'CONNECT' ? 'undecided' : 'stays-http',
        settled: new Set(),
        told: 0,
        isBroken: false,
      };
      known.set(stream, exchange);
      return exchange;
    },
    decide(exchange, outcome) {
      const { request } = exchange;
      if (exchange.outcome !== 'undecided' || !request) return;
      exchange.outcome = outcome;
      wires.up?.pass(request, nothing);
      if (exchange.half.up === 'ended') wires.up?.leave(request);
    },
    settle,
    end(exchange, direction) {
      const said = saidBy(exchange, direction);
      exchange.half[direction] = 'ended';
      const waits = direction === 'up' && exchange.outcome === 'undecided';
      if (said && !waits) wires[direction]?.leave(said);
      settle(exchange, direction);
      if (said && directions.every((one) => exchange.half[one] === 'ended')) known.delete(said.stream);
    },
    breakOff(stream) {
      const exchange = known.get(stream);
      if (!exchange) return;
      exchange.outcome = 'stays-http';
      exchange.isBroken = exchange.half.down !== 'ended';
      for (const direction of directions) {
        const said = saidBy(exchange, direction);
        exchange.half[direction] = 'ended';
        if (said) wires[direction]?.tear(said);
        settle(exchange, direction);
      }
      reset.push(stream);
      const oldest = reset.length > resetsKept ? reset.shift() : undefined;
      if (oldest !== undefined) known.delete(oldest);
    },
  };
}

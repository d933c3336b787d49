/**
 * The streams of one HTTP/2 connection (RFC 9113 §5.1) as exchanges: a request, its response, and how far each side has
 * come. Both directions write here, because either side can end a stream. Reads no bytes.
 */
import type { Listener } from '../../wire/conversation.ts';
import type { Request, Response } from '../../wire/message.ts';
import type { Direction } from '../../wire/span.ts';
import type { Splice } from '../../wire/splice.ts';
import type { Upgraded } from '../http1/upgrade.ts';
import type { Layer } from '../layers.ts';

export interface StreamExchange {
  /** Null if the request was not seen. */
  readonly request: Request | null;
  response: Response | null;
  /** How far each side has come: its head, then content, until it has ended its half of the stream. */
  readonly half: Record<Direction, 'head' | 'content' | 'ended'>;
  /** After a CONNECT the response decides what the stream carries: until then nothing upward can be read. */
  outcome: 'undecided' | 'stays-http' | Upgraded;
  /** Halves that are complete as HTTP messages; `told` counts those whose bytes have all been told. */
  readonly settled: Set<Direction>;
  told: number;
  /** It was reset before its response was complete: reported as broken off, not as answered. */
  isBroken: boolean;
}

export interface StreamExchanges {
  on(stream: number): StreamExchange | undefined;
  begin(stream: number, request: Request | null): StreamExchange;
  /** The response has said what the stream carries: the bytes that waited for it are read now. */
  decide(exchange: StreamExchange, outcome: StreamExchange['outcome']): void;
  /** One half is complete as an HTTP message. The exchange is complete when both are and all their bytes are told. */
  settle(exchange: StreamExchange, direction: Direction): void;
  /** One side sends nothing more on this stream. */
  end(exchange: StreamExchange, direction: Direction): void;
  /** RST_STREAM ends both halves (§5.4.2). Frames still under way are told, but their content is not read. */
  breakOff(stream: number): void;
}

/** The message that this side has begun on the stream; the server sends a promised request. */
export function saidBy(
  exchange: StreamExchange | undefined,
  direction: Direction,
): Request | Response | null {
  const said = direction === 'up' ? exchange?.request : exchange?.response;
  return said?.direction === direction ? said : null;
}

const directions = ['up', 'down'] as const;
/** So many reset streams are remembered, for frames that were still under way. */
const resetsKept = 100;
const nothing = new Uint8Array(0);

/** @param wires of both directions; the caller fills them in afterwards. */
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

/** Somebody who counts what a dissector tells besides the bytes: what messages there are, what was asked. */
import type { Conversation, Dissect, Exchange } from '../wire/conversation.ts';
import type { Direction, Layer, Mark } from '../wire/span.ts';

export interface Observer {
  span?(direction: Direction, layer: Layer, name: string, bytes: number, mark: Mark): void;
  exchange?(exchange: Exchange): void;
}

/** The same dissector, with observers who hear of everything after the ledger has. */
export const observed =
  (dissect: Dissect, observers: readonly Observer[]): Dissect =>
  (sink, onExchange): Conversation =>
    dissect(
      (...span) => {
        sink(...span);
        for (const observer of observers) observer.span?.(...span);
      },
      (exchange) => {
        onExchange?.(exchange);
        for (const observer of observers) observer.exchange?.(exchange);
      },
    );

export const pathOf = ({ target }: Pick<Exchange, 'target'>): string => target.split('?', 1)[0] ?? '';

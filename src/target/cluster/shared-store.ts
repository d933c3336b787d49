/** What several servers share: a store that passes one server's messages on to the others, with our relay before it. */

/** Messages of one direction between the servers and their store. */
export interface StoreMessages {
  readonly count: number;
  /** Size of the commands, or of the replies and pushes, that carry the messages. */
  readonly bytes: number;
  /** The part of `bytes` that a server published. */
  readonly payloadBytes: number;
}

export interface StoreTraffic {
  /** All bytes from the servers to the store, and from the store to the servers, connection set-up included. */
  readonly toBytes: number;
  readonly fromBytes: number;
  readonly published: StoreMessages;
  readonly passedOn: StoreMessages;
}

/**
 * `refused`: nothing listens. `accept-close`: new connections are accepted and closed. `held`: connections stay open,
 * but nothing passes. The first two reset the existing connections.
 */
export const waysToBeAway = ['held', 'refused', 'accept-close'] as const;
export type StoreAway = (typeof waysToBeAway)[number];

export interface SharedStore {
  /** Since it was started. */
  traffic(): Promise<StoreTraffic>;
  leave(how: StoreAway): Promise<void>;
  back(): Promise<void>;
}

/** What several servers share: a store that passes on what one of them says to the others, with a relay of ours before it. */

/** Messages that went one way between the servers and their store. */
export interface StoreMessages {
  readonly count: number;
  /** Whole commands, or whole replies and pushes: what carries the messages, and nothing else. */
  readonly bytes: number;
  /** Of those what a server has handed in to be passed on. */
  readonly payloadBytes: number;
}

export interface StoreTraffic {
  /** All bytes from the servers to the store, and all from the store to the servers: also connecting, asking and answering. */
  readonly toBytes: number;
  readonly fromBytes: number;
  readonly published: StoreMessages;
  readonly passedOn: StoreMessages;
}

/**
 * `refused`: nothing listens. `accept-close`: whoever connects is let in and put out. `held`: connections stand and nothing
 * comes through. The first two reset the connections that there are.
 */
export const waysToBeAway = ['held', 'refused', 'accept-close'] as const;
export type StoreAway = (typeof waysToBeAway)[number];

export interface SharedStore {
  /** Since it was started. */
  traffic(): Promise<StoreTraffic>;
  leave(how: StoreAway): Promise<void>;
  back(): Promise<void>;
}

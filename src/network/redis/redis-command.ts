/** What the parent sends to the process that runs a Redis and the relay before it. */
import type { StoreAway } from '../../target/cluster/shared-store.ts';
import type { Address } from '../../target/target.ts';

export interface RedisStart {
  /** Where the relay listens, and the Redis that is started. */
  readonly host: string;
  /** The program to start, or the address of one that runs. */
  readonly redis: { readonly path: string } | { readonly at: Address };
}

/** Once it listens. */
export interface RedisListening {
  /** Of the relay. */
  readonly port: number;
  /** The program's process group and folder; null if it was already running. */
  readonly pid: number | null;
  readonly folder: string | null;
  /** Its own output if it did not start; then the fields above mean nothing. */
  readonly refused?: string;
}

export type RedisCommand =
  | { readonly type: 'start'; readonly options: RedisStart }
  | { readonly type: 'traffic' | 'back' | 'stop' }
  | { readonly type: 'leave'; readonly how: StoreAway };

/** What the parent and the relay's process say to each other over IPC. */
import type { RelayOptions } from './relay.ts';

export type Command =
  | { readonly type: 'start'; readonly options: RelayOptions }
  /** Each answers with the machine's monotonic time, in nanoseconds, at which it took effect. */
  | { readonly type: 'cut' | 'stall' | 'heal' }
  | { readonly type: 'stats' | 'stop' };

/** The answer to a question carries its id. */
export interface Question {
  readonly id: number;
  readonly command: Command;
}

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };

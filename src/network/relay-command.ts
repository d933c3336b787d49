/** What the parent sends to the relay's process. */
import type { RelayOptions } from './relay.ts';
import type { TurningAway } from './turned-away.ts';

export type RelayCommand =
  | { readonly type: 'start'; readonly options: RelayOptions }
  /** Each answers with the machine's monotonic time, in nanoseconds, at which it took effect. */
  | { readonly type: 'stall' }
  /** @param admissionMs what admitting each new connection costs from then on. */
  | { readonly type: 'heal'; readonly admissionMs: number | undefined }
  | { readonly type: 'cut'; readonly turning: TurningAway }
  /** Begins a new window of resource accounting; what was spent in it. */
  | { readonly type: 'mark' | 'resources' }
  | { readonly type: 'stop' };

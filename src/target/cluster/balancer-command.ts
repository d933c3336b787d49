/** What the parent sends to the balancer's process. */
import type { BalancerOptions } from './balancer.ts';

export type BalancerCommand =
  | { readonly type: 'start'; readonly options: BalancerOptions }
  /** Reads which server each open connection leads to. */
  | { readonly type: 'placed' }
  /** Begins a new window of resource accounting; what was spent in it. */
  | { readonly type: 'mark' | 'resources' }
  | { readonly type: 'stop' };

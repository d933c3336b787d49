/** What the parent asks of the balancer's process. */
import type { BalancerOptions } from './balancer.ts';

export type BalancerCommand =
  | { readonly type: 'start'; readonly options: BalancerOptions }
  /** Where each open connection leads. */
  | { readonly type: 'placed' }
  /** Begins a new window of resource accounting; what was spent in it. */
  | { readonly type: 'mark' | 'resources' }
  | { readonly type: 'stop' };

/** What the parent asks of a server's process. */
import type { TickLoad } from './behaviours.ts';
import type { ServerOptions } from './server.ts';

export type Command =
  | { type: 'start'; server: string; behaviour: string; options: ServerOptions }
  /** Begins a new window of resource accounting. */
  | { type: 'mark' }
  | { type: 'stats' }
  /** Collects garbage, then weighs what is left. */
  | { type: 'memory' }
  | { type: 'tick'; load: TickLoad }
  | { type: 'stop' };

/** What parent and child say to each other over IPC. */
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

export type Reply =
  | { id: number; value: unknown }
  | { id: number; error: { message: string; code: string | null } };

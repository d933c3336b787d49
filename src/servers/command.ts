/** What the parent sends to a server's process. */
import type { AnswerLoad } from './answerer.ts';
import type { TickLoad } from './behaviours.ts';
import type { ServerOptions } from './server.ts';

/** What the server's process answers once it listens. */
export interface Listening {
  readonly port: number;
  /** Whether its behaviour sends unasked, and whether it answers in pieces. */
  readonly ticks: boolean;
  readonly answers: boolean;
}

export interface StartServer {
  readonly type: 'start';
  readonly server: string;
  readonly behaviour: string;
  readonly options: ServerOptions;
  /** Whether its sockets are weighed. */
  readonly weighs: boolean;
}

export type Command =
  | StartServer
  /** Reads what its sockets have carried; only once. */
  | { type: 'weighed' }
  /** Begins a new window of resource accounting. */
  | { type: 'mark' }
  | { type: 'stats' }
  /** What became of the bytes written to each connection. */
  | { type: 'outgoing' }
  /** Collects garbage, then measures the memory in use. */
  | { type: 'memory' }
  | { type: 'tick'; load: TickLoad }
  /** Sets the shape of all answers from now on. */
  | { type: 'prepare'; load: AnswerLoad }
  /** Reads what became of the answers, once none is under way. */
  | { type: 'answers' }
  /** Ends the server; its process waits for the next one. */
  | { type: 'close' }
  | { type: 'stop' };

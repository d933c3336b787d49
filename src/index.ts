/** The package as a library: measure a transport, compare several, read a report. See docs/library.md. */
export { CannotConnect, CannotRun, UsageError } from './base/failure.ts';
export { type Report, reportSchema, type Trial } from './document/report.ts';
export type { Payload } from './protocols/contract.ts';
export {
  type CompareOptions,
  compare,
  type InvalidTrial,
  type MeasuredReport,
  type MeasuredTrial,
  type MeasureOptions,
  measure,
  type OwnServer as Server,
} from './run/library.ts';
export type { Behaviour, Peer, RunningServer, ServerOptions } from './servers/server.ts';
export { transportByName, transports } from './transports/index.ts';
export type { Connection, ConnectOptions, Traits, Transport } from './transports/transport.ts';
export { scenarios } from './trial/scenarios/index.ts';

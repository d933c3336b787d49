/** The package as a library: measure a transport, compare several, read a report. See docs/library.md. */
export { CannotConnect, CannotRun, UsageError } from './failure.ts';
export {
  type Asked,
  type Compared,
  compare,
  type InvalidTrial,
  type Measured,
  type MeasuredReport,
  measure,
  type OwnServer as Server,
} from './library.ts';
export { type Report, reportSchema, type Trial } from './metrics/report.ts';
export type { Payload } from './protocol.ts';
export { scenarios } from './scenarios/index.ts';
export type { Behaviour, Peer, RunningServer, ServerOptions } from './servers/server.ts';
export { transportByName, transports } from './transports/index.ts';
export type { Connection, ConnectOptions, Traits, Transport } from './transports/transport.ts';

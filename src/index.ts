/** The package as a library: measure a transport, compare several, read a report, weigh a client. See docs/library.md. */
export { realClock, sleepUntil } from './base/clock.ts';
export { CannotConnect, CannotRun, UsageError } from './base/failure.ts';
export { firstDueTimes, randomStream } from './base/schedule.ts';
export { type Report, reportSchema, type Trial } from './document/report.ts';
export { decodeIdentity, encodeMessage, type Payload } from './protocols/contract.ts';
export { type Over, overs } from './protocols/over.ts';
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
export {
  type ClientAccount,
  type ClientOptions,
  type WeighedClient,
  weighedClient,
} from './run/weighed-client.ts';
export type { Behaviour, Peer, RunningServer, ServerOptions } from './servers/server.ts';
export { transportByName, transports } from './transports/index.ts';
export type { Connection, ConnectOptions, Traits, Transport } from './transports/transport.ts';
export { scenarios } from './trial/scenarios/index.ts';

/** The package as a library: run a plan, read a report. */
export { CannotRun, UsageError } from './failure.ts';
export { measure, startServer, type TrialPlan } from './measure.ts';
export { type Report, reportSchema, type Trial } from './metrics/report.ts';
export { type Run, run } from './run.ts';
export { scenarios } from './scenarios/index.ts';
export { transportByName, transports } from './transports/index.ts';
export type { Connection, ConnectOptions, Transport } from './transports/transport.ts';

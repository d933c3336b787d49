/** The server that a trial needs: its options, and where it runs. Imports little, so that the server starts early. */
import type { Certificate } from '../base/certificate.ts';
import { keepAliveTimeoutMs } from '../laws/polling.ts';
import { overAtServer, realIn } from '../network/between.ts';
import { isSealed } from '../protocols/over.ts';
import type { ServerOptions } from '../servers/server.ts';
import { serveCluster } from '../target/cluster/cluster.ts';
import type { PlacementOptions } from '../target/cluster/placing.ts';
import { type ServerHost, type ServerProcess, serve, startHost } from '../target/server-process.ts';
import { certificateOf } from './path-of.ts';
import type { TrialPlan } from './plan.ts';
import { isVolatile } from './scenarios/slow.ts';
import { sharingRedis } from './sharing-redis.ts';

/** Starts the server a trial needs, in its own process; or several, behind a balancer. */
export async function startServer(plan: TrialPlan): Promise<ServerProcess> {
  const options = serverOptions(plan, await certificateOf(plan));
  const { server } = plan.transport;
  const { behaviour } = plan.scenario;
  const cluster = clusterIn(plan);
  if (cluster)
    return sharingRedis(plan, (adapter) =>
      serveCluster(() => serve(server, behaviour, { ...options, adapter, port: 0 }), cluster, options),
    );
  return serve(server, behaviour, options, isWeighed(plan));
}

/** A process in which the servers of several trials run, one after the other. */
export const startHostFor = ({ transport }: TrialPlan): ServerHost => startHost(transport.server);

/** Starts the server a trial needs in such a process. */
export const startServerIn = async (host: ServerHost, plan: TrialPlan): Promise<ServerProcess> =>
  host.serve(plan.scenario.behaviour, serverOptions(plan, await certificateOf(plan)), isWeighed(plan));

/** How many servers there are, and how one is chosen; undefined if the scenario has no cluster. */
export const clusterIn = ({ scenario, load, seed, transport }: TrialPlan): PlacementOptions | undefined => {
  const asked = scenario.cluster?.(load);
  if (!asked) return undefined;
  const { adapter: _, ...placing } = asked;
  // A sticky balancer waits for the first line of a request, and raw bytes have none.
  return { ...placing, seed, sticky: asked.sticky && transport.traits.wire === 'http' };
};

/** Whether the server's side of a proxy is measured. Not over HTTP/2 or TLS, where Node reads past its streams. */
export const isWeighed = (plan: TrialPlan) => realIn(plan).length > 0 && overAtServer(plan) === 'http';

/** The options of the plan's server. */
export const serverOptions = (
  { transport, load, ...plan }: TrialPlan,
  certificate?: Certificate,
): ServerOptions => ({
  host: plan.host,
  port: plan.port,
  holdMs: plan.holdMs,
  mailboxSilenceMs: 60_000 + load.pollIntervalMs,
  // Law POLL8: longer than the longest planned silence, and longer than the client assumes.
  keepAliveTimeoutMs: keepAliveTimeoutMs(Math.max(load.pollIntervalMs, 1000 / load.rate)),
  heartbeatMs: plan.heartbeatMs,
  compression: plan.compression && transport.traits.compression,
  resume: transport.traits.resume,
  volatile: isVolatile(load),
  messageBytes: load.size,
  writeCostUs: load.writeCostUs,
  over: overAtServer(plan),
  tls: certificate && isSealed(overAtServer(plan)) ? { ...certificate, version: plan.tlsVersion } : undefined,
});

/** The server that a trial needs: what is asked of it, and where it runs. Little is loaded by this, so that it starts early. */
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

/** Starts the server a trial needs, in a process of its own; or several, behind a balancer. */
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

/** How many servers there are, and how they are chosen; undefined where there is one. */
export const clusterIn = ({ scenario, load, seed, transport }: TrialPlan): PlacementOptions | undefined => {
  const asked = scenario.cluster?.(load);
  if (!asked) return undefined;
  const { adapter: _, ...placing } = asked;
  // A balancer that reads waits for a first line, and raw bytes have none.
  return { ...placing, seed, sticky: asked.sticky && transport.traits.wire === 'http' };
};

/** What a proxy makes of a conversation is seen on its other side, unless the server seals it: Node reads that past its streams. */
export const isWeighed = (plan: TrialPlan) => realIn(plan).length > 0 && overAtServer(plan) === 'http';

/** What the plan asks of its server. */
export const serverOptions = (
  { transport, load, ...plan }: TrialPlan,
  certificate?: Certificate,
): ServerOptions => ({
  host: plan.host,
  port: plan.port,
  holdMs: plan.holdMs,
  mailboxSilenceMs: 60_000 + load.pollIntervalMs,
  // Law POLL8: longer than the longest planned silence, and longer than the client believes it to be.
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

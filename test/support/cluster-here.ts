/** Several servers and their balancer in the test's own process, as a cluster of processes would answer. */
import type { Trial } from '../../src/document/report.ts';
import { startBalancer } from '../../src/target/cluster/balancer.ts';
import { clusterOf } from '../../src/target/cluster/cluster.ts';
import { measure } from '../../src/trial/measure.ts';
import type { TrialPlan } from '../../src/trial/plan.ts';
import { clusterIn } from '../../src/trial/server-of.ts';
import { serveNextDoor } from './next-door.ts';

export async function measureClusterHere(plan: TrialPlan): Promise<Trial> {
  const how = clusterIn(plan);
  if (!how) throw new Error('the scenario asks for one server');
  const members = await Promise.all(Array.from({ length: how.servers }, () => serveNextDoor(plan)));
  const servers = members.map(({ endpoint }) => endpoint);
  const balancer = await startBalancer({ ...how, host: plan.host, port: 0, servers });
  const front = {
    port: balancer.port,
    placed: async () => balancer.placed(),
    [Symbol.asyncDispose]: () => balancer.close(),
  };
  return measure(plan, clusterOf(members, front, plan.host));
}

/** A server under test in the test's own process: the same object a child would answer for, without the fork. */
import { realClock } from '../../src/clock.ts';
import { measure, serverOptions, type TrialPlan } from '../../src/measure.ts';
import type { Trial } from '../../src/metrics/report.ts';
import { watchResources, weighMemory } from '../../src/resources.ts';
import type { ServerProcess } from '../../src/serve.ts';
import { behaviours, countPeers } from '../../src/servers/behaviours.ts';
import { servers } from '../../src/servers/index.ts';

export async function serveHere(plan: TrialPlan): Promise<ServerProcess> {
  const behaviour = countPeers(behaviours[plan.scenario.behaviour]!(realClock));
  const server = await (await servers[plan.transport.server]!()).start(behaviour, serverOptions(plan));
  const watch = watchResources();
  return {
    port: server.port,
    pid: process.pid,
    mark: async () => watch.reset(),
    stats: async () => ({ ...watch.read(), peers: behaviour.peers() }),
    memory: async () => weighMemory(),
    tick: async (load) => (await behaviour.tick?.(load)) ?? [],
    gone: new AbortController().signal,
    async [Symbol.asyncDispose]() {
      watch.stop();
      await server.close();
    },
  };
}

export const measureHere = async (plan: TrialPlan): Promise<Trial> => measure(plan, await serveHere(plan));

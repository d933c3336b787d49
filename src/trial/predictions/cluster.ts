/** The laws of several servers, compared with the scenario `cluster`. */
import { heardWithoutRedis, passedOnBytes, shareLetIn } from '../../laws/cluster.ts';
import { binomialInterval } from '../../laws/tolerance.ts';
import type { Binding, Inputs } from './binding.ts';

/** One in a thousand trials in which the law is true falls outside. */
const alpha = 0.001;

/** The share of first attempts that succeed; null if connections are not placed at random. */
function shareOf({ scenario, load, transport, keepAlive }: Inputs): number | null {
  const asked = scenario.cluster?.(load);
  if (!asked) return null;
  const [kept, closed] = transport.traits.ties ?? [0, 0];
  const ties = asked.sticky ? 0 : keepAlive ? kept : closed;
  return ties > 0 && asked.balance !== 'random' ? null : shareLetIn({ servers: asked.servers, ties });
}

const inAtOnce: Binding = {
  metric: 'clients in at the first attempt',
  unit: 'clients',
  predicted(inputs) {
    const share = shareOf(inputs);
    return share === null ? null : share * inputs.load.clients;
  },
  measured: ({ trial }) => trial.figures?.['cluster.first'] ?? null,
  tolerance(inputs) {
    const { clients } = inputs.load;
    const share = shareOf(inputs) ?? 1;
    const [low, high] = binomialInterval(clients, share, alpha);
    return Math.max(share * clients - low, high - share * clients);
  },
};

const adapterOf = ({ scenario, load }: Inputs) => scenario.cluster?.(load).adapter ?? 'memory';

const passedOn: Binding = {
  metric: 'payload that Redis passed on',
  unit: 'B',
  predicted({ scenario, load }, facts) {
    const handedInBytes = facts?.trial.figures?.['cluster.redis.handedIn'];
    const { servers = 1 } = scenario.cluster?.(load) ?? {};
    return handedInBytes === undefined ? null : passedOnBytes({ servers, handedInBytes });
  },
  measured: ({ trial }) => trial.figures?.['cluster.redis.passedOn'] ?? null,
};

const heardWhileHeld: Binding = {
  metric: 'of 100 copies, heard while Redis was silent',
  unit: 'copies',
  predicted(inputs, facts) {
    const own = facts?.trial.figures?.['cluster.redis.own'];
    return own === undefined ? null : heardWithoutRedis({ own, waits: adapterOf(inputs) === 'streams' });
  },
  measured: ({ trial }) => trial.figures?.['cluster.redis.held'] ?? null,
};

export const clusterBindings: Readonly<Record<string, readonly Binding[]>> = {
  CLU1: [inAtOnce],
  CLU2: [passedOn],
  CLU3: [heardWhileHeld],
};

/** The child process in which the balancer of a cluster runs. */
import { obeyParent } from '../../base/child/inside.ts';
import { watchResources } from '../../base/resources.ts';
import { type Balancer, startBalancer } from './balancer.ts';
import type { BalancerCommand } from './balancer-command.ts';

let balancer: Balancer | undefined;
const watch = watchResources();

obeyParent<BalancerCommand>(async (command) => {
  switch (command.type) {
    case 'start':
      balancer = await startBalancer(command.options);
      return balancer.port;
    case 'placed':
      return balancer?.placed();
    case 'mark':
      return watch.reset();
    case 'resources':
      return watch.read();
    case 'stop':
      return balancer?.close();
  }
});

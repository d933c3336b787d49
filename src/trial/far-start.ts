/** Starts the server that a trial needs on another machine, as `startServer` does on this one. */
import { type Clock, realClock } from '../base/clock.ts';
import { type FarControl, farServer } from '../target/far-server.ts';
import type { Target } from '../target/target.ts';
import type { TrialPlan } from './plan.ts';
import { serverOptions } from './server-of.ts';

export function startFarServer(
  plan: TrialPlan,
  control: FarControl,
  clock: Clock = realClock,
): Promise<Target> {
  // The other machine chooses where the server listens, and its TLS key.
  const asked = serverOptions(plan);
  const { host: _host, port: _port, tls: _tls, over = 'http', volatile = false, ...options } = asked;
  const { transport, scenario, tlsVersion, certificate } = plan;
  return farServer(
    control,
    {
      type: 'start',
      server: transport.server,
      behaviour: scenario.behaviour,
      options: { ...options, volatile, over },
      sealed: { version: tlsVersion, certificate, host: control.host },
    },
    clock,
  );
}

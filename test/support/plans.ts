/** Trial plans for tests: small, loopback, and with every field a real plan has. */
import type { TrialPlan } from '../../src/measure.ts';
import type { Load } from '../../src/metrics/report.ts';
import { parseLink } from '../../src/network/link.ts';
import { echo } from '../../src/scenarios/echo.ts';
import { transportByName } from '../../src/transports/index.ts';

type Overrides = Partial<Omit<TrialPlan, 'transport' | 'load'>> & { load?: Partial<Load> };

export function trialPlan(transportName: string, { load, ...rest }: Overrides = {}): TrialPlan {
  const transport = transportByName(transportName);
  if (!transport) throw new Error(`no transport ${transportName}`);
  return {
    transport,
    scenario: echo,
    load: {
      clients: 2,
      messages: 3,
      rate: 100,
      arrivals: 'jittered',
      durationMs: null,
      size: 20,
      payload: 'text',
      pollIntervalMs: 20,
      warmup: 1,
      closed: false,
      outage: 'cut',
      outageMs: 1000,
      writeCostUs: 0,
      ...load,
    },
    link: parseLink('loopback'),
    middleboxes: {},
    headers: {},
    repeat: 0,
    seed: 7,
    host: '127.0.0.1',
    port: 0,
    heartbeatMs: null,
    keepAlive: true,
    compression: false,
    timeoutMs: 10_000,
    holdMs: 25_000,
    signal: new AbortController().signal,
    ...rest,
  };
}

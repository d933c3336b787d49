/**
 * What loopback cannot show: the same echo or event over a link with a round trip, by the laws alone. So readers need
 * not rank transports by times in which the network has no part.
 */

import type { Trial } from '../../document/report.ts';
import { blindWindowNs, longPollingMaxAgeNs } from '../../laws/long-polling.ts';
import { effectiveIntervalNs, pollAge } from '../../laws/polling.ts';
import { sseAgeNs } from '../../laws/sse.ts';
import { wsAgeNs } from '../../laws/websocket.ts';
import type { Inputs } from './binding.ts';

const exampleRttMs = 40;
const ways = { upNs: (exampleRttMs / 2) * 1e6, downNs: (exampleRttMs / 2) * 1e6 };

type Range = Pick<NonNullable<Trial['overDistance']>, 'law' | 'lowMs' | 'highMs'>;
const range = (law: string, lowNs: number, highNs = lowNs): Range => ({
  law,
  lowMs: lowNs / 1e6,
  highMs: highNs / 1e6,
});

/** Age of an event when it arrives: over an open connection, by a long poll, by a poll at an interval. */
function ageOf({ transport, load }: Inputs): Range | null {
  const has = (law: string) => transport.traits.laws.includes(law);
  if (has('WS2')) return range('WS2', wsAgeNs(ways));
  if (has('SSE1')) return range('SSE1', sseAgeNs(ways));
  // Between a response and the next poll the server has no request to answer: an event may fall into that window.
  if (has('LP3'))
    return range('LP4', ways.downNs, longPollingMaxAgeNs({ ...ways, blindNs: blindWindowNs(ways) }));
  if (!has('POLL1')) return null;
  const intervalNs = effectiveIntervalNs({
    intervalNs: load.pollIntervalMs * 1e6,
    rttNs: exampleRttMs * 1e6,
  });
  return range('POLL1', pollAge({ intervalNs, downNs: ways.downNs }).mean);
}

/** Null if the trial emulated a link, and if no law covers this scenario or transport. */
export function overDistance(inputs: Inputs): Trial['overDistance'] {
  const { scenario, load, link } = inputs;
  if (link.upDelayMs + link.downDelayMs > 0 || load.closed || !scenario.paced || scenario.breaksLink)
    return null;
  // In a chat a message goes up and then down to others: the sum would be another.
  if (scenario.latency !== 'echo' && scenario.behaviour !== 'ticker') return null;
  const age = ageOf(inputs);
  if (age === null) return null;
  const upMs = scenario.latency === 'echo' ? ways.upNs / 1e6 : 0;
  return { rttMs: exampleRttMs, ...age, lowMs: age.lowMs + upMs, highMs: age.highMs + upMs };
}

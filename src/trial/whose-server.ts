/** What a trial's record says of a server that this run has not started: whose it is, and how far its clock could be told. */
import type { Latency, Trial } from '../document/report.ts';
import { type DialerTls, systemTrust } from '../tap/dialer.ts';
import type { Target } from '../target/target.ts';
import { isLoopback } from '../target/target-address.ts';
import type { TrialPlan } from './plan.ts';

/** How its clients seal what they say, where it speaks TLS. @param authority PEM of what vouches for it, or for a proxy before it. */
export const tlsOf = (
  authority: string | undefined,
  { isTrusted, site }: Target,
  keyLog: DialerTls['keyLog'],
): DialerTls | undefined =>
  authority === undefined && !isTrusted
    ? undefined
    : { authority: authority ?? systemTrust, name: site?.host, keyLog };

/** Format (d) of docs/wire-formats.md wraps messages in JSON, which nobody takes apart: their bytes cannot be told. */
export const hidesPayload = ({ transport }: Pick<TrialPlan, 'transport'>, { site }: Whose): boolean =>
  site?.isPlain === true && /polling$/.test(transport.server);

/** What laws cannot know of it. */
export function unknownOf({ site, clockDifference, endpoint }: Target): 'server' | 'way' | undefined {
  if (site) return 'server';
  return clockDifference && !isLoopback(endpoint.host) ? 'way' : undefined;
}

type Whose = Pick<Target, 'site' | 'clockDifference'>;

/** Null where there was but one clock, and where the other said nothing. */
function clockOf({ clockDifference }: Whose): Trial['clock'] {
  const difference = clockDifference?.();
  if (!difference) return undefined;
  const { offsetNs, errorNs, driftPpm, driftErrorPpm } = difference;
  return { offsetNs, errorNs, driftPpm, driftErrorPpm };
}

/** Nothing of a server of this machine. */
export function whoseServer(target: Whose): Pick<Trial, 'clock' | 'target'> {
  if (target.site) return { target: 'foreign' };
  if (!target.clockDifference) return {};
  const clock = clockOf(target);
  return { target: 'far', ...(clock && { clock }) };
}

/** An age that was told by two clocks is as good as their difference. */
export const withClockError = (latency: Latency | null, target: Whose): Latency | null => {
  const clock = clockOf(target);
  return latency && clock ? { ...latency, errorNs: clock.errorNs } : latency;
};

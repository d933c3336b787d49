/** What a trial records of a server that this run has not started: foreign or far, and how well its clock is known. */
import type { Latency, Trial } from '../document/report.ts';
import { type DialerTls, systemTrust } from '../tap/dialer.ts';
import type { Target } from '../target/target.ts';
import { isLoopback } from '../target/target-address.ts';
import type { TrialPlan } from './plan.ts';

/** TLS options of the clients; undefined without TLS. @param authority PEM that vouches for the server or its proxy. */
export const tlsOf = (
  authority: string | undefined,
  { isTrusted, site }: Target,
  keyLog: DialerTls['keyLog'],
): DialerTls | undefined =>
  authority === undefined && !isTrusted
    ? undefined
    : { authority: authority ?? systemTrust, name: site?.host, keyLog };

/** Format (d) of docs/wire-formats.md wraps messages in JSON, which is not dissected: their bytes are not known. */
export const hidesPayload = ({ transport }: Pick<TrialPlan, 'transport'>, { site }: Whose): boolean =>
  site?.isPlain === true && /polling$/.test(transport.server);

/** What laws cannot know: a foreign server's behaviour, or the path to another machine. */
export function unknownOf({ site, clockDifference, endpoint }: Target): 'server' | 'way' | undefined {
  if (site) return 'server';
  return clockDifference && !isLoopback(endpoint.host) ? 'way' : undefined;
}

type Whose = Pick<Target, 'site' | 'clockDifference'>;

/** Undefined if there is only one clock, and if the difference of the other is not known. */
function clockOf({ clockDifference }: Whose): Trial['clock'] {
  const difference = clockDifference?.();
  if (!difference) return undefined;
  const { offsetNs, errorNs, driftPpm, driftErrorPpm } = difference;
  return { offsetNs, errorNs, driftPpm, driftErrorPpm };
}

/** Empty for a server that this run has started on this machine. */
export function whoseServer(target: Whose): Pick<Trial, 'clock' | 'target'> {
  if (target.site) return { target: 'foreign' };
  if (!target.clockDifference) return {};
  const clock = clockOf(target);
  return { target: 'far', ...(clock && { clock }) };
}

/** An age measured with two clocks is only as exact as their difference is known. */
export const withClockError = (latency: Latency | null, target: Whose): Latency | null => {
  const clock = clockOf(target);
  return latency && clock ? { ...latency, errorNs: clock.errorNs } : latency;
};

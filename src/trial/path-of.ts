/** The hops that a plan puts between its clients and the server, and their options. */
import { type Certificate, certificateFor } from '../base/certificate.ts';
import { endingIn } from '../network/between.ts';
import type { Hop, Path } from '../network/hop.ts';
import { loopback } from '../network/link.ts';
import type { Front } from '../network/proxies/proxy.ts';
import { authorityOf } from '../network/proxies/proxy.ts';
import { proxyHop } from '../network/proxies/proxy-process.ts';
import { emulatedHop } from '../network/relay-process.ts';
import { isSealed } from '../protocols/over.ts';
import type { Forwarding } from '../tap/dialer.ts';
import { needsRelay, type TrialPlan } from './plan.ts';

/** Sent to another process: the rest of a plan cannot be serialised. */
const emulatedOf = ({ host, link, middleboxes, seed }: TrialPlan) => ({ host, link, middleboxes, seed });

/** The hops between the clients and the target. */
export const hopsOf = (plan: TrialPlan, front: Front | undefined): Hop[] => [
  ...(needsRelay(plan) ? [emulatedHop(emulatedOf(plan))] : []),
  ...plan.proxies.map((one) =>
    'proxy' in one
      ? proxyHop(one.proxy, plan.host, one.proxy === endingIn(plan) ? front : undefined)
      : emulatedHop({ ...emulatedOf(plan), link: loopback, middleboxes: one.boxes }),
  ),
];

/** HTTP/2 or TLS that a proxy terminates before the server; undefined if the server speaks it itself. */
export async function frontOf(plan: TrialPlan): Promise<Front | undefined> {
  const { over, tlsVersion } = plan;
  if (over === 'http' || !endingIn(plan)) return undefined;
  return { over, tlsVersion, certificate: await certificateOf(plan) };
}

/** How clients use a forward proxy; undefined if there is none. */
export const forwardingOn = ({ origin, forwards }: Path): Forwarding | undefined =>
  forwards && { ...forwards, host: origin.host, authority: authorityOf(origin) };

/** Undefined without TLS. */
export const certificateOf = async ({
  over,
  certificate,
  host,
}: TrialPlan): Promise<Certificate | undefined> =>
  isSealed(over) ? certificateFor(certificate, host) : undefined;

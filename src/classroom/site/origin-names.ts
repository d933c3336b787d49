/** What browsers may call the origin: by its address, and by the names that its certificate vouches for. */
import { X509Certificate } from 'node:crypto';
import { vouchesFor } from '../../base/certificate.ts';
import { authority } from '../../transports/transport.ts';

interface Reached {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
}

const usualPorts = { http: 80, https: 443 } as const;
const loopback = '127.0.0.1';

/** As `Host` has them; the first is the one to show: one that the certificate is good for, where there is one. */
export function hostsOf({ scheme, host, port }: Reached, cert?: string): readonly [string, ...string[]] {
  const written = (name: string) => {
    const whole = authority({ host: name, port });
    // A browser leaves out the port that goes without saying.
    return port === usualPorts[scheme] ? whole.slice(0, whole.lastIndexOf(':')) : whole;
  };
  const isLoopback = host === loopback;
  const here = isLoopback ? [host, 'localhost'] : [host];
  const certificate = cert === undefined ? null : new X509Certificate(cert);
  const named = certificate ? dnsNamesOf(certificate).filter((name) => name !== 'localhost') : [];
  const all = [...here, ...named];
  // Where a name leads is not known here; that it leads to loopback is not likely.
  const shown =
    (isLoopback ? here : all).find((name) => !certificate || vouchesFor(certificate, name)) ?? host;
  return [written(shown), ...all.filter((name) => name !== shown).map(written)];
}

/** Names of single hosts. A wildcard is left out: it does not say which addresses people will type. */
const dnsNamesOf = ({ subjectAltName = '' }: X509Certificate): string[] =>
  [...subjectAltName.matchAll(/(?:^|, )DNS:([\w.-]+)(?=,|$)/g)].map(([, name = '']) => name.toLowerCase());

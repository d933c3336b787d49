/** The names of the origin that browsers may use: its address, and the names in its certificate. */
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

/** As in `Host`. The first is the one to show: one that the certificate is valid for, if there is one. */
export function hostsOf({ scheme, host, port }: Reached, cert?: string): readonly [string, ...string[]] {
  const written = (name: string) => {
    const whole = authority({ host: name, port });
    // A browser leaves out the default port.
    return port === usualPorts[scheme] ? whole.slice(0, whole.lastIndexOf(':')) : whole;
  };
  const isLoopback = host === loopback;
  const here = isLoopback ? [host, 'localhost'] : [host];
  const certificate = cert === undefined ? null : new X509Certificate(cert);
  const named = certificate ? dnsNamesOf(certificate).filter((name) => name !== 'localhost') : [];
  const all = [...here, ...named];
  // Which address a name resolves to is not known here; loopback is unlikely.
  const shown =
    (isLoopback ? here : all).find((name) => !certificate || vouchesFor(certificate, name)) ?? host;
  return [written(shown), ...all.filter((name) => name !== shown).map(written)];
}

/** Names of single hosts. A wildcard is left out: it does not say which addresses people will type. */
const dnsNamesOf = ({ subjectAltName = '' }: X509Certificate): string[] =>
  [...subjectAltName.matchAll(/(?:^|, )DNS:([\w.-]+)(?=,|$)/g)].map(([, name = '']) => name.toLowerCase());

/**
 * What HTTP goes over: HTTP/1.1 or HTTP/2, in clear text or sealed. `h2` is over TLS, as everywhere on the web; `h2c` is in
 * clear text and known beforehand (RFC 9113 §3.3), as between servers.
 */
import type { TlsVersion } from '../laws/tls.ts';

export const overs = ['http', 'https', 'h2', 'h2c'] as const;
export type Over = (typeof overs)[number];

export const isSealed = (over: Over = 'http'): boolean => over === 'https' || over === 'h2';
export const isHttp2 = (over: Over = 'http'): boolean => over === 'h2' || over === 'h2c';

export const tlsVersions = ['1.3', '1.2'] as const satisfies readonly TlsVersion[];

/** As node:tls names it, for the least and the greatest that are allowed. */
export const onlyVersion = (version: TlsVersion) => {
  const named = `TLSv${version}` as const;
  return { minVersion: named, maxVersion: named };
};

/** The real proxies, in the order in which they are listed. A new one is a file and a line here. */
import { apache } from './apache.ts';
import { caddy } from './caddy.ts';
import { haproxy } from './haproxy.ts';
import { httpProxy3 } from './http-proxy-3.ts';
import { httpxy } from './httpxy.ts';
import { lighttpd } from './lighttpd.ts';
import { nginx } from './nginx.ts';
import type { RealProxy } from './proxy.ts';
import { squid } from './squid.ts';
import { squidForward } from './squid-forward.ts';
import { varnish } from './varnish.ts';

export const realProxies: readonly RealProxy[] = [
  nginx,
  haproxy,
  apache,
  caddy,
  lighttpd,
  varnish,
  squid,
  squidForward,
  httpProxy3,
  httpxy,
];

export const realProxyByName = (name: string): RealProxy | undefined =>
  realProxies.find((proxy) => proxy.name === name);

/** A forward proxy stands at the clients; the others stand before the server. */
export const isForward = (proxy: RealProxy | undefined): boolean =>
  proxy?.kind === 'program' && proxy.forwards !== undefined;

/** The default configuration. */
export const usualFlavour = ({ flavours }: RealProxy): string => Object.keys(flavours)[0] ?? '';

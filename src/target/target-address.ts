/**
 * The address of a server named by a URL. It is looked up once, before anything is measured, and shows whether the
 * server is on this machine or in its network. To measure any other server, the user has to confirm it.
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { CannotRun, UsageError } from '../base/failure.ts';
import { inEveryLanguage, text } from '../base/text.ts';

export interface Located {
  /** As the user wrote it, normalised. */
  readonly url: string;
  /** `host` is from the URL, `address` what it was looked up as. */
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly prefix: string;
  readonly isSealed: boolean;
  /** The address is neither loopback nor private, so the machine may belong to others. */
  readonly isRemote: boolean;
}

const near = new BlockList();
// Loopback (RFC 1122, RFC 4291), private (RFC 1918, RFC 4193), link-local (RFC 3927, RFC 4291).
for (const [net, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const)
  near.addSubnet(net, prefix, 'ipv4');
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');
near.addSubnet('fe80::', 10, 'ipv6');

export const isLoopback = (address: string): boolean => /^(127\.|::1$)/.test(address);

export const isNear = (address: string): boolean =>
  near.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

const noUrl = text(
  '--target {url}: write the URL of a server, such as http://127.0.0.1:3000 or https://host/app',
  '--target {url}: http://127.0.0.1:3000이나 https://host/app처럼 서버의 URL을 적어야 합니다',
);
const unknownName = text(
  '--target: the name {host} leads nowhere ({code})',
  '--target: {host}라는 이름의 주소를 찾을 수 없습니다({code})',
);

type Lookup = (host: string) => Promise<readonly { readonly address: string }[]>;

const look: Lookup = (host) => lookup(host, { all: true });

/** Throws `UsageError` if it is no URL of a server, `CannotRun` if the name has no address. */
export async function locate(url: string, lookUp = look): Promise<Located> {
  const parsed = parse(url);
  const { protocol, hostname, port, pathname } = parsed;
  const host = hostname.replace(/^\[|\]$/g, '');
  const isSealed = protocol === 'https:';
  const addresses = isIP(host) > 0 ? [host] : await addressesOf(host, lookUp);
  return {
    url: parsed.href.replace(/\/$/, ''),
    host,
    address: addresses[0] ?? host,
    port: Number(port) || (isSealed ? 443 : 80),
    prefix: pathname.replace(/\/+$/, ''),
    isSealed,
    isRemote: !addresses.every(isNear),
  };
}

function parse(url: string): URL {
  const parsed = URL.parse(url.replace(/^ws(s?):/i, 'http$1:'));
  const isServer =
    parsed && /^https?:$/.test(parsed.protocol) && `${parsed.username}${parsed.search}${parsed.hash}` === '';
  if (!isServer) throw new UsageError(inEveryLanguage(noUrl, { url }));
  return parsed;
}

async function addressesOf(host: string, lookUp: Lookup): Promise<string[]> {
  const found = await lookUp(host).catch(({ code = '' }: NodeJS.ErrnoException) => {
    throw new CannotRun(inEveryLanguage(unknownName, { host, code }));
  });
  return found.map(({ address }) => address);
}

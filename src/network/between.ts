/**
 * What `--proxy` asks for: one list of emulated boxes and real proxies, from the clients to the server. Boxes before
 * the first real proxy share the relay of the emulated link; those behind it have a relay of their own.
 */
import { unknownWord } from '../base/did-you-mean.ts';
import { UsageError } from '../base/failure.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import type { Over } from '../protocols/over.ts';
import { boxNames, type Middleboxes, readBox } from './middleboxes.ts';
import { findProxy } from './proxies/found-proxy.ts';
import { isForward, realProxies, realProxyByName, usualFlavour } from './proxies/index.ts';
import type { RealProxy } from './proxies/proxy.ts';
import type { ChosenProxy } from './proxies/proxy-process.ts';

/** An entry of the list from the first real proxy on. */
export type Behind = { readonly proxy: ChosenProxy } | { readonly boxes: Middleboxes };

export interface Between {
  readonly middleboxes: Middleboxes;
  readonly proxies: readonly Behind[];
}

/** A real proxy and one of its configurations, or boxes. The proxy may not be installed. */
type Asked = { readonly real: RealProxy; readonly flavour: string } | { readonly boxes: Middleboxes };

const noSuch = text('--proxy: nothing is called "{word}"', '--proxy: "{word}"라는 것은 없습니다');
const noFlavour = text(
  '--proxy: {name} has no configuration "{flavour}"; there is {flavours}',
  '--proxy: {name}에는 "{flavour}"라는 설정이 없습니다. 쓸 수 있는 설정: {flavours}',
);
const ownOfWhom = text(
  '--proxy-config is the configuration of one program: name exactly one in --proxy, such as --proxy nginx',
  '--proxy-config는 프로그램 하나의 설정입니다. --proxy nginx처럼 --proxy에 하나만 적어야 합니다',
);
const forwardFirst = text(
  '--proxy: {name} stands at the clients: write it before the other proxies, and once',
  '--proxy: {name}은(는) 클라이언트 쪽에 놓입니다. 다른 프록시보다 앞에, 한 번만 적어야 합니다',
);
const placeholderMissing = text(
  '--proxy-config: the file has no {missing}; write it where the address belongs (also with _HOST and _PORT)',
  '--proxy-config: 파일에 {missing}이(가) 없습니다. 주소가 들어갈 자리에 적어야 합니다(_HOST와 _PORT로 나누어도 됩니다)',
);

/** Reads the list, and looks for its proxies. Throws `UsageError`, or `CannotRun` if a proxy is not installed. */
export function readBetween(typed: string, ownText?: string): Between {
  const asked = typed.split(',').map((part) => readOne(part.trim()));
  const first = asked.findIndex((one) => 'real' in one);
  const before = first < 0 ? asked : asked.slice(0, first);
  checkForward(asked);
  if (ownText !== undefined) checkOwn(asked, ownText);
  return {
    middleboxes: merged(before),
    proxies: first < 0 ? [] : grouped(asked.slice(first)).map((one) => chosenOf(one, ownText)),
  };
}

function readOne(part: string): Asked {
  const [name = '', flavour] = part.split(':');
  const real = realProxyByName(name);
  if (!real) {
    const boxes = readBox(part);
    if (boxes) return { boxes };
    throw unknownWord(noSuch, part, ['none', ...boxNames, ...realProxies]);
  }
  const chosen = flavour ?? usualFlavour(real);
  const flavours = Object.keys(real.flavours);
  if (flavours.includes(chosen)) return { real, flavour: chosen };
  throw new UsageError(inEveryLanguage(noFlavour, { name, flavour: chosen, flavours: flavours.join(', ') }));
}

/** A forward proxy must come first: a reverse proxy before it would not understand its clients' CONNECT. */
function checkForward(asked: readonly Asked[]) {
  const real = asked.flatMap((one) => ('real' in one ? [one.real] : []));
  const late = real.slice(1).find(isForward);
  if (late) throw new UsageError(inEveryLanguage(forwardFirst, { name: late.name }));
}

function checkOwn(asked: readonly Asked[], ownText: string) {
  const programs = asked.filter((one) => 'real' in one && one.real.kind === 'program');
  if (programs.length !== 1) throw new UsageError(ownOfWhom);
  // A forward proxy learns the target from its clients.
  for (const name of programs.some((one) => 'real' in one && isForward(one.real))
    ? ['LISTEN']
    : ['LISTEN', 'UPSTREAM']) {
    const isThere = [`\${${name}}`, `\${${name}_PORT}`].some((placeholder) => ownText.includes(placeholder));
    if (!isThere) throw new UsageError(inEveryLanguage(placeholderMissing, { missing: `\${${name}}` }));
  }
}

const merged = (asked: readonly Asked[]): Middleboxes =>
  Object.assign({}, ...asked.map((one) => ('boxes' in one ? one.boxes : {})));

/** Merges neighbouring boxes, so that they share one relay. */
function grouped(asked: readonly Asked[]): Asked[] {
  const groups: Asked[] = [];
  for (const one of asked) {
    const last = groups.at(-1);
    if (last && 'boxes' in last && 'boxes' in one) groups[groups.length - 1] = { boxes: merged([last, one]) };
    else groups.push(one);
  }
  return groups;
}

function chosenOf(asked: Asked, ownText: string | undefined): Behind {
  if ('boxes' in asked) return asked;
  const { real, flavour } = asked;
  const own = real.kind === 'program' ? ownText : undefined;
  const { name, kind } = real;
  return { proxy: { name, kind, own, flavour: own === undefined ? flavour : 'own', ...findProxy(real) } };
}

/** Everything emulated on the way, wherever it stands. */
export const emulatedIn = ({ middleboxes, proxies }: Between): Middleboxes =>
  Object.assign({}, middleboxes, ...proxies.map((one) => ('boxes' in one ? one.boxes : {})));

/** The real proxies on the way, from the clients to the server. */
export const realIn = ({ proxies }: Pick<Between, 'proxies'>): ChosenProxy[] =>
  proxies.flatMap((one) => ('proxy' in one ? [one.proxy] : []));

/**
 * The proxy that terminates TLS and HTTP/2: the first reverse proxy. It speaks HTTP/1.1 in clear text to the next hop.
 * A forward proxy passes TLS through.
 */
export const endingIn = (between: Pick<Between, 'proxies'>): ChosenProxy | undefined =>
  realIn(between).find(({ name }) => !isForward(realProxyByName(name)));

/** The forward proxy that clients use, if there is one. */
export const forwardIn = (between: Pick<Between, 'proxies'>): ChosenProxy | undefined =>
  realIn(between).find(({ name }) => isForward(realProxyByName(name)));

/** What the server itself speaks: HTTP/1.1 behind a proxy that terminates, else what clients speak. */
export const overAtServer = (between: Pick<Between, 'proxies'> & { readonly over: Over }): Over =>
  endingIn(between) ? 'http' : between.over;

/** As a sentence names them: `nginx`, `nginx, haproxy`. */
export const namesOfReal = (between: Pick<Between, 'proxies'>): string =>
  realIn(between)
    .map(({ name }) => name)
    .join(', ');

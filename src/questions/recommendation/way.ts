/**
 * What lies between an application and its clients, as `recommend --proxy` names it: emulated boxes, and proxies as the
 * kept run of `probe proxies` found them. What was not measured is unknown, and reported as unknown. Pure.
 */
import { unknownWord } from '../../base/did-you-mean.ts';
import { text } from '../../base/text.ts';
import { boxNames, type Middleboxes, readBox } from '../../network/middleboxes.ts';
import { realProxies, realProxyByName, usualFlavour } from '../../network/proxies/index.ts';
import type { KeptPassage } from './kept-passages.ts';
import type { Need } from './need.ts';

/** One thing on the way, from the clients outwards. */
export type OnTheWay =
  | { readonly kind: 'box'; readonly boxes: Middleboxes }
  | { readonly kind: 'measured'; readonly row: KeptPassage }
  /** `tls`: everything depends on whether it decrypts TLS, and that is its owner's choice. */
  | { readonly kind: 'unmeasured'; readonly name: string; readonly why: 'tls' | 'never run' };

/** Common products in front of servers that this laboratory cannot run, or has not run. */
const unmeasured: Readonly<Record<string, 'tls' | 'never run'>> = {
  'squid-forward': 'tls',
  envoy: 'never run',
  traefik: 'never run',
  alb: 'never run',
  cloudfront: 'never run',
  cloudflare: 'never run',
};

export const unmeasuredNames: readonly string[] = Object.keys(unmeasured);

const noSuch = text('--proxy: nothing is called "{word}"', '--proxy: "{word}"라는 것은 없습니다');

/** Throws `UsageError`. */
export const readWay = (typed: string, rows: readonly KeptPassage[]): OnTheWay[] =>
  typed.split(',').map((part) => readPart(part.trim(), rows));

function readPart(part: string, rows: readonly KeptPassage[]): OnTheWay {
  const boxes = readBox(part);
  if (boxes) return { kind: 'box', boxes };
  const [name = '', flavour] = part.split(':');
  const real = realProxyByName(name);
  const asked = flavour ?? (real && usualFlavour(real));
  const row = rows.find((one) => one.name === name && (asked === undefined || one.flavour === asked));
  if (row) return { kind: 'measured', row };
  const why = Object.hasOwn(unmeasured, name) ? unmeasured[name] : undefined;
  if (why !== undefined && flavour === undefined) return { kind: 'unmeasured', name, why };
  if (real && (flavour === undefined || Object.hasOwn(real.flavours, flavour)))
    return { kind: 'unmeasured', name: part, why: 'never run' };
  const flavoured = realProxies.flatMap((one) => [
    one.name,
    ...Object.keys(one.flavours).map((flavour) => `${one.name}:${flavour}`),
  ]);
  throw unknownWord(noSuch, part, ['none', ...boxNames, ...flavoured, ...unmeasuredNames]);
}

type Streams = Need['streams'];
type Passing = Pick<Need, 'upgrades' | 'streams' | 'idleTimeoutMs'>;

/** What the whole way does: as much as its worst part. */
export function passingOf(way: readonly OnTheWay[]): Passing {
  const each = way.map(passingOfOne);
  const idle = each.flatMap(({ idleTimeoutMs }) => idleTimeoutMs ?? []);
  const upgrades = each.map((one) => one.upgrades);
  return {
    upgrades: !upgrades.includes(false) && (upgrades.includes('unknown') ? 'unknown' : true),
    streams: each.map((one) => one.streams).reduce(worse, 'pass'),
    idleTimeoutMs: idle.length > 0 ? Math.min(...idle) : null,
  };
}

function passingOfOne(one: OnTheWay): Passing {
  if (one.kind === 'unmeasured') return { upgrades: 'unknown', streams: 'unknown', idleTimeoutMs: null };
  if (one.kind === 'measured')
    return { upgrades: one.row.upgrade.how === 'passes', streams: streamsOf(one.row), idleTimeoutMs: null };
  const { idleTimeoutMs = null, ...boxes } = one.boxes;
  const stopsUpgrades = Boolean(boxes.stripUpgrade || boxes.refuseUpgrade || boxes.swallowUpgrade);
  return { upgrades: !stopsUpgrades, streams: streamsThrough(boxes, stopsUpgrades), idleTimeoutMs };
}

function streamsOf({ stream: { how, ms, bytes } }: KeptPassage): Streams {
  if (how === 'event by event') return 'pass';
  if (how === 'late' && ms !== undefined) return { lateMs: ms };
  if (how === 'buffered' && bytes !== undefined) return { pieceBytes: bytes };
  return 'held';
}

function streamsThrough(
  { buffering = false, corkMs, holdHead }: Middleboxes,
  stopsUpgrades: boolean,
): Streams {
  if (buffering === true) return 'held';
  if (buffering !== false) return { pieceBytes: buffering };
  if (corkMs !== undefined) return { lateMs: corkMs };
  // A box that stops upgrades usually buffers, too; whether this one does was not specified.
  return stopsUpgrades && !holdHead ? 'unknown' : 'pass';
}

/** From the least delay to the greatest; unknown counts as less bad than held. */
const rank = (streams: Streams): number => {
  if (streams === 'pass') return 0;
  if (typeof streams === 'object') return 'lateMs' in streams ? 1 : 2;
  return streams === 'held' ? 4 : 3;
};

function worse(one: Streams, other: Streams): Streams {
  if (rank(one) !== rank(other)) return rank(one) > rank(other) ? one : other;
  if (typeof one !== 'object' || typeof other !== 'object') return one;
  if ('lateMs' in one && 'lateMs' in other) return { lateMs: one.lateMs + other.lateMs };
  if ('pieceBytes' in one && 'pieceBytes' in other)
    return { pieceBytes: Math.max(one.pieceBytes, other.pieceBytes) };
  return one;
}

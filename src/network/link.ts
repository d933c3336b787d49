/**
 * What lies between client and server, as plain data: delay, bandwidth and jitter of each direction. Written on
 * the command line as a preset, as parts, or as a preset refined by parts: `4g,jitter=0ms`.
 *
 * The presets are typical figures from the sources named beside them, not measurements; each source's delay is
 * split evenly between the directions. None gives a jitter: those figures are this laboratory's choice. Loss is
 * not modelled: TCP repairs it, so what an application sees of it is delay, and that is what jitter and stalls
 * are.
 */

import { UsageError } from '../base/failure.ts';
import { own } from '../base/lookup.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import type { Link } from '../document/report.ts';

const link = (name: string, rttMs: number, up: number | null, down: number | null, jitterMs = 0): Link => ({
  name,
  upDelayMs: rttMs / 2,
  downDelayMs: rttMs / 2,
  upBitsPerSecond: up,
  downBitsPerSecond: down,
  jitterMs,
});

/** No link at all; of a relay, what the relay itself costs. */
export const loopback = link('loopback', 0, null, null);

export const presets: readonly Link[] = [
  loopback,
  // Gigabit Ethernet (IEEE 802.3ab) and one switch; the delay is our choice.
  link('lan', 0.5, 1e9, 1e9),
  // "Wi-Fi" of Firefox's network throttling: 30 Mbit/s down, 15 up, 2 ms.
  link('wifi', 2, 15e6, 30e6, 3),
  // "DSL" of WebPageTest's connectivity profiles: 1.5 Mbit/s down, 384 kbit/s up, 50 ms RTT.
  link('dsl', 50, 384e3, 1.5e6, 1),
  // "LTE" of WebPageTest: 12 Mbit/s both ways, 70 ms RTT.
  link('4g', 70, 12e6, 12e6, 10),
  // "Mobile 3G" of WebPageTest: 1.6 Mbit/s down, 768 kbit/s up, 300 ms RTT.
  link('3g', 300, 768e3, 1.6e6, 20),
  // Geostationary: RFC 2488 §2, 279 ms a hop at the edge of the view, RTT 558 ms at least; 25 Mbit/s down and
  // 3 up are what the FCC called broadband from 2015 on.
  link('satellite', 558, 3e6, 25e6, 10),
];

const delay = {
  expected: text('a time from 0ms to 60s, such as 80ms or 0.5s', '80ms나 0.5s처럼 0ms부터 60s까지의 시간'),
  units: { ms: 1, s: 1000 },
  least: 0,
  most: 60e3,
};
const bandwidth = {
  expected: text(
    'a bandwidth from 1kbit to 100gbit (per second), such as 384kbit or 2mbit',
    '384kbit나 2mbit처럼 1kbit부터 100gbit까지의 초당 대역폭',
  ),
  units: { kbit: 1e3, mbit: 1e6, gbit: 1e9 },
  least: 1e3,
  most: 100e9,
};
type Quantity = typeof delay | typeof bandwidth;

type Change = Partial<Omit<Link, 'name'>>;

/** The keys of `--link`; a new one is one line here. */
const keys: Readonly<Record<string, { quantity: Quantity; change(value: number): Change }>> = {
  rtt: { quantity: delay, change: (ms) => ({ upDelayMs: ms / 2, downDelayMs: ms / 2 }) },
  updelay: { quantity: delay, change: (ms) => ({ upDelayMs: ms }) },
  downdelay: { quantity: delay, change: (ms) => ({ downDelayMs: ms }) },
  up: { quantity: bandwidth, change: (bits) => ({ upBitsPerSecond: bits }) },
  down: { quantity: bandwidth, change: (bits) => ({ downBitsPerSecond: bits }) },
  jitter: { quantity: delay, change: (ms) => ({ jitterMs: ms }) },
};

export const linkKeys = Object.keys(keys);

type Complain = (problem: Text) => UsageError;

/**
 * Reads `4g`, `rtt=80ms,up=2mbit,down=20mbit,jitter=5ms`, `updelay=10ms,downdelay=90ms` or `4g,jitter=0ms`.
 * What no part names is the preset's, or loopback's. Throws `UsageError` naming the part that is wrong.
 */
export function parseLink(typed: string): Link {
  const wrong: Complain = (problem) =>
    new UsageError(
      inEveryLanguage(text('--link {typed}: {problem}', '--link {typed}: {problem}'), {
        typed: JSON.stringify(typed),
        problem,
      }),
    );
  const [first = '', ...others] = typed.split(',').map((part) => part.trim());
  const named = presets.find(({ name }) => name === first.toLowerCase());
  const given = new Set<string>();
  let parsed: Link = named ?? loopback;
  for (const part of named ? others : [first, ...others]) {
    const [key, change] = readPart(part, wrong);
    if (given.has(key))
      throw wrong(inEveryLanguage(text('"{key}" is given twice', '두 번 나온 키: "{key}"'), { key }));
    given.add(key);
    parsed = { ...parsed, ...change };
  }
  if (given.has('rtt') && (given.has('updelay') || given.has('downdelay'))) {
    throw wrong(
      text(
        '"rtt" splits evenly between the directions; give either rtt, or updelay and downdelay',
        '"rtt"는 두 방향에 똑같이 나뉩니다. rtt만 주거나 updelay와 downdelay를 주어야 합니다',
      ),
    );
  }
  return { ...parsed, name: given.size === 0 ? parsed.name : [first, ...others].join(',') };
}

function readPart(part: string, wrong: Complain): [string, Change] {
  const [, key = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(part) ?? [];
  const name = key.trim().toLowerCase();
  const known = inEveryLanguage(text('presets: {presets}; keys: {keys}', '프리셋: {presets}. 키: {keys}'), {
    presets: presets.map((preset) => preset.name).join(', '),
    keys: linkKeys.join(', '),
  });
  if (value === undefined && presets.some((preset) => preset.name === name)) {
    throw wrong(
      inEveryLanguage(
        text(
          'the preset "{part}" must come first, and only one',
          '프리셋 "{part}"은(는) 맨 앞에, 하나만 와야 합니다',
        ),
        { part },
      ),
    );
  }
  if (value === undefined)
    throw wrong(
      inEveryLanguage(
        text(
          '"{part}" is neither a preset nor key=value; {known}',
          '"{part}"은(는) 프리셋도 key=value도 아닙니다. {known}',
        ),
        { part, known },
      ),
    );
  const reader = own(keys, name);
  if (!reader)
    throw wrong(
      inEveryLanguage(
        text('unknown key "{key}" in "{part}"; {known}', '"{part}": 그런 키가 없습니다: "{key}". {known}'),
        { key, part, known },
      ),
    );
  const amount = readAmount(value, reader.quantity);
  if (amount === undefined)
    throw wrong(
      inEveryLanguage(
        text(
          '"{part}": expected {expected}, got "{value}"',
          '"{part}": "{value}"은(는) 쓸 수 없습니다. 필요한 값: {expected}',
        ),
        { part, expected: reader.quantity.expected, value },
      ),
    );
  return [name, reader.change(amount)];
}

function readAmount(value: string, { units, least, most }: Quantity): number | undefined {
  const [, digits, unit = ''] = /^(\d{1,12}(?:\.\d{1,9})?)([a-z]+)$/i.exec(value.trim()) ?? [];
  const factor = Object.entries(units).find(([name]) => name === unit.toLowerCase())?.[1];
  if (digits === undefined || factor === undefined) return undefined;
  const amount = Number(digits) * factor;
  return amount >= least && amount <= most ? amount : undefined;
}

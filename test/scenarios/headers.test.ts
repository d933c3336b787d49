/** Overhead is a function of headers: a cookie and a profile weigh what they say, on every request and no more. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { HeadsByKind } from '../../src/document/browser-side.ts';
import type { Trial } from '../../src/document/report.ts';
import { requestKinds } from '../../src/document/request-kinds.ts';
import { headerBytes } from '../../src/laws/http-bytes.ts';
import { headerProfiles, headersOf, headsOf } from '../../src/transports/headers.ts';
import type { HeadsProfile } from '../../src/transports/heads-profiles.ts';
import { transports } from '../../src/transports/index.ts';
import { headersFor, recordedHeads } from '../../src/transports/recorded-heads.ts';
import { measureNextDoor } from '../support/next-door.ts';
import { trialPlan } from '../support/plans.ts';

const overHttp = transports.filter(({ traits }) => traits.wire === 'http').map(({ name }) => name);
const dressed = (name: string, profile: HeadsProfile, cookieBytes: number) =>
  measureNextDoor(
    trialPlan(name, {
      headers: headersOf(profile, cookieBytes),
      heads: headsOf(profile),
      load: { clients: 1, messages: 4 },
    }),
  );

const cookiesOf = ({ fields }: Trial) => {
  const cookies = fields.filter(({ layer, name, direction }) => {
    return layer === 'http' && name.toLowerCase() === 'cookie' && direction === 'up';
  });
  return {
    count: cookies.reduce((sum, { count }) => sum + count, 0),
    bytes: cookies.reduce((sum, { bytes }) => sum + bytes, 0),
  };
};

/** Request bytes of each kind of exchange: the least, since a few have longer cursors or session ids. */
const lightest = ({ exchanges }: Trial) =>
  new Map(
    exchanges.map(({ kind, phase, sizes }) => [`${phase} ${kind}`, Math.min(...sizes.map(({ up }) => up))]),
  );

test.concurrent.each(overHttp)(
  'BY3: a cookie of 100 bytes adds 110 to every request of %s, the handshake included',
  async (name) => {
    const [bare, sweet] = [await dressed(name, 'minimal', 0), await dressed(name, 'minimal', 100)];
    expect(cookiesOf(bare)).toEqual({ count: 0, bytes: 0 });
    const each = headerBytes('cookie', headersOf('minimal', 100).cookie!);
    expect(each).toBe(100 + 'cookie: \r\n'.length);
    expect(cookiesOf(sweet)).toEqual({ count: sweet.requests, bytes: sweet.requests * each });
    const [without, withIt] = [lightest(bare), lightest(sweet)];
    const shared = [...without.keys()].filter((kind) => withIt.has(kind));
    expect(shared.length).toBeGreaterThan(0);
    for (const kind of shared) expect([kind, withIt.get(kind)! - without.get(kind)!]).toEqual([kind, each]);
  },
);

test('a cookie costs ws nothing after its handshake', async () => {
  const [bare, sweet] = [await dressed('ws', 'minimal', 0), await dressed('ws', 'minimal', 100)];
  // How many segments there were is for reads to decide.
  const weight = ({ perMessage: { segments: _, ...bytes } }: typeof bare) => bytes;
  expect(weight(sweet)).toEqual(weight(bare));
  expect(sweet.wire.up - bare.wire.up).toBe(110);
});

test('a plain POST weighs most from Chromium, then Firefox, then Node, and least without what it can do without', async () => {
  const of = async (profile: HeadsProfile) => (await dressed('http', profile, 0)).perMessage.up!;
  const ups = [await of('chromium'), await of('firefox'), await of('node'), await of('minimal')] as const;
  const weight = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).reduce((sum, [name, value]) => sum + headerBytes(name, value), 0);
  const lent = (heads: HeadsByKind) =>
    weight(
      headersFor(
        { headers: {}, heads, host: '127.0.0.1', port: 40_000, dialer: { isSealed: false } },
        'POST',
      ),
    );
  const added = [lent(recordedHeads.chromium), lent(recordedHeads.firefox), weight(headerProfiles.node)];
  expect(ups.slice(0, 3).map((up) => up - ups[3])).toEqual(added);
  expect(added.toSorted((a, b) => b - a)).toEqual(added);
});

test.each(['chromium', 'firefox', 'webkitgtk'] as const)(
  'lent by kind, heads of %s weigh to the byte what its own weighed when they were recorded',
  (engine) => {
    const kept = JSON.parse(readFileSync(new URL('../../docs/browsers.json', import.meta.url), 'utf8'));
    const recorded: readonly { kind: string; fields: { name: string; bytes: number }[] }[] = kept.find(
      (one: { engine: string }) => one.engine === engine,
    ).heads;
    const own = /^(request-line|host|connection|blank-line|content-.*|upgrade|sec-websocket-.*)$/;
    const options = { headers: {}, heads: recordedHeads[engine], host: '127.0.0.1', port: 40_000 };
    for (const kind of requestKinds) {
      const lent = headersFor({ ...options, dialer: { isSealed: false } }, kind);
      const wanted = recorded.find((one) => one.kind === kind)!.fields.filter(({ name }) => !own.test(name));
      const bytes = Object.entries(lent).map(([name, value]) => ({ name, bytes: headerBytes(name, value) }));
      const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
      expect([kind, bytes.sort(byName)]).toEqual([
        kind,
        wanted.map(({ name, bytes }) => ({ name, bytes })).sort(byName),
      ]);
    }
  },
);

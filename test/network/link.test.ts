import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/base/failure.ts';
import { parseLink, presets } from '../../src/network/link.ts';

test('every preset is read by its name, in any case, and is plain data', () => {
  expect(presets.map(({ name }) => name)).toEqual([
    'loopback',
    'lan',
    'wifi',
    'dsl',
    '4g',
    '3g',
    'satellite',
  ]);
  for (const preset of presets) {
    expect(parseLink(preset.name.toUpperCase())).toEqual(preset);
    expect(JSON.parse(JSON.stringify(preset))).toEqual(preset);
  }
});

test('rtt splits evenly, bandwidth is in bits a second, and what is not named is loopback', () => {
  expect(parseLink('rtt=80ms,up=2mbit,down=20mbit,jitter=5ms')).toEqual({
    name: 'rtt=80ms,up=2mbit,down=20mbit,jitter=5ms',
    upDelayMs: 40,
    downDelayMs: 40,
    upBitsPerSecond: 2_000_000,
    downBitsPerSecond: 20_000_000,
    jitterMs: 5,
  });
  expect(parseLink('rtt=1s')).toMatchObject({ upDelayMs: 500, upBitsPerSecond: null, jitterMs: 0 });
});

test('delays may be asymmetric', () => {
  expect(parseLink('updelay=10ms,downdelay=90.5ms')).toMatchObject({ upDelayMs: 10, downDelayMs: 90.5 });
});

test('a preset may be refined, and keeps what is not named', () => {
  const lte = presets.find(({ name }) => name === '4g')!;
  expect(parseLink('4g, jitter=0ms')).toEqual({ ...lte, name: '4g,jitter=0ms', jitterMs: 0 });
  expect(parseLink('4g,updelay=1ms')).toMatchObject({ upDelayMs: 1, downDelayMs: lte.downDelayMs });
});

test('what is wrong is named, with what was expected', () => {
  const known =
    'presets: loopback, lan, wifi, dsl, 4g, 3g, satellite; keys: rtt, updelay, downdelay, up, down, jitter';
  const time = 'expected a time from 0ms to 60s, such as 80ms or 0.5s';
  const rate = 'expected a bandwidth from 1kbit to 100gbit (per second), such as 384kbit or 2mbit';
  const messages = {
    '5g': `"5g" is neither a preset nor key=value; ${known}`,
    '': `"" is neither a preset nor key=value; ${known}`,
    'rttt=80ms': `unknown key "rttt" in "rttt=80ms"; ${known}`,
    '__proto__=1ms': `unknown key "__proto__" in "__proto__=1ms"; ${known}`,
    'constructor=1ms': `unknown key "constructor" in "constructor=1ms"; ${known}`,
    'rtt=80': `"rtt=80": ${time}, got "80"`,
    'rtt=-1ms': `"rtt=-1ms": ${time}, got "-1ms"`,
    'rtt=1e3ms': `"rtt=1e3ms": ${time}, got "1e3ms"`,
    'rtt=61s': `"rtt=61s": ${time}, got "61s"`,
    'up=0kbit': `"up=0kbit": ${rate}, got "0kbit"`,
    'up=2mb': `"up=2mb": ${rate}, got "2mb"`,
    'rtt=1ms,rtt=2ms': '"rtt" is given twice',
    'rtt=1ms,4g': 'the preset "4g" must come first, and only one',
    '4g,3g': 'the preset "3g" must come first, and only one',
    'rtt=1ms,updelay=1ms':
      '"rtt" splits evenly between the directions; give either rtt, or updelay and downdelay',
  };
  for (const [text, message] of Object.entries(messages)) {
    const told = { name: 'UsageError', message: `--link ${JSON.stringify(text)}: ${message}` };
    expect(() => parseLink(text)).toThrow(expect.objectContaining(told));
  }
});

test('every list of parts is read as written, in any order', () => {
  const delay = fc.integer({ min: 0, max: 60_000 });
  const rate = fc.option(fc.integer({ min: 1, max: 100_000_000 }), { nil: null });
  fc.assert(
    fc.property(
      delay,
      delay,
      rate,
      rate,
      delay,
      fc.infiniteStream(fc.nat()),
      (up, down, upKbit, downKbit, jitter, order) => {
        const parts = [`updelay=${up}ms`, `downdelay=${down}ms`, `jitter=${jitter}ms`];
        if (upKbit !== null) parts.push(`up=${upKbit}kbit`);
        if (downKbit !== null) parts.push(`down=${downKbit}kbit`);
        const text = parts
          .map((part) => ({ part, place: order.next().value! }))
          .sort((a, b) => a.place - b.place)
          .map(({ part }) => part)
          .join(',');
        expect(parseLink(text)).toEqual({
          name: text,
          upDelayMs: up,
          downDelayMs: down,
          upBitsPerSecond: upKbit === null ? null : upKbit * 1000,
          downBitsPerSecond: downKbit === null ? null : downKbit * 1000,
          jitterMs: jitter,
        });
      },
    ),
  );
});

test('whatever is written, the answer is a link with sane numbers or a usage error', () => {
  const piece = fc.oneof(
    fc.constantFrom('4g', 'rtt', 'up', 'jitter', '=', ',', '80ms', '2mbit', '1e309', 'NaN', ' '),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      try {
        const link = parseLink(pieces.join(''));
        for (const value of [link.upDelayMs, link.downDelayMs, link.jitterMs])
          expect(value).toBeGreaterThanOrEqual(0);
        for (const value of [link.upBitsPerSecond, link.downBitsPerSecond])
          expect(value ?? 1).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
    { numRuns: 500 },
  );
});

/** What lies below an application's bytes: segments, records, and a radio that is woken. */
import { expect, test } from 'vitest';
import { tcpIpBytes, tlsBytes } from '../../src/questions/recommendation/below-application.ts';
import { costsOf } from '../../src/questions/recommendation/costs.ts';
import { radioOf, type Timer } from '../../src/questions/recommendation/radio.ts';
import { need, units } from './fixture.ts';

const segments = (up: number, down: number, held?: true) =>
  tcpIpBytes(
    { exchanges: [{ perHour: 1e-9, up, down, ...(held && { held }) }], reopenedPerHour: 0 },
    'timestamps',
    false,
  ) /
  52 /
  1e-9;

test('a ping takes three segments: the pong carries its acknowledgement and has one of its own', () => {
  expect(segments(6, 2)).toBe(3);
  expect(segments(300, 100)).toBe(3);
  // What is held is acknowledged long before its answer.
  expect(segments(300, 100, true)).toBe(4);
  expect(segments(0, 100)).toBeCloseTo(2, 9);
  // Three segments of 1,448 B, two acknowledgements.
  expect(segments(0, 3000)).toBeCloseTo(5, 9);
});

test('acknowledgements of one-way messages are delayed by 40 ms and shared, as a schedule of 200,000 shows', () => {
  for (const rate of [1.67, 25, 200]) {
    let state = 11;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state + 1) / 2 ** 32;
    };
    let [acknowledgements, dueS, nowS] = [0, Infinity, 0];
    const messages = 200_000;
    for (let sent = 0; sent < messages; sent++) {
      nowS -= Math.log(random()) / rate;
      if (nowS > dueS || dueS === Infinity) {
        acknowledgements++;
        dueS = nowS + 0.04;
      }
    }
    const exchanges = [{ perHour: 3600 * rate, up: 0, down: 100 }];
    const segments = tcpIpBytes({ exchanges, reopenedPerHour: 0 }, 'timestamps', false) / 52 / (3600 * rate);
    expect((segments - 1) / (acknowledgements / messages)).toBeCloseTo(1, 2);
  }
});

test('a connection is opened and closed in seven segments, its SYN with options; headers without timestamps are 40 B', () => {
  const one = { exchanges: [], reopenedPerHour: 1 };
  expect(tcpIpBytes(one, 'timestamps', false)).toBe(7 * 52 + 2 * 8);
  expect(tcpIpBytes(one, 'plain', false)).toBe(7 * 40 + 2 * 4);
  expect(tcpIpBytes(one, 'plain', true)).toBe(10 * 40 + 2 * 4);
});

test('a TLS record a write, another beyond 16,384 B; a connection opened anew resumes', () => {
  const of = (up: number, down: number) =>
    tlsBytes({ exchanges: [{ perHour: 1, up, down }], reopenedPerHour: 0 });
  expect([of(6, 2), of(0, 100), of(0, 16_384), of(0, 16_385)]).toEqual([44, 22, 22, 44]);
  expect(tlsBytes({ exchanges: [], reopenedPerHour: 2 })).toBe(2 * 973);
});

test('each layer is switched off by itself, and what is counted adds up', () => {
  const [sse] = costsOf({ ...need, tcp: 'none', tls: false, radioTailMs: null }, units);
  expect(sse).toMatchObject({ tlsBytesPerHour: null, tcpIpBytesPerHour: null, wakeUpsPerHour: null });
  expect(sse!.wireBytesPerHour).toBe(sse!.bytesPerHour);
  for (const cost of costsOf(need, units))
    expect(cost.bytesPerHour + cost.tlsBytesPerHour! + cost.tcpIpBytesPerHour!).toBe(cost.wireBytesPerHour);
});

/** A schedule, event by event: how often a radio is woken in an hour, and for how many seconds it is up. */
function scheduled(rates: { down: number; up: number }, timer: Timer | null, tailS: number, hours: number) {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / 2 ** 32;
  };
  const endS = hours * 3600;
  const after = (nowS: number, rate: number) => (rate > 0 ? nowS - Math.log(random()) / rate : Infinity);
  const next = {
    down: after(0, rates.down),
    up: after(0, rates.up),
    timer: timer?.periodS ?? Infinity,
  };
  let [wakeUps, seconds, upUntilS] = [0, 0, 0];
  for (;;) {
    const nowS = Math.min(next.down, next.up, next.timer);
    if (nowS >= endS) return { wakeUps: wakeUps / hours, seconds: seconds / hours };
    if (nowS > upUntilS) wakeUps++;
    seconds += nowS + tailS - Math.max(nowS, upUntilS);
    upUntilS = nowS + tailS;
    const isDown = nowS === next.down;
    if (nowS === next.up) next.up = after(nowS, rates.up);
    if (nowS === next.timer || (isDown && timer?.sinceEvents))
      next.timer = nowS + (timer?.periodS ?? Infinity);
    if (isDown) next.down = after(nowS, rates.down);
  }
}

test.each<[string, { down: number; up: number }, Timer | null, number]>([
  ['messages alone', { down: 0.02, up: 0 }, null, 11.6],
  ['messages and pings', { down: 0.01, up: 0.02 }, { periodS: 25 }, 11.6],
  ['pings within the tail', { down: 0.01, up: 0 }, { periodS: 10 }, 11.6],
  ['a held question', { down: 0.03, up: 0 }, { periodS: 25, sinceEvents: true }, 11.6],
  ['a held question and messages up', { down: 0.03, up: 0.01 }, { periodS: 25, sinceEvents: true }, 5],
])('%s: the radio of a schedule of 2,000 hours is up and woken as computed', (_name, rates, timer, tailS) => {
  const asked = {
    ...need,
    rate: rates.down || rates.up,
    rateUp: rates.up || rates.down,
    direction: rates.up === 0 ? ('down' as const) : ('both' as const),
    radioTailMs: tailS * 1000,
  };
  const { wakeUpsPerHour, secondsPerHour } = radioOf(asked, 0, timer);
  const { wakeUps, seconds } = scheduled(rates, timer, tailS, 2000);
  expect(Math.abs(wakeUpsPerHour - wakeUps)).toBeLessThan(0.5 + 0.02 * wakeUps);
  expect(secondsPerHour / seconds).toBeGreaterThan(0.98);
  expect(secondsPerHour / seconds).toBeLessThan(1.02);
});

/**
 * Unit costs are read off the wire, and what follows from them is what applications that know nothing of the costs
 * really send.
 */
import { expect, test } from 'vitest';
import { costsOf } from '../../src/questions/recommendation/costs.ts';
import type { Need, UnitCosts } from '../../src/questions/recommendation/need.ts';
import { measureServerCosts } from '../../src/questions/recommendation/server-costs.ts';
import { measureUnitCosts } from '../../src/questions/recommendation/unit-costs.ts';
import { headersOf } from '../../src/transports/headers.ts';
import { type Application, applications, bytesInAnHour } from '../support/applications.ts';
import { need, units } from './fixture.ts';

const weighOver = (over: Need['over'], cookieBytes: number) =>
  measureUnitCosts({
    over,
    signal: new AbortController().signal,
    onStage: () => {},
    headers: headersOf('minimal', cookieBytes),
  });
const weigh = async (cookieBytes: number): Promise<UnitCosts> => {
  const { units: weighed, missing } = await weighOver('http', cookieBytes);
  expect(missing).toEqual([]);
  return weighed;
};
const plain = weigh(0);
const sweet = plain.then(() => weigh(200));

const sum = (heads: { up: number; down: number } | undefined) => (heads?.up ?? 0) + (heads?.down ?? 0);

test('a cookie weighs in every request what it says, and nothing else changes', {
  timeout: 60_000,
}, async () => {
  const [without, withIt] = [await plain, await sweet];
  // `cookie: ` and the line end come with it.
  for (const name of [
    'post',
    'postAndAnswer',
    'emptyPoll',
    'fullPoll',
    'socketIoPost',
    'socketIoPoll',
  ] as const) {
    expect([withIt[name]!.up - without[name]!.up, withIt[name]!.down - without[name]!.down], name).toEqual([
      210, 0,
    ]);
    expect(sum(without[name]), name).toBe(sum(units[name]));
  }
  expect([withIt.setup.ws! - without.setup.ws!, withIt.setup.sse! - without.setup.sse!]).toEqual([210, 210]);
});

test('over HTTP/2 repeated heads weigh a fraction, a long cookie a byte, and Socket.IO is left out with the reason', {
  timeout: 60_000,
}, async () => {
  const [{ units: without, missing }, { units: withIt }] = [
    await weighOver('h2', 0),
    await weighOver('h2', 200),
  ];
  for (const name of ['post', 'postAndAnswer', 'emptyPoll', 'fullPoll'] as const) {
    expect(sum(without[name]), name).toBeLessThan(sum(units[name]) / 2);
    expect(withIt[name]!.up - without[name]!.up, name).toBe(1);
  }
  expect(missing.map(({ transport }) => transport)).toEqual(['socket.io', 'socket.io:polling']);
});

test('what a push and a connection cost the server is measured; what cannot push has no such cost', {
  timeout: 60_000,
}, async () => {
  const costs = await measureServerCosts(['http', 'ws'], {
    headers: {},
    over: 'http',
    signal: new AbortController().signal,
    onStage: () => {},
  });
  expect(costs.map(({ transport }) => transport)).toEqual(['ws']);
  expect(costs[0]?.cpuNsPerMessage).toBeGreaterThan(0);
  expect(costs[0]?.memoryBytesPerConnection).toBeGreaterThan(1000);
});

const needFor = ({ perHour, size, binary, heartbeatS, pollS, rttS, transport }: Application) => ({
  ...need,
  rate: (perHour.down || perHour.up) / 3600,
  rateUp: (perHour.up || perHour.down) / 3600,
  direction: perHour.up === 0 ? ('down' as const) : perHour.down === 0 ? ('up' as const) : ('both' as const),
  size,
  binary: binary === true,
  heartbeatMs: heartbeatS === undefined ? 25_000 : heartbeatS * 1000,
  pollIntervalMs: (pollS ?? 2) * 1000,
  rttMs: (rttS ?? 0.04) * 1000,
  upgrades: transport !== 'socket.io:polling',
});

/** `npm run acceptance -- recommend` plays whole hours, and asks the command. */
const partOfAnHour = 0.2;

test.each(applications)(
  '$name: within 5 % of what a relay counts',
  { timeout: 60_000 },
  async (application) => {
    const weighed = await (application.cookieBytes ? sweet : plain);
    const cost = costsOf(needFor(application), weighed).find(
      ({ transport }) => transport === application.transport,
    );
    const counted = await bytesInAnHour(application, partOfAnHour);
    expect(counted).toBeGreaterThan(0);
    expect(Math.abs(cost!.bytesPerHour / counted - 1)).toBeLessThanOrEqual(0.05);
  },
);

/**
 * The scenario `stream` on the virtual clock: the same lab, the same scenario and the same server behaviour over ways of
 * fixed length. What the laws say of an answer in pieces is then true to the nanosecond.
 */
import { describe, expect, test } from 'vitest';
import { type Clock, virtualClock } from '../../src/base/clock.ts';
import type { Load } from '../../src/document/report.ts';
import {
  firstPieceNs,
  gapShares,
  lostByCut,
  type PieceWay,
  saidAfterHearing,
  saidToNobody,
} from '../../src/laws/stream.ts';
import { behaviours } from '../../src/servers/behaviours.ts';
import type { Behaviour } from '../../src/servers/server.ts';
import type { Connection } from '../../src/transports/transport.ts';
import { createLab } from '../../src/trial/lab.ts';
import { stream } from '../../src/trial/scenarios/stream.ts';
import { streamOf } from '../../src/trial/streamed.ts';
import { fakeLongPolling, fakePolling } from '../support/fake-mailbox.ts';
import { fakeTransport } from '../support/fake-transport.ts';
import { noWires } from '../support/no-wires.ts';
import { trialPlan } from '../support/plans.ts';

const ms = 1e6;
const rate = 50;
const periodNs = 1e9 / rate;
const pieces = 100;
const half = pieces / 2;

interface Open {
  connect(onMessage: Parameters<ReturnType<typeof fakePolling>['connect']>[0]): Connection;
  readonly cut?: () => void;
}
type Way = (clock: Clock, behaviour: Behaviour) => Open;

/** Three clients, one of each fate, each with a way of its own. */
async function answer(way: Way, load: Partial<Load> = {}) {
  const clock = virtualClock();
  const behaviour = behaviours.answerer!(clock);
  const fakes = [0, 1, 2].map(() => way(clock, behaviour));
  const plan = trialPlan('ws', {
    scenario: stream,
    load: { clients: 3, messages: pieces, rate, arrivals: 'periodic', ...load },
  });
  const lab = createLab({
    ...plan,
    clock,
    signal: new AbortController().signal,
    target: {
      answers: {
        prepare: async (one) => behaviour.answering!.prepare(one),
        ended: behaviour.answering!.ended,
      },
    },
    link: { cut: async () => 0, stall: async () => 0, heal: async () => 0 },
    wires: { ...noWires, cut: (index) => fakes[index]!.cut?.() },
  });
  const heardNs: number[][] = [[], [], []];
  fakes.forEach((fake, index) => {
    lab.connect(
      index,
      fake.connect((data) => {
        heardNs[index]!.push(clock.now());
        lab.received(index, data);
      }),
    );
  });
  await clock.advance(1000 * ms);
  let over = false;
  const phase = lab.phase({ phase: 'steady', messages: pieces, rate, durationMs: null }).finally(() => {
    over = true;
  });
  while (!over) await clock.advance(clock.now() + 100 * ms);
  const delivery = (await phase).delivery();
  const told = streamOf({
    asking: lab.asking,
    steady: { messages: { up: 0, down: 0 } },
    ledger: { layers: () => [], exchanges: () => [] },
  } as never)!;
  return { delivery, told, asking: lab.asking, heardNs };
}

const gapsOf = (times: readonly number[]) => times.slice(1).map((at, k) => at - times[k]!);

/** Every gap of the client that reads to the end, and how often the law says. */
function expectGaps(heard: readonly number[], way: PieceWay) {
  const gaps = gapsOf(heard);
  const shares = gapShares({ periodNs, way });
  expect([...new Set(gaps)].sort((a, b) => a - b)).toEqual(shares.map(({ ns }) => ns));
  for (const { ns, share } of shares)
    expect(Math.abs(gaps.filter((gap) => gap === ns).length - share * gaps.length)).toBeLessThan(2);
}

const links = [
  { upNs: 0.1 * ms, downNs: 0.3 * ms },
  { upNs: 13 * ms, downNs: 7 * ms },
  { upNs: 130 * ms, downNs: 111 * ms },
];
const named = links.map((link) => [link.upNs / ms, link.downNs / ms, link] as const);

describe.each(named)('%d ms up and %d ms down', (_up, _down, link) => {
  const { upNs, downNs } = link;
  const rttNs = upNs + downNs;
  const m = { pieces, heard: half, periodNs, ...link };

  test('STR1, STR2: a stream begins after one round trip and comes as evenly as it is said', async () => {
    const { told, heardNs, delivery } = await answer((...its) => fakeTransport(...its, link));
    const first = firstPieceNs({ rttNs });
    expect([told.first?.min, told.first?.max, told.first?.count]).toEqual([first, first, 3]);
    expect([told.gaps?.min, told.gaps?.p50, told.gaps?.p95, told.gaps?.max]).toEqual(Array(4).fill(periodNs));
    expectGaps(heardNs[0]!, { kind: 'each' });
    expect(delivery).toMatchObject({ duplicated: 0, reordered: 0, errors: {} });
    expect(delivery.sent).toBe(pieces + pieces + half);
  });

  test.each([
    ['closing', true],
    ['message', false],
  ] as const)('STR3: a cancel by %s is known after one way, and not before', async (by, closes) => {
    const { told } = await answer((...its) => fakeTransport(...its, { ...link, closes }));
    const { serverKnewMs, saidAfterMost, ...cancelled } = told.cancelled!;
    expect(cancelled).toMatchObject({ by, clients: 1, heard: half });
    expect(serverKnewMs.map((known) => known * ms)).toEqual([upNs]);
    expect(saidAfterMost).toBe(saidAfterHearing({ periodNs, ...link }));
    if (upNs <= periodNs) expect(saidAfterMost).toBeLessThanOrEqual(1);
  });

  test('STR4: a cut takes the rest, and ends the answer where the server sees its client go', async () => {
    const { told, delivery } = await answer((...its) => fakeTransport(...its, link));
    expect(told.cut).toMatchObject({ clients: 1, heard: half, continued: 0 });
    expect(told.cut!.lost).toBe(lostByCut({ ...m, replays: false }));
    expect(delivery.lost).toBe(told.cut!.lost);
    expect(told.cut!.saidAfter).toBe(saidToNobody({ ...m, keeps: false }));
  });

  test('STR4: a server that keeps what it says loses nothing, and says it all to nobody', async () => {
    const { told, delivery } = await answer((...its) => fakeTransport(...its, { ...link, awayNs: 700 * ms }));
    expect(told.cut).toMatchObject({ clients: 1, heard: half, lost: 0, continued: 1 });
    expect(delivery.lost).toBe(lostByCut({ ...m, replays: true }));
    expect(told.cut!.saidAfter).toBe(saidToNobody({ ...m, keeps: true }));
  });
});

test.each([
  ['shorter', { upNs: 5 * ms, downNs: 4 * ms, turnaroundNs: 2 * ms }, 11 * ms],
  ['longer', { upNs: 30 * ms, downNs: 17 * ms, turnaroundNs: 2.3 * ms }, 49.3 * ms],
] as const)('STR1, STR2: long polling with a blind window %s than the period', async (_, line, blindNs) => {
  const { told, heardNs } = await answer((...its) => fakeLongPolling(...its, line));
  const first = firstPieceNs({ rttNs: line.upNs + line.downNs });
  expect([told.first?.min, told.first?.max]).toEqual([first, first]);
  expectGaps(heardNs[0]!, { kind: 'held', blindNs });
  expect(told.cancelled!.serverKnewMs.map((known) => known * ms)).toEqual([line.upNs]);
});

test('STR1, STR2: polling begins at the next poll, and comes in lumps of its interval', async () => {
  const grid = { upNs: 13 * ms, downNs: 7 * ms, intervalNs: 93 * ms, phaseNs: 171 * ms };
  const { told, heardNs, asking } = await answer((...its) => fakePolling(...its, grid));
  expectGaps(heardNs[0]!, { kind: 'polled', intervalNs: grid.intervalNs });
  const firsts = asking.questions.map(({ dueNs }) => {
    const since = dueNs - grid.phaseNs;
    const untilNextPollNs = Math.ceil(since / grid.intervalNs) * grid.intervalNs - since;
    return firstPieceNs({ rttNs: grid.upNs + grid.downNs, untilNextPollNs });
  });
  expect([told.first?.min, told.first?.max]).toEqual([Math.min(...firsts), Math.max(...firsts)]);
  expect(told.cancelled!.serverKnewMs.map((known) => known * ms)).toEqual([grid.upNs]);
});

test('an answer that nobody breaks off is heard whole, whatever its schedule', async () => {
  for (const arrivals of ['jittered', 'poisson'] as const) {
    const { told, delivery } = await answer((...its) => fakeTransport(...its, links[1]!), { arrivals });
    expect(told.answers).toBe(3);
    expect(told.first?.max).toBe(firstPieceNs({ rttNs: 20 * ms }));
    expect(delivery.delivered + delivery.lost).toBe(delivery.sent);
  }
});

test('a question that never arrives keeps nobody waiting for ever, and loses nothing that was said', async () => {
  const { delivery, asking } = await answer((...its) =>
    fakeTransport(...its, { ...links[0]!, loses: () => true }),
  );
  expect(delivery).toMatchObject({ sent: 0, delivered: 0, lost: 0 });
  expect(asking.questions.map(({ answered }) => answered)).toEqual([null, null, null]);
});

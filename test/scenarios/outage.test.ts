/**
 * Outage: the link is cut, or falls silent, while the server speaks twenty times a second. All transports that
 * can push go through it at the same time: what is asserted are counts, against the times that were measured.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import { lostMessages } from '../../src/laws/outage.ts';
import { transports } from '../../src/transports/index.ts';
import { outage } from '../../src/trial/scenarios/outage.ts';
import type { Scenario } from '../../src/trial/scenarios/scenario.ts';
import { trialPlan } from '../support/plans.ts';
import { together } from '../support/together.ts';
import { undisturbed } from '../support/undisturbed.ts';
import { type Witnessed, witnessHere } from '../support/witness.ts';

const clients = 2;
const rate = 20;
const load = { clients, rate, outageMs: 400, pollIntervalMs: 100, warmup: 1 };

interface Broken extends Witnessed {
  /** When the link was known to be broken. */
  readonly brokenNs: number;
}

async function goThrough(
  name: string,
  kind: 'cut' | 'silent',
  messages: number,
  begin: ReturnType<typeof together>,
): Promise<Broken> {
  let brokenNs = 0;
  const noting = (lab: Parameters<Scenario['drive']>[0], deed: 'cut' | 'stall') => async () => {
    await lab.link[deed]();
    brokenNs = realClock.now();
  };
  const scenario: Scenario = {
    ...outage,
    drive: (lab) =>
      outage.drive({ ...lab, link: { ...lab.link, cut: noting(lab, 'cut'), stall: noting(lab, 'stall') } }),
  };
  const plan = trialPlan(name, { scenario: begin(scenario), load: { ...load, outage: kind, messages } });
  return { ...(await witnessHere(plan)), brokenNs };
}

const pushers = transports.filter(({ traits }) => traits.push);
const named = (wanted: (traits: (typeof pushers)[number]['traits']) => boolean) =>
  pushers.filter(({ traits }) => wanted(traits)).map(({ name }) => name);
const all = pushers.map(({ name }) => name);

/** One of each kind; the variants would tell nothing new of a silent link. */
const patient = [...named(({ inAll }) => inAll), 'socket.io:websocket'];

const cut = new Map<string, Broken>();
const silent = new Map<string, Broken>();
beforeAll(async () => {
  // An EventSource comes back three seconds after the cut, and then has to hear something.
  const through = [
    ...all.map((name) => ['cut', name, 108] as const),
    ...patient.map((name) => ['silent', name, 36] as const),
  ];
  const measure = () => {
    const begin = together(through.length);
    return Promise.all(
      through.map(async ([kind, name, messages]) =>
        (kind === 'cut' ? cut : silent).set(name, await goThrough(name, kind, messages, begin)),
      ),
    );
  };
  await undisturbed(500, measure, () => [...cut.values(), ...silent.values()].map(({ trial }) => trial));
}, 90_000);

/** Sequence numbers that each client did not hear. */
const missing = ({ heard, dueNs, firstSequence }: Witnessed) =>
  heard.map((mine) => {
    const there = new Set(mine.map(({ sequence }) => sequence));
    return dueNs.map((_, k) => firstSequence + k).filter((sequence) => !there.has(sequence));
  });

describe.each([
  ['cut', all, cut],
  ['silent', patient, silent],
] as const)('%s', (_, names, broken) => {
  test.each(names)('every message of %s is accounted for, and its books balance', (name) => {
    const { trial, dueNs } = broken.get(name)!;
    const { sent, delivered, lost, duplicated } = trial.delivery;
    expect(sent).toBe(clients * dueNs.length);
    expect(delivered + lost).toBe(sent);
    expect(duplicated).toBe(0);
    expect(trial.wire.up + trial.wire.down).toBe(trial.wire.socketBytes);
    expect(trial.wire.layers.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(trial.wire.socketBytes);
    expect(trial.notes.filter(({ kind }) => kind === 'unbalanced')).toEqual([]);
    expect(trial.outage!.brokenMs).toBeGreaterThanOrEqual(load.outageMs);
  });
});

test.each(patient)('OUT: a link that is only silent loses nothing of %s, it makes late', (name) => {
  const { trial, agesNs } = silent.get(name)!;
  expect(trial.delivery.lost).toBe(lostMessages({ kind: 'silent', rate, outageNs: 400e6, awayNs: 0 }));
  expect(trial.delivery.reordered).toBe(0);
  expect(trial.outage!.recovered).toBe(clients);
  // What was due first in the silence waited for nearly all of it; at most two periods pass before one is due.
  expect(Math.max(...agesNs)).toBeGreaterThan((trial.outage!.brokenMs - 2 * (1000 / rate)) * 1e6);
});

/**
 * How many messages a count may differ from λ·t: a jittered schedule puts λ·t ± 2 into any time t, one may be on its
 * way at the cut, and a machine that was late by this much, with its messages or its clock, shifts the edges.
 */
const tolerance = () => {
  const direct = named(({ replays }) => !replays).flatMap((name) => [...cut.get(name)!.agesNs]);
  return clients * (3 + (rate * Math.max(...direct)) / 1e9);
};

test.each(named(({ replays }) => replays))(
  'OUT: %s says where it was, and a cut loses it nothing',
  (name) => {
    const { trial } = cut.get(name)!;
    expect(trial.delivery).toMatchObject({ lost: 0, reordered: 0 });
    expect(trial.outage!.recovered).toBe(clients);
  },
);

// Not among them: xmlhttprequest-ssl repeats a request that met a reset on a reused connection, and never ends the
// repetition; the polling client of Socket.IO then waits for its heartbeat to run out, which is switched off here.
const comeBack = named(({ replays, reconnects }) => reconnects && !replays).filter(
  (name) => name !== 'socket.io:polling',
);
test.each(comeBack)('OUT: %s comes back, and a cut loses what was said meanwhile: λ·(O + w)', (name) => {
  const { trial, ...rest } = cut.get(name)!;
  const { brokenMs, recovered, recoveryMs } = trial.outage!;
  expect(recovered).toBe(clients);
  const law = recoveryMs.reduce(
    (sum, awayMs) =>
      sum + lostMessages({ kind: 'cut', rate, outageNs: brokenMs * 1e6, awayNs: awayMs * 1e6 }),
    0,
  );
  expect(Math.abs(trial.delivery.lost - law)).toBeLessThanOrEqual(tolerance());
  // They are missing in one piece.
  for (const sequences of missing({ trial, ...rest })) {
    expect(sequences.at(-1)! - sequences[0]! + 1).toBe(sequences.length);
  }
});

test.each(named(({ reconnects }) => !reconnects))(
  'OUT: %s never comes back, and loses all from the cut on',
  (name) => {
    const { trial, dueNs, brokenNs, ...rest } = cut.get(name)!;
    expect(trial.outage!.recovered).toBe(0);
    const law = lostMessages({
      kind: 'cut',
      rate,
      outageNs: trial.outage!.brokenMs * 1e6,
      awayNs: Number.POSITIVE_INFINITY,
      remainingNs: dueNs.at(-1)! - brokenNs,
    });
    expect(Math.abs(trial.delivery.lost - clients * law)).toBeLessThanOrEqual(tolerance());
    const last = rest.firstSequence + dueNs.length - 1;
    for (const sequences of missing({ trial, dueNs, ...rest })) {
      expect(sequences.at(-1)).toBe(last);
      expect(last - sequences[0]! + 1).toBe(sequences.length);
    }
  },
);

test('OUT: turned away with an answer: 503 ends an EventSource for good, a stream that opens and closes does not', {
  timeout: 30_000,
}, async () => {
  const through = (name: string, kind: '503' | 'accept-close') =>
    witnessHere(
      trialPlan(name, { scenario: outage, load: { ...load, outageMs: 3200, outage: kind, messages: 200 } }),
    );
  const [answered, opened, socket] = await Promise.all([
    through('sse', '503'),
    through('sse', 'accept-close'),
    through('ws:reconnect', '503'),
  ]);
  // The first attempt comes after three seconds, and is the last.
  expect(answered.trial.outage).toMatchObject({ clients, recovered: 0 });
  expect(opened.trial.outage).toMatchObject({ clients, recovered: clients });
  expect(socket.trial.outage).toMatchObject({ clients, recovered: clients });
  const lost = ({ trial }: Witnessed) =>
    trial.predictions.find(({ metric }) => metric === 'messages lost in the outage');
  expect(Number(lost(answered)?.measured)).toBeGreaterThan(clients * rate * 3.2);
  for (const one of [answered, opened, socket]) expect(lost(one)?.verdict).toBe('holds');
  const heardAgain = opened.trial.predictions.map(({ metric }) => metric);
  // Its waits begin anew with each opening: what is added up for refusals says nothing of it.
  expect(heardAgain).not.toContain('mean time until heard again');
});

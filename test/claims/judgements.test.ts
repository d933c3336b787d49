/**
 * Every verdict follows from facts: usual ones give the usual verdict, and others flip it to each that has a sentence.
 */

import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { experiments } from '../../src/questions/claims/evidence.ts';
import { factKinds, isTimed, kindOf } from '../../src/questions/claims/fact-kinds.ts';
import { claims, proseA, proseB } from '../../src/questions/claims/index.ts';
import { type ClaimVerdict, type Judgement, type Reads, rule } from '../../src/questions/claims/judgement.ts';
import type { Line } from '../../src/questions/claims/line.ts';
import type { Fact } from '../../src/questions/probes/fact.ts';
import { probes } from '../../src/questions/probes/index.ts';
import { lineText } from '../../src/report/views/documents/document-tables.ts';

type Values = Readonly<Record<string, number>>;

/** Values under the names that the rule reads them by, and verdicts that other values give. */
interface Case {
  readonly usual: Values;
  readonly verdict: ClaimVerdict;
  readonly flips: readonly (readonly [changed: Values, verdict: ClaimVerdict])[];
}

const ms = 1e6;
const cases: Readonly<Record<string, Case>> = {
  A1: {
    usual: { polling: 0.8, longPolling: 1, sse: 0, ws: 0 },
    verdict: 'refined',
    flips: [
      [{ sse: 1 }, 'confirmed'],
      [{ ws: 1 }, 'contradicted'],
      [{ longPolling: 0 }, 'contradicted'],
    ],
  },
  A2: {
    usual: { http: 10, one: 0, requests: 350, ws: 10, clients: 10 },
    verdict: 'refined',
    flips: [
      [{ http: 350 }, 'confirmed'],
      [{ one: 1 }, 'contradicted'],
      [{ ws: 35 }, 'contradicted'],
    ],
  },
  A3: {
    usual: { polling: 50 * ms, longPolling: ms, sse: ms, ws: ms },
    verdict: 'refined',
    flips: [[{ longPolling: 40 * ms, sse: 30 * ms }, 'confirmed']],
  },
  A4: {
    usual: { polling: 50 * ms, longPolling: ms, sse: ms, ws: ms },
    verdict: 'refined',
    flips: [
      [{ longPolling: 40 * ms, sse: 30 * ms }, 'confirmed'],
      [{ ws: 60 * ms }, 'contradicted'],
    ],
  },
  A5: {
    usual: { httpUp: 131, httpDown: 164, wsUp: 6, wsDown: 2 },
    verdict: 'refined',
    flips: [
      [{ wsUp: 0, wsDown: 0 }, 'confirmed'],
      [{ wsUp: 200 }, 'contradicted'],
    ],
  },
  A6: {
    usual: { followed: 2, checked: 4 },
    verdict: 'opinion',
    flips: [
      [{ followed: 4 }, 'confirmed'],
      [{ followed: 0 }, 'contradicted'],
    ],
  },
  A7: {
    usual: { empty: 1, polling: 780_000, ws: 0, pollingCpu: 1500 * ms, wsCpu: 190 * ms },
    verdict: 'confirmed',
    flips: [
      [{ pollingCpu: 200 * ms }, 'refined'],
      [{ empty: 0.1 }, 'contradicted'],
      [{ polling: 0 }, 'contradicted'],
    ],
  },
  A8: {
    usual: { made: 108, due: 108 },
    verdict: 'confirmed',
    flips: [[{ made: 90 }, 'contradicted']],
  },
  A9: {
    usual: { polling: 50 * ms, longPolling: ms, sse: ms, longPollingBytes: 339, sseBytes: 78, wsBytes: 66 },
    verdict: 'confirmed',
    flips: [
      [{ sseBytes: 60 }, 'refined'],
      [{ longPolling: 60 * ms }, 'refined'],
      [{ longPolling: 60 * ms, sse: 50 * ms }, 'contradicted'],
    ],
  },
  A10: {
    usual: { http: 0, sse: 344, ws: 0, httpOverhead: 297, wsOverhead: 12 },
    verdict: 'refined',
    flips: [
      [{ http: 344 }, 'confirmed'],
      [{ ws: 10 }, 'contradicted'],
      [{ wsOverhead: 300 }, 'contradicted'],
    ],
  },
  A11: {
    usual: { get: 1, upgrade: 1, status: 101, recomputed: 1 },
    verdict: 'confirmed',
    flips: [
      [{ recomputed: 0 }, 'contradicted'],
      [{ status: 200 }, 'contradicted'],
    ],
  },
  A12: {
    usual: { kind: 1, end: 1, length: 1, intact: 1, least: 2, most: 14 },
    verdict: 'confirmed',
    flips: [[{ length: 0 }, 'contradicted']],
  },
  A13: {
    usual: {
      clientBegun: 1,
      clientConfirmed: 1,
      clientEnded: 1,
      serverBegun: 1,
      serverConfirmed: 1,
      serverEnded: 1,
    },
    verdict: 'confirmed',
    flips: [
      [{ serverConfirmed: 0 }, 'refined'],
      [{ serverConfirmed: 0, clientConfirmed: 0 }, 'contradicted'],
    ],
  },
  A14: {
    usual: { delivered: 500, expected: 500, first: ms, last: 2 * ms },
    verdict: 'confirmed',
    flips: [
      [{ last: 400 * ms }, 'refined'],
      [{ delivered: 499 }, 'contradicted'],
    ],
  },
  A15: {
    usual: { even: 1, closing: 100, ws: 1 },
    verdict: 'confirmed',
    flips: [
      [{ even: 40 }, 'refined'],
      [{ closing: 3 }, 'contradicted'],
    ],
  },
  A16: {
    usual: { requests: 5, named: 1, nameless: 0 },
    verdict: 'confirmed',
    flips: [
      [{ requests: 1 }, 'refined'],
      [{ nameless: 1 }, 'contradicted'],
    ],
  },
  B1: {
    usual: { wsOpen: 5, wsBlocked: 0, socketIoOpen: 5, socketIoBlocked: 5 },
    verdict: 'confirmed',
    flips: [
      [{ wsBlocked: 5 }, 'contradicted'],
      [{ socketIoBlocked: 0 }, 'contradicted'],
    ],
  },
  B2: {
    usual: { socketIo: 4, ws: 0 },
    verdict: 'confirmed',
    flips: [
      [{ ws: 1 }, 'refined'],
      [{ socketIo: 3 }, 'contradicted'],
    ],
  },
  B3: {
    usual: { ws: 1, socketIo: 22, wsBytes: 154e3, socketIoBytes: 4.9e6, wsLines: 45, socketIoLines: 39 },
    verdict: 'refined',
    flips: [
      [{ socketIoLines: 60 }, 'confirmed'],
      // A line less is a matter of style.
      [{ wsLines: 38 }, 'refined'],
      [{ ws: 30 }, 'contradicted'],
    ],
  },
  B4: {
    usual: { sent: 5, ws: 0, socketIo: 5 },
    verdict: 'confirmed',
    flips: [
      [{ ws: 5 }, 'refined'],
      [{ socketIo: 4 }, 'contradicted'],
    ],
  },
  B5: {
    usual: { wsUp: 6, wsDown: 2, up: 19, down: 15, wsSetup: 285, setup: 1727 },
    verdict: 'confirmed',
    flips: [
      [{ setup: 200 }, 'refined'],
      [{ up: 6, down: 2, setup: 285 }, 'contradicted'],
    ],
  },
  B6: {
    usual: { ws: 500, wsOf: 500, socketIo: 500, socketIoOf: 500 },
    verdict: 'opinion',
    flips: [
      [{ ws: 400 }, 'confirmed'],
      [{ socketIo: 400 }, 'contradicted'],
    ],
  },
  B7: {
    usual: { first: 0, ends: 1 },
    verdict: 'refined',
    flips: [
      [{ first: 1 }, 'confirmed'],
      [{ ends: 0 }, 'contradicted'],
    ],
  },
  B8: {
    usual: { cut: 2, back: 2, lost: 26, wsBack: 0 },
    verdict: 'confirmed',
    flips: [
      [{ wsBack: 2 }, 'refined'],
      [{ back: 1 }, 'contradicted'],
    ],
  },
  B9: {
    usual: { socketIo: 1, ws: 0 },
    verdict: 'confirmed',
    flips: [
      [{ ws: 1 }, 'refined'],
      [{ socketIo: 0 }, 'contradicted'],
    ],
  },
  B10: {
    usual: { socketIo: 1, ws: 0 },
    verdict: 'confirmed',
    flips: [
      [{ ws: 1 }, 'refined'],
      [{ socketIo: 0 }, 'contradicted'],
    ],
  },
  B11: {
    usual: { members: 2, strangers: 0 },
    verdict: 'confirmed',
    flips: [[{ strangers: 1 }, 'contradicted']],
  },
  B12: {
    usual: { clients: 4, everyone: 4, others: 3, sender: 0, one: 1, loop: 4 },
    verdict: 'confirmed',
    flips: [
      [{ others: 4, sender: 1 }, 'refined'],
      [{ everyone: 0, others: 0, one: 0, loop: 0 }, 'contradicted'],
    ],
  },
  B13: {
    usual: { readable: 0, opened: 1, readableWith: 1 },
    verdict: 'refined',
    flips: [
      [{ opened: 0 }, 'confirmed'],
      [{ readable: 1 }, 'contradicted'],
    ],
  },
  B14: {
    usual: { ws: 59e3, socketIo: 31e3, clients: 1000, wsDown: 2, down: 15, wsMemory: 3456, memory: 20e3 },
    verdict: 'confirmed',
    flips: [
      [{ socketIo: 58e3 }, 'refined'],
      [{ down: 2 }, 'contradicted'],
    ],
  },
  B15: {
    usual: { taught: 1, socketIo: 1, serverClose: 0 },
    verdict: 'refined',
    flips: [
      [{ serverClose: 1 }, 'confirmed'],
      [{ taught: 0 }, 'contradicted'],
    ],
  },
  B16: { usual: { isMessage: 1 }, verdict: 'confirmed', flips: [[{ isMessage: 0 }, 'contradicted']] },
  B17: {
    usual: { added: 2, property: 1 },
    verdict: 'confirmed',
    flips: [
      [{ property: 2 }, 'refined'],
      [{ added: 1, property: 2 }, 'contradicted'],
    ],
  },
  B18: {
    usual: { server: 22, client: 9, page: 47e3, gzip: 15e3, wsPage: 0 },
    verdict: 'confirmed',
    flips: [[{ page: 0 }, 'contradicted']],
  },
};

const claimOf = (id: string) => claims.find((claim) => claim.id === id)!;
const factsOf = (reads: Reads, values: Values): Fact[] =>
  Object.entries(reads).map(([name, [metric, transport]]) => ({
    metric,
    transport,
    value: values[name] ?? null,
  }));
const verdictOf = ({ reads, ...judgement }: Judgement, values: Values) =>
  rule({ reads, ...judgement }, factsOf(reads, values))?.verdict ?? null;

test('there are 34 claims: A1 to A16 and B1 to B18, each once', () => {
  const ids = [
    ...Array.from({ length: 16 }, (_, k) => `A${k + 1}`),
    ...Array.from({ length: 18 }, (_, k) => `B${k + 1}`),
  ];
  expect(claims.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect([...proseA, ...proseB].map(({ id }) => id)).toEqual([...ids.slice(6, 16), ...ids.slice(22)]);
  expect(Object.keys(cases).toSorted()).toEqual(ids.toSorted());
});

test.each(Object.entries(cases))(
  '%s: the verdict follows from the facts, and other facts give another',
  (id, one) => {
    const { judgement } = claimOf(id);
    expect(Object.keys(one.usual).toSorted()).toEqual(Object.keys(judgement.reads).toSorted());
    expect(verdictOf(judgement, one.usual)).toBe(one.verdict);
    for (const [changed, verdict] of one.flips)
      expect(verdictOf(judgement, { ...one.usual, ...changed }), JSON.stringify(changed)).toBe(verdict);
  },
);

test.each(Object.entries(cases))(
  '%s: every verdict that has a sentence can be reached',
  (id, { verdict, flips }) => {
    const reached = [verdict, ...flips.map(([, flipped]) => flipped)];
    expect([...new Set(reached)].toSorted()).toEqual(Object.keys(claimOf(id).judgement.explains).toSorted());
  },
);

test.each(Object.keys(cases))('%s: without one of the facts there is no verdict', (id) => {
  const { judgement } = claimOf(id);
  for (const name of Object.keys(judgement.reads)) {
    const { [name]: _, ...rest } = cases[id]!.usual;
    expect(verdictOf(judgement, rest), name).toBeNull();
  }
});

const timedReads = ({ reads }: Judgement) =>
  Object.entries(reads)
    .filter(([, [metric]]) => isTimed(metric))
    .map(([name]) => name);
const isTimedClaim = ({ judgement }: (typeof claims)[number]) => timedReads(judgement).length > 0;

test('a verdict on times of a noisy trial is withheld, one on bytes and counts never', () => {
  const withNoise = claims.map(({ id, judgement }) => {
    const facts = factsOf(judgement.reads, cases[id]!.usual).map((fact) => ({
      ...fact,
      ...(isTimed(fact.metric) ? { noisy: true as const } : {}),
    }));
    return [id, rule(judgement, facts)!.verdict] as const;
  });
  const withheld = withNoise.filter(([, verdict]) => verdict === 'withheld').map(([id]) => id);
  expect(withheld).toEqual(['A3', 'A4', 'A9', 'B14']);
  // Late news that came early enough on a busy machine would on a quiet one.
  expect(claims.filter(isTimedClaim).map(({ id }) => id)).toEqual(['A3', 'A4', 'A9', 'A14', 'B14']);
});

test('a noisy time that a sentence only quotes is marked', () => {
  const { judgement } = claimOf('A8');
  const noisy = { metric: 'age-p50', transport: 'polling', value: 50 * ms, noisy: true } as const;
  const ruling = rule(judgement, [...factsOf(judgement.reads, cases.A8!.usual), noisy])!;
  expect(ruling.verdict).toBe('confirmed');
  expect(lineText(ruling.explanation, readerOfFiles('en'))).toContain('median ~50.0 ms');
});

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

test.each(claims.map((claim) => [claim.id, claim] as const))(
  '%s: its sentences use the same known values in both languages, and are Korean in Korean',
  (_id, { judgement, title, says }) => {
    const known = Object.keys({ ...judgement.reads, ...judgement.quotes });
    const { brief = [], conditions = {}, explains } = judgement;
    const texts = [
      title,
      ...Object.values(says),
      ...Object.values(explains),
      ...brief,
      ...Object.values(conditions),
    ];
    for (const text of texts) {
      expect(placeholders(text.ko).toSorted()).toEqual(placeholders(text.en).toSorted());
      expect(placeholders(text.en).filter((name) => !known.includes(name))).toEqual([]);
      expect(text.ko).toMatch(/[가-힣]/);
    }
  },
);

test('what is quoted is filled in, and what could not be measured is a dash', () => {
  const { judgement } = claimOf('B7');
  const facts = factsOf(judgement.reads, { first: 0, ends: 1 });
  const told = (more: Fact[]) =>
    lineText(rule(judgement, [...facts, ...more])!.explanation as Line, readerOfFiles('en'));
  expect(told([{ metric: 'requests-on-connect', transport: 'socket.io', value: 'polling GET' }])).toContain(
    'Recorded: polling GET.',
  );
  expect(told([])).toContain('Recorded: –.');
});

test('every metric of the catalogue has its words in both languages', () => {
  for (const { text } of Object.values(factKinds)) {
    expect(text.en).not.toBe('');
    expect(text.ko).not.toBe('');
  }
  expect(kindOf('toString')).toBeUndefined();
});

test('what a claim needs is an experiment or a probe, never both: a name that is both is made twice', () => {
  expect(experiments.filter((name) => name in probes)).toEqual([]);
  const known: readonly string[] = [...experiments, ...Object.keys(probes)];
  for (const { id, judgement } of claims)
    expect(
      judgement.needs.filter((name) => !known.includes(name)),
      id,
    ).toEqual([]);
});

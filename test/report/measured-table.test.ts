import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { measuredTables } from '../../src/report/views/run/measured-table.ts';
import { scenarios } from '../../src/trial/scenarios/index.ts';
import { echoTrials, pushTrials, report, trial, typicalReport } from './fixture.ts';

const english = readerOfFiles('en');
const tables = (trials: Parameters<typeof report>[0]) => measuredTables(report(trials), english);

test('echo and push have a table each, with their own columns', () => {
  const [echo, push] = measuredTables(typicalReport(), english);
  expect(echo?.head).toContain('overhead share');
  expect(push?.head).toContain('empty polls');
});

test('references stand below the others', () => {
  const [echo] = tables(echoTrials());
  expect(echo?.rows.map(([name]) => name)).not.toContain('http');
  expect(echo?.references?.map(([name]) => name)).toEqual(['http', 'tcp']);
});

test('the overhead of ws and its echo is 8 bytes of 136', () => {
  const [echo] = tables(echoTrials());
  expect(echo?.rows.find(([name]) => name === 'ws')?.slice(6)).toEqual(['8', '43.7 kB', '5.9 %']);
});

test('a quantile that had too few samples says so', () => {
  const [echo] = tables([trial({ transport: 'ws', p50: null })]);
  expect(echo?.rows[0]?.[1]).toBe('too few');
});

test('the figures of an invalid trial are withheld and the mark explained', () => {
  const [echo] = tables([trial({ transport: 'ws', verdict: 'invalid' })]);
  expect(echo?.rows[0]).toEqual(['ws\u00a0!', ...Array(8).fill('-')]);
  expect(echo?.notes.join()).toContain('! invalid');
});

test('a noisy trial is marked without colour and the mark explained', () => {
  const [echo] = tables([trial({ transport: 'ws', verdict: 'noisy' })]);
  expect(echo?.rows[0]?.[0]).toBe('ws\u00a0~');
  expect(echo?.notes.join()).toContain('~ noisy');
});

test('lost, doubled and failed messages are said, none are not mentioned', () => {
  const [echo] = tables([
    trial({ transport: 'ws', delivery: { lost: 3, duplicated: 1, errors: { ECONNRESET: 2, none: 0 } } }),
  ]);
  expect(echo?.notes[0]).toBe('ws: 3 lost, 1 duplicated, ECONNRESET × 2 (of 300 sent).');
  expect(tables([trial({ transport: 'ws' })])[0]?.notes).toHaveLength(1);
  const [again] = tables([trial({ transport: 'sse', delivery: { sentAgain: 2 } })]);
  expect(again?.notes[0]).toMatch(/^sse: 2 sent again on the way, recognised by the server/);
});

test('the empty share of a transport that does not poll is left open', () => {
  const [push] = tables(pushTrials());
  expect(push?.rows.map((row) => row[7])).toEqual(['37.5 %', '0 %', '-', '-', '-']);
});

test('repeats are numbered', () => {
  const [echo] = tables([trial({ transport: 'ws' }), trial({ transport: 'ws' })]);
  expect(echo?.rows.map(([name]) => name)).toEqual(['ws #1', 'ws #2']);
});

test('each link has its own table, which names it', () => {
  const both = tables([trial({ transport: 'ws', link: 'loopback' }), trial({ transport: 'ws', link: '4g' })]);
  expect(both.map(({ title }) => title.split('? ')[1])).toEqual(['(link loopback)', '(link 4g)']);
});

test('a scenario nobody knows yet is told by what its latency means', () => {
  const [aged, answered] = tables([
    trial({ transport: 'ws', scenario: 'karaoke', kind: 'age' }),
    trial({ transport: 'ws', scenario: 'toString' }),
  ]);
  expect(aged?.title).toBe('Push: the server speaks first (karaoke)');
  expect(answered?.title).toBe('Echo: the client speaks, the server answers (toString)');
});

test('each scenario asks its own question', () => {
  for (const { question, name } of scenarios) {
    const [english] = tables([trial({ transport: 'ws', scenario: name })]);
    expect(english?.title).toBe(`${name}: ${question.en}`);
    const [korean] = measuredTables(
      report([trial({ transport: 'ws', scenario: name })]),
      readerOfFiles('ko'),
    );
    expect(korean?.title).toBe(`${name}: ${question.ko}`);
  }
});

test('every value of a sweep has a table of its own, which names it, and the last is explained', () => {
  const swept = tables([1, 5].map((clients) => trial({ transport: 'ws', load: { clients } })));
  expect(swept.map(({ title }) => title.split('? ')[1])).toEqual(['(clients: 1)', '(clients: 5)']);
  expect(swept.map(({ rows }) => rows.map(([name]) => name))).toEqual([['ws'], ['ws']]);
  expect(swept.map(({ notes }) => notes.length)).toEqual([0, 1]);
});

test('where scenarios ask different things, each table says its own load', () => {
  const [first, second] = tables([
    trial({ transport: 'ws' }),
    trial({ transport: 'ws', scenario: 'burst', load: { clients: 1, messages: 50 } }),
  ]);
  expect(first?.notes[0]).toBe('Load: 10 clients × 30 messages of 64 B (text) at 20/s each.');
  expect(second?.notes[0]).toBe('Load: 1 client × 50 messages of 64 B (text).');
});

test('a closed loop says what it cannot see, and latency counts from sending', () => {
  const closed = tables([trial({ transport: 'ws', load: { closed: true } })])[0]?.notes.at(-1);
  expect(closed).toMatch(/^Time from sending .*Closed loop: .*coordinated omission/);
  expect(tables([trial({ transport: 'ws' })])[0]?.notes.join()).not.toContain('Closed loop');
});

test('lateness of more than a millisecond is told apart from the times', () => {
  const late = (p99: number | null) => trial({ transport: 'ws', more: { lateness: { p50: 1e5, p99 } } });
  expect(tables([late(2.5e6)])[0]?.notes[0]).toBe('Sent late, p99, and part of the times above: ws 2.50 ms.');
  for (const p99 of [1e6, null]) expect(tables([late(p99)])[0]?.notes).toHaveLength(1);
});

test('a burst is due all at once, so nobody is late', () => {
  const one = trial({ transport: 'ws', scenario: 'burst', more: { lateness: { p50: 1e6, p99: 5e7 } } });
  expect(tables([one])[0]?.notes.join()).not.toContain('late');
});

test('a server made slow on purpose says so', () => {
  expect(tables([trial({ transport: 'ws', load: { writeCostUs: 250 } })])[0]?.notes.join()).toContain(
    'burns 0.25 ms of CPU time',
  );
});

test('a mark is explained in every table of a sweep that has one', () => {
  const swept = tables([
    trial({ transport: 'ws', load: { clients: 1 }, verdict: 'noisy' }),
    trial({ transport: 'ws', load: { clients: 5 } }),
  ]);
  expect(swept[0]?.notes).toEqual(['~ noisy: read its times with care.']);
  expect(swept[1]?.notes.join()).not.toContain('noisy');
});

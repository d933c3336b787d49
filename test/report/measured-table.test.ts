import { expect, test } from 'vitest';
import { measuredTables } from '../../src/report/measured-table.ts';
import { wordsOf } from '../../src/report/words.ts';
import { echoTrials, pushTrials, report, trial, typicalReport } from './fixture.ts';

const english = wordsOf('en');
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
  expect(both.map(({ title }) => title.split(', link ')[1])).toEqual(['loopback', '4g']);
});

test('a scenario nobody knows yet is told by what its latency means', () => {
  const [chat] = tables([{ ...trial({ transport: 'ws', scenario: 'push' }), scenario: 'chat' }]);
  expect(chat?.title).toBe('Push: the server speaks first (chat)');
});

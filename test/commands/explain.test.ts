/** `explain`: laws, words and names, in both languages; for a mistyped one it suggests the nearest. */
import { expect, test } from 'vitest';
import { languages } from '../../src/base/text.ts';
import { inspectionMetrics } from '../../src/gate/inspection-thresholds.ts';
import { lawById } from '../../src/laws/index.ts';
import { entryOf, glossary } from '../../src/questions/glossary.ts';
import { transports } from '../../src/transports/index.ts';
import { metrics } from '../../src/trial/metrics.ts';
import { scenarios } from '../../src/trial/scenarios/index.ts';
import { spoken } from '../support/spoken.ts';

const told = async (...words: string[]) => (await spoken(['explain', ...words])).stdout;

test('the handout’s ten words are there, and more', () => {
  const handout = ['p50', 'due', 'keep-alive', 'steady phase', 'heartbeat', 'seed', 'netstring', 'cursor'];
  for (const word of [...handout, 'permessage-deflate', 'Nagle', 'noisy', 'overhead'])
    expect(entryOf(word)?.word).toBe(word);
  expect(glossary.length).toBeGreaterThan(15);
});

test('no word stands for two things, and each leads on to what is there', () => {
  const spelled = glossary.flatMap(({ word, also }) => [word, ...also].map((one) => one.toLowerCase()));
  expect(spelled.filter((one, index) => spelled.indexOf(one) !== index)).toEqual([]);
  expect(spelled.filter((one) => lawById(one))).toEqual([]);
  const leads = (one: string) => /^`rtcompare [^`]+`$/.test(one) || entryOf(one) || lawById(one);
  expect(glossary.flatMap(({ see }) => see).filter((one) => !leads(one))).toEqual([]);
  expect(glossary.filter(({ see }) => see.length === 0)).toEqual([]);
});

test('each meaning is one to three sentences, in both languages', () => {
  for (const { word, meaning } of glossary) {
    expect((meaning.en.match(/[.](?= |$)/g) ?? []).length, word).toBeLessThanOrEqual(3);
    expect(meaning.ko, word).toMatch(/니다(\([^)]*\))?\.$/);
  }
});

test('a word is found in any spelling', () => {
  expect(entryOf('KEEPALIVE')?.word).toBe('keep-alive');
  expect(entryOf('steady-phase')?.word).toBe('steady phase');
  expect(entryOf('하트비트')?.word).toBe('heartbeat');
  expect(entryOf('websocket')?.word).toBe('ws');
});

test('a law, a word, a word of two, a metric, a scenario, a transport', async () => {
  expect(await told('poll1')).toMatch(/^POLL1 {2}Age of a polled event\n/);
  expect(await told('p95')).toMatch(/^p95\n[\s\S]*See also: p50, noisy/);
  expect(await told('long', 'polling')).toMatch(/^long polling\n/);
  expect(await told('setup.requests')).toContain('A metric of the report, in count.');
  expect(await told('burst')).toMatch(/A scenario; it asks: .*\?/);
  expect(await told('socket.io:polling')).toMatch(/A transport\.[\s\S]*Socket\.IO: A library/);
  expect((await spoken(['law', 'POLL1'])).stdout).toBe(await told('POLL1'));
});

test('alone it lists every law and every word; and every name has something', async () => {
  const { stdout } = await spoken(['explain'], { language: 'ko' });
  for (const { word } of glossary) expect(stdout).toContain(`\n  ${word} `);
  expect(stdout).toContain('\n  POLL1 ');
  for (const { name } of [...metrics, ...inspectionMetrics, ...scenarios, ...transports])
    expect(await told(name)).toMatch(/^.+\n\n/);
  for (const { name, meaning } of [...metrics, ...inspectionMetrics])
    for (const language of languages) {
      expect(meaning[language], name).toMatch(/^\S.*\.$/);
      expect(meaning[language], name).not.toMatch(/[{}]/);
    }
  expect(await told('idle.wakeUps')).toMatch(
    /^idle\.wakeUps\n\nHow often a client is handed bytes in an hour/,
  );
  expect(await told('handshakes.asked')).toContain('--threshold "handshakes.asked <= 3"');
});

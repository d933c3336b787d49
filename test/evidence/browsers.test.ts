/**
 * docs/browsers.md is docs/browsers.json in words; and what our texts and clients assume of an engine is what its
 * probes found.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { type EngineHabits, habitNames } from '../../src/document/engine-habits.ts';
import { markdownBlocks } from '../../src/report/skins/markdown.ts';
import { renderBlocks } from '../../src/report/skins/terminal.ts';
import { habitsBlocks } from '../../src/report/views/habits/habits-blocks.ts';
import { connectionsPerOrigin } from '../../src/tap/dialer.ts';

const docs = new URL('../../docs/', import.meta.url);
const kept: readonly EngineHabits[] = JSON.parse(readFileSync(new URL('browsers.json', docs), 'utf8'));
const of = (engine: string) => kept.find((one) => one.engine === engine)!;
const habit = (name: string, engine = 'chromium') =>
  of(engine).habits.find((one) => one.name === name)?.value;

test('the kept run has every habit, with version and day, and is told as it is', () => {
  expect([...new Set(kept.map(({ engine }) => engine))]).toEqual(['chromium', 'firefox', 'webkitgtk']);
  for (const { version, probedOn, habits } of kept) {
    expect(version).toMatch(/^\d+(\.\d+)+$/);
    expect(probedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(habits.map(({ name }) => name).sort()).toEqual([...habitNames].sort());
  }
  const told = `${markdownBlocks(habitsBlocks(kept, readerOfFiles('en')))}\n`;
  expect(readFileSync(new URL('browsers.md', docs), 'utf8'), 'stale: npm run docs:browsers').toBe(told);
});

test('in both languages it fits 80 columns', () => {
  for (const language of ['en', 'ko'] as const) {
    const text = renderBlocks(habitsBlocks(kept, readerOfFiles(language)), { width: 80, ascii: false });
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  }
});

test('what our clients take from Chromium is what Chromium was probed to do', () => {
  expect(habit('fetches-at-once')).toBe(connectionsPerOrigin);
  expect(habit('retry')).toBe(3000);
  expect(habit('after-500')).toBe('closed');
});

test('what laws and lessons say of browsers is what they were probed to do', () => {
  // SSE5.
  expect([habit('tabs-with-streams'), habit('tabs-with-streams', 'firefox')]).toEqual([6, 9]);
  expect([habit('streams-at-once'), habit('streams-at-once', 'firefox')]).toEqual([6, 6]);
  // POLL8.
  expect([habit('told-idle-close'), habit('told-idle-close', 'firefox')]).toEqual(['ignores', 'heeds']);
  expect(Number(habit('idle-close'))).toBeGreaterThan(290_000);
  // Lesson 16.
  expect([habit('resent-post'), habit('resent-post', 'firefox')]).toEqual([2, 2]);
});

/** What holds of every text of the sources; that both languages have the same placeholders the compiler checks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fill, readerOfFiles } from '../../src/base/text.ts';
import { noteLines } from '../../src/report/views/run/note-lines.ts';
import { metricText } from '../../src/report/views/run/prediction-words.ts';
import { echoTrials } from './fixture.ts';

const sources = fileURLToPath(new URL('../../src', import.meta.url));
/** `text('…', '…')` of two literals in any quotes. */
const call = /\btext\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1,\s*(['"`])((?:(?!\3)[^\\]|\\.)*)\3,?\s*\)/gs;

const texts = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .flatMap((path) =>
    [...readFileSync(join(sources, path), 'utf8').matchAll(call)].map(([, , en = '', , ko = '']) => ({
      path,
      en,
      ko,
    })),
  );

test('there are texts in every place that is looked at', () => {
  expect(texts.length).toBeGreaterThan(1000);
  for (const place of ['commands', 'questions', 'report', 'classroom'])
    expect(texts.some(({ path }) => path.startsWith(place))).toBe(true);
});

test('no text is empty in either language', () => {
  expect(texts.filter(({ en, ko }) => !en.trim() || !ko.trim())).toEqual([]);
});

/** What Korean readers read in Latin letters, too; any other Latin word has not been translated. */
const names = new Set(
  `HTTP SSE TLS RTT NDJSON English WebSocket Socket.IO Engine.IO http http2 HTTP/2 tls sse ws websocket socket.io engine.io ndjson msgpack MessagePack multipart mailbox chunk
   bufferedAmount permessage-deflate package.json Size B ms s p50 p95 p99 n log`.split(/\s+/),
);

const untranslated = (ko: string): string[] =>
  /[가-힣]/.test(ko)
    ? []
    : ko
        .replaceAll('\\u200b', '')
        .replace(/\$?\{\w+\}|--[a-z]+|\\n|`[^`]*`/g, ' ')
        .split(/[^\w.-]+|\.(?=\s|$)/)
        .filter((word) => /[a-z]/i.test(word) && !names.has(word));

test('every Korean sentence is Korean', () => {
  expect(untranslated('{value} too few')).toEqual(['too', 'few']);
  expect(untranslated('{value} ms')).toEqual([]);
  expect(texts.filter(({ ko }) => untranslated(ko).length > 0)).toEqual([]);
});

test('what a law predicts has a Korean name', () => {
  const folder = join(sources, 'trial/predictions');
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'));
  const metrics = lines
    .filter((line) => /^\s*(metric: |binding\()/.test(line))
    .flatMap((line) => [...line.matchAll(/'([^']{4,})'/g)].map(([, name = '']) => name))
    .filter((name) => name.includes(' ') || name === 'event');
  expect(metrics.length).toBeGreaterThan(20);
  const named = (metric: string) =>
    metricText({ metric, law: 'L', unit: '', predicted: 0 }, readerOfFiles('ko'));
  expect(metrics.filter((metric) => !/[가-힣]/.test(named(metric)))).toEqual([]);
});

test('a value that looks like a placeholder is not filled again', () => {
  expect(fill('{kind}: {value}', { kind: '{value}', value: 'x' })).toBe('{value}: x');
});

test('a key of another machine never reaches the prototype', () => {
  const [trial] = echoTrials();
  const notes = [{ kind: 'constructor', value: 2 }];
  expect(noteLines({ trials: [{ ...trial!, notes }] }, { language: 'en' })[0]).toContain('constructor: 2');
});

/**
 * Whatever a person types or a file holds: every parser of the command line and of files answers with a value of its
 * kind, or with one clear complaint. Anything else that is thrown is a bug.
 */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/base/failure.ts';
import { readWeighing } from '../../src/commands/files/documents.ts';
import { parseSweep } from '../../src/commands/options/sweep.ts';
import {
  parseDuration,
  parseHeartbeat,
  parsePositive,
  parseWhole,
} from '../../src/commands/options/values.ts';
import { reportSchema } from '../../src/document/report.ts';
import { parseThreshold } from '../../src/gate/threshold.ts';
import { parseTarget } from '../../src/inspection/inspected-origin.ts';
import { parseLink } from '../../src/network/link.ts';
import { parseProxy } from '../../src/network/middleboxes.ts';
import { renderCsv } from '../../src/report/views/run/figure-rows.ts';
import { renderMarkdown } from '../../src/report/views/run/run-markdown.ts';
import { renderHtml } from '../../src/report/views/run/run-page.ts';
import { typicalReport } from '../report/fixture.ts';

/** Near misses find more than noise does. */
const nearly = (...words: string[]) =>
  fc.oneof(
    fc.string(),
    // One of them is right.
    fc.constantFrom(...words),
    fc
      .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 3 }), fc.double().map(String)), {
        maxLength: 6,
      })
      .map((parts) => parts.join('')),
  );

const parsers: readonly (readonly [name: string, parse: (text: string) => unknown, words: string[]])[] = [
  ['a duration', parseDuration, ['5ms', '1', '.', 'ms', 's', 'm', 'h', '-', 'e', ' ']],
  ['a heartbeat', parseHeartbeat, ['none', '25', 's']],
  ['a whole number', parseWhole(1, 100), ['1', '0', 'e', '.', '-', ' ']],
  ['a positive number', parsePositive(100), ['1', '0', 'e', '.', '-', ' ']],
  ['a sweep', parseSweep, ['clients=1,10', 'rtt', '=', '1', ',', 'ms', '__proto__']],
  ['a link', parseLink, ['rtt', '4g', '=', '80ms', ',', 'up', 'mbit', 'jitter']],
  ['middleboxes', parseProxy, ['no-upgrade', 'buffering', 'idle-timeout', 'cork', '=', '30s', '4k', ',']],
  [
    'a threshold',
    (text) => parseThreshold(text, 'error'),
    ['ws ', 'p95', ' <= ', '1', '.2', ' x ', 'tcp', 'ms', '≤', 'all ', 'ws p95 <= 1.2 x tcp'],
  ],
  [
    'a target',
    parseTarget,
    ['http://127.0.0.1', 'http', '://', ':', '80', '/', '[::1]', 'https', '@', '%00'],
  ],
];

test.each(parsers)('%s: a value, or one clear complaint', (_, parse, words) => {
  let values = 0;
  fc.assert(
    fc.property(nearly(...words), (text) => {
      try {
        parse(text);
        values++;
      } catch (error) {
        if (!(error instanceof UsageError || error instanceof InvalidArgumentError)) throw error;
        expect((error as Error).message.split('\n')).toHaveLength(
          text.includes('\n') ? text.split('\n').length : 1,
        );
      }
    }),
    { numRuns: 2000 },
  );
  // What never accepts anything would pass as well.
  expect(values, 'accepted').toBeGreaterThan(0);
});

test('durations: what is accepted is the number times its unit', () => {
  const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.constantFrom('ms', 's', 'm', 'h'), (count, unit) => {
      expect(parseDuration(`${count}${unit}`)).toBe(count * units[unit as keyof typeof units]);
    }),
  );
});

describe('files', () => {
  test('a weighing: a value, or one clear complaint that names the file', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'rtcompare-hostile-')), 'x.json');
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .jsonValue()
        .map((value) => JSON.stringify({ schemaVersion: 1, kind: 'weighing', transports: value })),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        writeFileSync(path, text);
        const refused: unknown = await readWeighing(path).catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(UsageError);
        expect((refused as Error).message.startsWith(`${path} is `)).toBe(true);
      }),
    );
  });

  test('a report with anything in the place of anything is refused or told, and never breaks its reader', () => {
    const report = typicalReport();
    const paths: string[][] = [];
    const walk = (value: unknown, path: string[]) => {
      if (path.length > 0) paths.push(path);
      if (value && typeof value === 'object')
        for (const [key, inner] of Object.entries(value).slice(0, 4)) walk(inner, [...path, key]);
    };
    walk(report, []);
    const hostile = fc.oneof(
      fc.constantFrom('<script>alert(1)</script>', '=1+1', '\u001b[31m', '|', '`'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...paths), hostile, (path, value) => {
        const changed = structuredClone(report) as never as Record<string, unknown>;
        const holder = path
          .slice(0, -1)
          .reduce<Record<string, unknown>>((at, key) => at[key] as never, changed);
        holder[path.at(-1)!] = value;
        const parsed = reportSchema.safeParse(changed);
        if (!parsed.success) return;
        for (const language of ['en', 'ko'] as const) {
          expect(renderHtml(parsed.data, { language })).not.toMatch(/<script/);
          expect(renderMarkdown(parsed.data, { language })).not.toMatch(/<script/);
        }
        const csv = renderCsv(parsed.data);
        for (const text of [csv, renderMarkdown(parsed.data, { language: 'en' })])
          expect(text).not.toContain('\u001b');
        expect(csv).not.toMatch(/(^|,)"?=1\+1/m);
      }),
      { numRuns: 150 },
    );
  });
});

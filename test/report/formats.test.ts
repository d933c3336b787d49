/** Formats for machines: CSV, JUnit, the benchmark list and the JSON Schema; each says what the report says. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { reportJsonSchema } from '../../src/document/report-schema.ts';
import { parseThreshold } from '../../src/gate/threshold.ts';
import { judgeThresholds } from '../../src/gate/thresholds.ts';
import { figureRows, renderBenchmark, renderCsv } from '../../src/report/views/run/figure-rows.ts';
import { headlines } from '../../src/report/views/run/headlines.ts';
import { renderJunit } from '../../src/report/views/run/run-junit.ts';
import { renderMarkdown } from '../../src/report/views/run/run-markdown.ts';
import { renderHtml } from '../../src/report/views/run/run-page.ts';
import { renderTerminal } from '../../src/report/views/run/run-terminal.ts';
import { report, trial, typicalReport } from './fixture.ts';

test('CSV has a row a metric, and every figure is the report’s', () => {
  const [head, ...lines] = renderCsv(typicalReport()).trimEnd().split('\r\n');
  expect(head).toBe('transport,scenario,link,clients,repeat,verdict,metric,value,unit');
  expect(lines).toHaveLength(figureRows(typicalReport()).length);
  const ws = typicalReport().trials.find(
    ({ transport, scenario }) => transport === 'ws' && scenario === 'echo',
  )!;
  expect(lines).toContain(
    `ws,echo,loopback,10,${ws.repeat},valid,perMessage.overhead,${ws.perMessage.overhead},B`,
  );
});

test.each(['=1+1', '+1', '-1', '@cmd', '=HYPERLINK("http://x","y")'])(
  'CSV defuses the formula %s',
  (text) => {
    const csv = renderCsv(report([{ ...trial({ transport: 'ws' }), transport: text }]));
    for (const line of csv.trimEnd().split('\r\n').slice(1)) expect(line).toMatch(/^"?'/);
  },
);

test('JUnit: a case a prediction; what differs fails, what is invalid is an error, what does not apply is skipped', () => {
  const prediction = { metric: 'frame header up', law: 'WS1', unit: 'B/message', tolerance: 0 } as const;
  const xml = renderJunit(
    report([
      {
        ...trial({ transport: 'ws' }),
        predictions: [
          { ...prediction, predicted: 6, measured: 6, verdict: 'holds' },
          { ...prediction, predicted: 6, measured: 9, verdict: 'differs' },
          { ...prediction, predicted: [4, 5], measured: null, verdict: 'not-applicable' },
        ],
      },
      { ...trial({ transport: 'sse', verdict: 'invalid' }), notes: [{ kind: 'unbalanced', value: '<&">' }] },
    ]),
  );
  expect(xml).toContain('tests="4" failures="1" errors="0" skipped="1"');
  expect(xml).toContain('<failure message="predicted 6 ± 0, measured 9"/>');
  expect(xml).toContain('<error message="unbalanced: &lt;&amp;&quot;&gt;"/>');
  expect(xml.match(/<testcase /g)).toHaveLength(
    xml.match(/(<\/testcase>|"\/>\n<testcase|"\/>\n<\/testsuite>)/g)!.length,
  );
});

test('JUnit: a case a threshold; a missed warning does not fail', () => {
  const outcome = {
    rule: 'ws p95 < 1 ms',
    transport: 'ws',
    scenario: 'echo',
    metric: 'latency.p95',
    unit: 'ns',
    measured: 2e6,
    interval: null,
    limit: 1e6,
    reason: null,
  };
  const thresholds = [
    { ...outcome, level: 'error', verdict: 'missed' },
    { ...outcome, level: 'warn', verdict: 'missed' },
    { ...outcome, level: 'error', verdict: 'met' },
  ] as const;
  const xml = renderJunit(report([], { thresholds: [...thresholds] }));
  expect(xml).toContain('<testsuite name="thresholds" tests="3" failures="1"');
  expect(xml).toContain('ws p95 &lt; 1 ms: MISSED (echo over ws: 2.00 ms, limit 1.00 ms)"/></testcase>');
  expect(xml.match(/<system-out>/g)).toHaveLength(1);
});

test('why a threshold could not be judged stands in every format; who is undecided is skipped', () => {
  const rules = ['ws p50 < 0.5 ms', 'ws p99 < 1 s', 'sse p50 < 1 s'].map((rule) =>
    parseThreshold(rule, 'error'),
  );
  const ws = trial({ transport: 'ws', verdict: 'noisy' });
  const measured = report([{ ...ws, latency: { ...ws.latency!, count: 30, p99: null } }]);
  const judged = { ...measured, thresholds: judgeThresholds(measured, rules, null) };
  const inEvery = {
    junit: renderJunit(judged),
    markdown: renderMarkdown(judged, { language: 'en' }),
    terminal: renderTerminal(judged, { language: 'en' }).replaceAll(/\s+/g, ' '),
    json: JSON.stringify(judged),
    html: renderHtml(judged, { language: 'en' }),
  };
  for (const [name, text] of Object.entries(inEvery))
    for (const reason of [
      'ws was noisy',
      'latency.p99 needs 299 samples, had 30',
      'sse is not part of this run',
    ])
      expect(text, name).toContain(reason);
  expect(inEvery.junit).toContain(
    '<skipped message="ws p50 &lt; 0.5 ms: UNDECIDED (warning) (echo over ws: 1.00 ms, limit 0.50 ms; ws was noisy)"/>',
  );
  expect(inEvery.junit).toContain('tests="3" failures="2" errors="0" skipped="1"');
  expect(inEvery.junit).toContain(
    'sse p50 &lt; 1 s: NOT MEASURED (echo over sse: sse is not part of this run)',
  );
  expect(inEvery.terminal).not.toMatch(/TOO FEW SAMPLES.*TOO FEW SAMPLES/);
  expect(renderMarkdown(judged, { language: 'ko' })).toContain('ws 측정에 잡음이 섞임');
});

test('the benchmark list has only what is better when smaller', () => {
  const rows = JSON.parse(renderBenchmark(typicalReport())) as {
    name: string;
    unit: string;
    value: number;
  }[];
  expect(rows).toContainEqual({ name: 'echo ws perMessage.overhead', unit: 'B', value: 8 });
  expect(rows.some(({ name }) => name.includes('throughput'))).toBe(false);
});

test('the published JSON Schema is that of today, and a report validates against it', () => {
  const path = fileURLToPath(new URL('../../schema/report-1.json', import.meta.url));
  const published = JSON.parse(readFileSync(path, 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
  const validate = new Ajv2020({ strict: false }).compile(published);
  expect(validate(JSON.parse(JSON.stringify(typicalReport()))), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...typicalReport(), verdict: 'splendid' })).toBe(false);
});

test('a trial that does not count is in no graph, and its laws differ from nothing', () => {
  const prediction = { metric: 'frame header up', law: 'WS1', unit: 'B/message', tolerance: 0 } as const;
  const predictions = [{ ...prediction, predicted: 6, measured: 9, verdict: 'differs' as const }];
  const told = (verdict: 'valid' | 'invalid') => {
    const run = report([trial({ transport: 'ws', verdict, predictions, setupBytes: 4321 })]);
    return {
      graph: renderBenchmark(run).includes('echo ws setup.bytes'),
      failures: /failures="(\d)"/.exec(renderJunit(run))?.[1],
      laws: headlines(run, readerOfFiles('en')).filter((line) => line.includes('WS1')).length,
      bar: renderHtml(run, { language: 'en' }).includes('Whose bytes does connecting cost?'),
    };
  };
  expect(told('valid')).toEqual({ graph: true, failures: '1', laws: 1, bar: true });
  expect(told('invalid')).toEqual({ graph: false, failures: '0', laws: 0, bar: false });
});

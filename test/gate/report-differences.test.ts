/** Two runs compared: what timing cannot change is reported by name and bytes, the rest is ignored. */

import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import { exitCodeOf, refuseUnread } from '../../src/commands/checking/told-comparison.ts';
import type { Report, Trial } from '../../src/document/report.ts';
import type { StageWeight, TransportWeight } from '../../src/document/weighing.ts';
import { differences, isHeavier } from '../../src/gate/differences.ts';
import { compareReports } from '../../src/gate/report-differences.ts';
import { renderBlocks } from '../../src/report/skins/terminal.ts';
import { comparisonBlocks } from '../../src/report/views/comparison/comparison-blocks.ts';
import { findingLines, findingText } from '../../src/report/views/comparison/finding-lines.ts';
import { notComparedTexts } from '../../src/report/views/comparison/not-compared.ts';
import { summarize } from '../../src/run/summary.ts';
import { report, trial } from '../report/fixture.ts';

type Field = Trial['fields'][number];
const field = (name: string, count: number, bytes: number, more: Partial<Field> = {}): Field => ({
  layer: 'http',
  name,
  direction: 'down',
  phase: 'steady',
  count,
  bytes,
  ...more,
});
const run = (fields: Field[], more: Partial<Trial> = {}) =>
  report([{ ...trial({ transport: 'polling' }), fields, ...more }]);
const told = (before: Field[], after: Field[]) =>
  compareReports(run(before), run(after)).findings.map((finding) =>
    findingText(finding, readerOfFiles('en')),
  );

test('a header that is new or gone, and one that weighs more, by its own bytes however often it came', () => {
  const base = [field('status-line', 10, 170), field('date', 10, 370)];
  expect(told(base, [...base, field('x-powered-by', 10, 230)])).toEqual([
    'polling (echo): +23 B per response down: new header `x-powered-by`',
  ]);
  expect(told([...base, field('x-powered-by', 10, 230)], base)).toEqual([
    'polling (echo): −23 B per response down: gone: header `x-powered-by`',
  ]);
  // Twelve polls instead of ten are no finding: the clock decides how many there are.
  expect(told(base, [field('status-line', 12, 204), field('date', 12, 492)])).toEqual([
    'polling (echo): +4 B per response down: header `date` weighs 41 B, was 37',
  ]);
});

test('digits of a cursor, payload, and what leaving cost are no change', () => {
  const cursor = (bytes: number) => field('x-cursor', 10, bytes);
  expect(told([cursor(130)], [cursor(136)])).toEqual([]);
  const rest = [
    field('body', 9, 900, { layer: 'payload' }),
    field('close', 1, 8, { layer: 'websocket', phase: 'teardown' }),
  ];
  expect(told([cursor(130)], [cursor(130), ...rest])).toEqual([]);
});

const blocksOf = (before: Report, after: Report, language: 'en' | 'ko' = 'en') =>
  comparisonBlocks(compareReports(before, after), readerOfFiles(language));
const listsOf = (...of: Parameters<typeof blocksOf>) =>
  blocksOf(...of).flatMap((block) => (block.kind === 'list' ? [[block.title, ...block.items]] : []));

test('one cause is one line: transports share it, and scenarios stand in the title', () => {
  const head = [field('status-line', 10, 170)];
  const more = [...head, field('x-powered-by', 10, 230)];
  const made = (fields: Field[]) =>
    report(
      ['polling', 'sse'].flatMap((transport) =>
        ['echo', 'push'].map((scenario) => ({ ...trial({ transport, scenario }), fields })),
      ),
    );
  const only = { ...made(more), trials: made(more).trials.filter(({ scenario }) => scenario === 'echo') };
  expect(listsOf(made(head), made(more))).toEqual([
    [
      'Heavier than the baseline: echo, push',
      'polling, sse: +23 B per response down: new header `x-powered-by`',
    ],
  ]);
  expect(
    listsOf(
      { ...made(head), trials: made(head).trials.slice(0, 1) },
      { ...only, trials: only.trials.slice(0, 1) },
    ),
  ).toEqual([
    ['Heavier than the baseline: echo', 'polling: +23 B per response down: new header `x-powered-by`'],
  ]);
  expect(listsOf(made(head), made(more), 'ko')).toEqual([
    [
      '기준보다 전송 바이트가 늘어난 것: echo, push',
      'polling, sse: 응답 받을 때 +23 B: 새 헤더 `x-powered-by`',
    ],
  ]);
});

test('what is no header is not called one', () => {
  const line = (name: string, bytes: number) => field(name, 10, bytes * 10);
  expect(told([line('request-line', 34)], [line('request-line', 40)])).toEqual([
    'polling (echo): +6 B per response down: request line weighs 40 B, was 34',
  ]);
  expect(told([line('status-line', 17)], [line('status-line', 20)])[0]).toContain('status line weighs 20 B');
});

test('a doubled ping is one line', () => {
  const part = (layer: Field['layer'], name: string, direction: 'up' | 'down', bytes: number) =>
    ({ layer, name, direction, bytes, count: 1 }) as const;
  const ping = [
    ...[part('websocket', 'opcode', 'down', 1), part('websocket', 'length', 'down', 1)],
    ...[part('websocket', 'opcode', 'up', 1), part('websocket', 'length', 'up', 1)],
    part('websocket', 'masking-key', 'up', 4),
  ];
  const weight = (fields: StageWeight['fields']): TransportWeight => ({
    transport: 'ws',
    stages: { heartbeat: [{ units: 1, up: 0, down: 0, requests: 0, connections: 0, fields }] },
  });
  const twice = ping.map((one) => ({ ...one, bytes: one.bytes * 2, count: 2 }));
  const lines = (before: StageWeight['fields'], after: StageWeight['fields'], language: 'en' | 'ko' = 'en') =>
    findingLines(differences(weight(before), weight(after)), readerOfFiles(language)).map(({ text }) => text);
  expect(differences(weight(ping), weight(twice))).toHaveLength(5);
  expect(lines(ping, twice)).toEqual(['ws: +8 B per heartbeat in all: one ping more']);
  expect(lines(twice, ping)).toEqual(['ws: −8 B per heartbeat in all: one ping fewer']);
  expect(lines(ping, twice, 'ko')).toEqual(['ws: 하트비트 전체 +8 B: 핑 1개 늘어남']);
  // A longer ping is another cause, and keeps its own line.
  const data = part('websocket', 'ping-data', 'down', 9);
  expect(lines([...ping, data], [...twice, { ...data, bytes: 12 }])).toEqual([
    'ws: +8 B per heartbeat in all: one ping more',
    'ws: +3 B per heartbeat down: websocket `ping-data` weighs 12 B, was 9',
  ]);
});

test('how often is said as people say it', () => {
  const finding = {
    transport: 'ws',
    stage: 'setup',
    direction: 'up',
    layer: 'http',
    name: 'a',
    sample: null,
  } as const;
  const said = (cause: 'count' | 'connections' | 'requests', before: number, after: number) =>
    findingText(
      { ...finding, cause, bytes: { before, after }, count: { before, after } },
      readerOfFiles('en'),
    ).split(': ')[2];
  expect(said('count', 2, 1)).toBe('header `a` comes once, was twice');
  expect(said('count', 1, 3)).toBe('header `a` comes 3 times, was once');
  expect(said('connections', 2, 1)).toBe('1 connection, was 2');
  expect(said('requests', 1, 2)).toBe('2 requests, was 1');
});

test('what changed without weighing more stands beside it, as far as a report holds it', () => {
  const made = (more: Partial<Trial>, plan: Partial<Report['plan']> = {}) => {
    const fresh = run([field('status-line', 10, 170)], more);
    return { ...fresh, plan: { ...fresh.plan, ...plan } };
  };
  const exchange = (kind: string, phase: 'setup' | 'steady' = 'steady') => ({
    kind,
    phase,
    count: 10,
    sizes: [],
  });
  const arrow = (what: string): Trial['sequence'][number] => ({
    atNs: 0,
    connection: 1,
    direction: 'up',
    what,
    count: 1,
    messages: 1,
    bytes: 70,
  });
  const heads = (...names: string[]) => names.map((name) => field(name, 10, 170));
  const changed = (before: Report, after: Report) =>
    listsOf(before, after).flatMap(([title, ...items]) =>
      title === 'What else changed' ? items : ['heavier?'],
    );
  const paths = (...kinds: string[]) => made({ exchanges: kinds.map((kind) => exchange(kind)) });
  expect(changed(paths('GET /a 200'), paths('GET /b 200'))).toEqual(['polling (echo): GET /b, was GET /a']);
  expect(changed(paths('GET /a 200'), paths('GET /a 404'))).toEqual([
    'polling (echo): GET /a 404, was GET /a 200',
  ]);
  // Whether a poll was ever empty is a matter of time.
  expect(changed(paths('GET /a 200'), paths('GET /a 200', 'GET /a 204'))).toEqual([]);
  expect(changed(made({ sequence: [arrow('text')] }), made({ sequence: [arrow('binary')] }))).toEqual([
    'polling (echo): binary frames, was text',
  ]);
  expect(changed(made({}), made({}, { heartbeat: '5s' }))).toEqual(['heartbeat: 5s, was none']);
  const ordered = (fields: Field[], ...kinds: string[]) =>
    made({ fields, exchanges: kinds.map((kind) => exchange(kind)) });
  const one = ['GET /a 200'];
  expect(
    changed(
      ordered(heads('status-line', 'b', 'c', 'd'), ...one),
      ordered(heads('status-line', 'c', 'b', 'd'), ...one),
    ),
  ).toEqual(['polling (echo): order of headers: c, b, was b, c']);
  // Either of the two kinds of requests may come first.
  const two = [...one, 'POST /b 204'];
  expect(changed(ordered(heads('b', 'c'), ...two), ordered(heads('c', 'b'), ...two))).toEqual([]);
});

test('what a report does not hold is said, and only of runs', () => {
  const one = run([field('date', 1, 37)]);
  const said = (comparison: Parameters<typeof comparisonBlocks>[0]) =>
    JSON.stringify(comparisonBlocks(comparison, readerOfFiles('en')));
  expect(said(compareReports(one, one))).toContain('another value of the same length');
  const { areRuns: _, ...weighings } = compareReports(one, one);
  expect(said(weighings)).not.toContain('another value of the same length');
});

test('requests of a set-up are compared where every client made as many', () => {
  const setup = (requests: number) => ({ setup: { bytes: 0, requests, connections: 10 } });
  const heads = [field('request-line', 10, 1000, { direction: 'up', phase: 'setup' })];
  const { findings } = compareReports(run(heads, setup(10)), run(heads, setup(20)));
  expect(findings).toMatchObject([{ cause: 'requests', stage: 'setup', bytes: { before: 100, after: 200 } }]);
  expect(findings.every(isHeavier)).toBe(true);
  expect(compareReports(run(heads, setup(44)), run(heads, setup(45))).findings).toEqual([]);
});

test('a run against itself has no findings; what only one has is named, and versions that changed', () => {
  const one = run([field('date', 1, 37)]);
  expect(compareReports(one, one)).toMatchObject({ findings: [], added: [], missing: [], environment: [] });
  const newer = {
    ...one,
    environment: { ...one.environment, node: '99.0.0' },
    trials: [trial({ transport: 'ws' })],
  };
  expect(compareReports(one, newer)).toMatchObject({
    added: ['ws (echo)'],
    missing: ['polling (echo)'],
    environment: [expect.stringMatching(/^node .* → 99\.0\.0$/)],
    times: { compared: false, why: 'another-machine' },
  });
});

const interrupted: Trial['notes'] = [{ kind: 'interrupted', value: 'in the measured phase' }];
const saturated: Trial['notes'] = [
  { kind: 'loop-delay-client', value: 40 },
  { kind: 'saturated', value: 684.99 },
];
const ws = (more: Partial<Trial> = {}): Trial => ({ ...trial({ transport: 'ws' }), ...more });
const of = (trials: Trial[], more: Partial<Report> = {}): Report => {
  const made = report(trials);
  return { ...made, plan: { ...made.plan, transports: ['ws'], scenario: 'echo' }, ...more };
};
const invalid = of([ws({ verdict: 'invalid', notes: saturated })]);
const cut = of([], { interrupted: true, verdict: 'invalid' });

test.each([
  ['an invalid trial', of([ws()]), invalid, /invalid now: .*half of its messages left 685 ms late/],
  ['one that was invalid before', invalid, of([ws()]), /invalid before: .*685 ms late or later\)/],
  ['one that is invalid in both', invalid, invalid, /invalid in both; now: .*685 ms/],
  ['a run that was ended before it came to it', of([ws()]), cut, /the run now was ended early/],
  ['half a trial', of([ws({ notes: interrupted })]), of([ws()]), /the run before was ended early/],
])('%s is told as what it is, not as missing', (_, before, after, why) => {
  const comparison = compareReports(before, after);
  expect(comparison).toMatchObject({ compared: 0, findings: [], added: [], missing: [] });
  expect(notComparedTexts(comparison.notCompared)).toEqual([
    {
      en: expect.stringMatching(why),
      ko: expect.stringMatching(/^ws \(echo\): 비교하지 않음/),
    },
  ]);
  const said = renderBlocks(comparisonBlocks(comparison, readerOfFiles('en')), { width: 80, ascii: false });
  expect(said).toContain('Nothing could be compared.');
  expect(said).not.toMatch(/not any more|weighs? the same|saturated: 684/);
});

test('of repeats one that counts is enough; what nobody asked for any more is missing', () => {
  const twice = of([ws({ verdict: 'invalid', notes: saturated }), ws({ repeat: 1 })]);
  expect(compareReports(of([ws()]), twice)).toMatchObject({ compared: 1, notCompared: [], missing: [] });
  expect(compareReports(of([ws()]), of([])).missing).toEqual(['ws (echo)']);
});

test('times of noisy trials are left out, and said to be', () => {
  const timed = (verdict: Trial['verdict']) => {
    const trials = Array.from({ length: 6 }, (_, repeat) =>
      ['ws', 'tcp'].map((transport) => ({
        ...trial({ transport, p50: transport === 'ws' ? 2 : 1 }),
        repeat,
      })),
    ).flat();
    const made = of(trials.map((one) => (one.transport === 'ws' ? { ...one, verdict } : one)));
    return { ...made, summary: summarize(made.trials, made.plan.seed) };
  };
  expect(compareReports(timed('valid'), timed('valid')).times).toMatchObject({ compared: true, judged: 2 });
  expect(compareReports(timed('valid'), timed('noisy')).times).toEqual({ compared: false, why: 'noisy' });
});

test('what could connect and cannot any more is told with its reason, and is no measurement to be made again', async () => {
  const before = run([field('date', 1, 37)]);
  const [trial] = before.trials;
  const { transport, reference, scenario, load, link, repeat, over } = trial!;
  const told = { en: '403', ko: '403' };
  const refused = {
    transport,
    reference,
    scenario,
    load,
    link,
    repeat,
    over,
    outcome: 'refused',
    status: 403,
    told,
  } as const;
  const after = { ...before, trials: [], unconnected: [refused] };
  const comparison = compareReports(before, after);
  expect(comparison.missing).toEqual([]);
  expect(comparison.notCompared).toMatchObject([{ side: 'after', why: 'unconnected' }]);
  const [told403] = comparison.notCompared;
  const several = [
    told403!,
    { ...told403!, name: 'another' },
    { ...told403!, name: 'third', told: { en: '500', ko: '500' } },
  ];
  expect(notComparedTexts(several).map(({ en }) => en)).toEqual([
    `${told403!.name}, another: not compared (cannot connect now: 403)`,
    'third: not compared (cannot connect now: 500)',
  ]);
  expect(await exitCodeOf(comparison)).toBe(1);
  expect(await exitCodeOf(compareReports(after, after))).toBe(0);
  await refuseUnread(compareReports(after, after));
});

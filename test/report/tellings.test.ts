import { expect, test } from 'vitest';
import { readerOfFiles } from '../../src/base/text.ts';
import type { Trial } from '../../src/document/report.ts';
import { measuredTables } from '../../src/report/views/run/measured-table.ts';
import { sentences } from '../../src/report/views/run/sentences.ts';
import {
  burstTrials,
  chatTrials,
  connectTrials,
  idleTrials,
  outageTrials,
  report,
  saturateTrials,
  streamTrials,
  trial,
} from './fixture.ts';

const english = readerOfFiles('en');
const table = (trials: readonly Trial[]) => measuredTables(report(trials), english)[0]!;
const notes = (trials: readonly Trial[]) => table(trials).notes.join(' ');
const said = (trials: readonly Trial[]) => sentences(report(trials), english);
const plain = (cells: readonly unknown[]) => cells.map((cell) => String(cell).replace(/[\u200b]/g, ''));

test('connect: stages in milliseconds and in round trips of the link, the rest per client', () => {
  const { head, rows } = table(connectTrials());
  expect(plain(head).slice(1)).toEqual([
    'connected ms',
    'upgraded ms',
    'ready ms',
    'HTTP requests',
    'TCP conns',
    'set-up bytes',
    'gone ms',
  ]);
  expect(rows).toEqual([
    ['ws', '-', '-', '80.0\u00a0(2.0)', '1', '1', '285', '41.0'],
    ['socket.io', '162\u00a0(4.0)', '300\u00a0(7.5)', '301\u00a0(7.5)', '1', '1', '1,761', '44.0'],
  ]);
});

test('connect: the round trip is named, and who is ready without having dialled', () => {
  expect(notes(connectTrials())).toContain('In brackets: in round trips of the link, 40.0 ms each.');
  expect(notes(connectTrials())).toContain('before the first message: http.');
});

test('connect: a stage no transport has gets no column, and no link no round trips', () => {
  const [ws] = connectTrials();
  const one = { ...ws!, link: { ...ws!.link, upDelayMs: 0, downDelayMs: 0 } };
  expect(table([one]).head).not.toContain('upgraded ms');
  expect(table([one]).rows[0]?.[1]).toBe('80.0');
  expect(notes([one])).not.toContain('round trips');
});

test('connect: who is ready first', () => {
  expect(said(connectTrials())).toEqual([
    'Ready: soonest ws, 80.0 ms; last socket.io, 301 ms, a factor of 3.8.',
  ]);
});

test('chat: the first and the last to hear, their spread, and what was expected where it is not what came', () => {
  const { rows } = table(chatTrials());
  expect(rows.map(plain)).toEqual([
    ['ws', '0.70', '1.40', '0.90', '1.80', '0.20', '100', '1,000', '9'],
    ['sse', '1.30', '2.60', '1.50', '3.00', '0.20', '100', '999 /1,000', '9'],
  ]);
  expect(notes(chatTrials())).toContain('N·M = 100 up, N²·M = 1,000 down');
});

test('chat: too few samples to tell the tail say so', () => {
  const [ws] = chatTrials();
  const one = { ...ws!, fanOut: { ...ws!.fanOut!, last: { ...ws!.fanOut!.last, p50: null } } };
  expect(table([one]).rows[0]?.slice(3, 6)).toEqual(['too few', '1.80', 'too few']);
});

test('idle: per client and hour, and said to be extrapolated from how long', () => {
  expect(table(idleTrials()).rows).toEqual([
    ['polling', '136k', '629', '629', '4,789', '15.0k'],
    ['ws', '0', '0', '0', '-22', '6,904'],
  ]);
  expect(notes(idleTrials())).toContain('EXTRAPOLATED from 2.0 s of silence');
  expect(notes(idleTrials())).toContain('less than three poll intervals of 5.0 s');
  expect(notes(idleTrials())).toContain('slope over 25, 50, 75, 100 clients');
});

test('idle: memory that was not measured has no column and is not invented', () => {
  const trials = idleTrials().map((one) => ({ ...one, memory: null }));
  expect(table(trials).head).toHaveLength(4);
  expect(notes(trials)).toContain(
    'Memory per connection: not measured in this run; it takes 20 clients or more.',
  );
});

test('idle: silence that costs nothing has no factor', () => {
  expect(said(idleTrials())).toEqual([
    'Silence, bytes a client and hour, extrapolated: fewest ws, 0 B; last polling, 136 kB.',
  ]);
});

test('burst: messages per poll count the polls that brought some', () => {
  const { head, rows } = table(burstTrials());
  const perPoll = head.indexOf('msgs per poll');
  expect(rows.map((row) => row[perPoll])).toEqual(['20', '-']);
  expect(rows.map((row) => row[head.indexOf('all done ms')])).toEqual(['380', '44.0']);
});

test('burst: what is out of order has a column and is not said again', () => {
  expect(table(burstTrials()).rows[0]?.[table(burstTrials()).head.indexOf('out of order')]).toBe('166');
  expect(notes(burstTrials())).not.toContain('166');
});

test('outage: who lost what, who came back, and how soon after healing', () => {
  const { rows, references } = table(outageTrials());
  expect([...rows, ...references!].map((row) => row.slice(0, 10))).toEqual([
    ['polling', '480', '480', '0', '0', '0', '1.80', '4/4', '40.0', '80.0'],
    ['sse', '480', '360', '120', '0', '0', '1.80', '2/4', '1,080', '1,081'],
    ['ws', '480', '40', '440', '0', '0', '1.80', '0/4', '-', '-'],
    ['tcp', '480', '40', '440', '0', '0', '1.80', '0/4', '-', '-'],
  ]);
});

test('outage: how it broke, for how long, and who never came back', () => {
  expect(table(outageTrials()).notes).toContain(
    'Never came back, no client heard anything after the link healed: ws, tcp.',
  );
  expect(table(outageTrials()).notes).toContain('sse: only 2 of 4 clients came back.');
  expect(notes(outageTrials())).toContain('The link was cut for 2.0 s');
  const silent = [trial({ transport: 'ws', scenario: 'outage', load: { outage: 'silent', outageMs: 500 } })];
  expect(notes(silent)).toContain('The link was silent for 500 ms');
});

test('outage: the sentences name the losses and those who stayed away, never a reference', () => {
  expect(said(outageTrials())).toEqual([
    'Lost nothing in the outage: polling.',
    'Lost messages in the outage: sse 120 of 480, ws 440 of 480.',
    'Never came back after the outage: ws.',
  ]);
});

test('saturate: messages a second, and CPU as a share of one core, which may be more than one', () => {
  expect(table(saturateTrials()).rows).toEqual([['ws', '32.5k', '0.33', '0.67', '46 %', '112 %', '8', '0']]);
  expect(notes(saturateTrials())).toContain('coordinated omission');
});

test('saturate: the load says how long, not how many', () => {
  const trials = [...saturateTrials(), trial({ transport: 'ws' })];
  expect(table(trials).notes[0]).toBe('Load: 10 clients, closed loop, messages of 64 B (text) for 1.0 s.');
});

test('stream: the first piece, the gaps, what a cancel costs, and what a cut takes and wastes', () => {
  const { head, rows, references } = table(streamTrials());
  expect(plain(head).slice(1)).toEqual([
    ...['first ms', 'gap p50 ms', 'gap p95 ms', 'B per piece', 'cancel B', 'server knew ms', 'said in vain'],
    ...['lost', 'said to nobody'],
  ]);
  expect([...rows, ...references!].map((row) => plain([row[0], ...row.slice(5)]))).toEqual([
    ['long-polling', '277+r', '0.70', '0', '0', '222'],
    ['fetch-sse', '0+c', '0.70', '4', '225', '0'],
    ['ws', '26', '0.70', '0', '225', '0'],
    ['tcp', '20', '0.70', '0', '225', '0'],
  ]);
  expect(rows[0]!.slice(1, 4)).toEqual(['0.80', '20.0', '21.5']);
});

test('stream: who cancels how, who went on after it, and whose server goes on though nobody is there', () => {
  expect(said(streamTrials()).slice(1)).toEqual([
    'A cancel by closing costs no bytes, and the connection: fetch-sse.',
    'A cancel by a message costs long-polling 277 B in a request, ws 26 B.',
    'After the cancel the server went on for more than a piece: fetch-sse up to 2.',
    'Goes on to the end though the connection is cut, and loses nothing; there only a message cancels: long-polling.',
    'Stops when the connection is cut, and the rest is lost: fetch-sse, ws.',
  ]);
});

test('stream: whose the bytes of a piece are', () => {
  expect(notes(streamTrials())).toContain(
    'Bytes down a piece, by owner: long-polling chunk 6 + payload 20; fetch-sse chunk 6 + payload 20; ws',
  );
});

test('stream: with two clients nobody cancels, and the table says so', () => {
  const [one] = streamTrials();
  const two = { ...one!, stream: { ...one!.stream!, cancelled: null } };
  expect(table([two]).rows[0]!.slice(5, 8)).toEqual(['-', '-', '-']);
  expect(notes([two])).toContain('With fewer than three clients');
});

test('an invalid trial of any scenario loses its figures and says nothing', () => {
  const all = [
    connectTrials,
    chatTrials,
    idleTrials,
    burstTrials,
    outageTrials,
    saturateTrials,
    streamTrials,
  ];
  for (const make of all) {
    const trials = make().map((one): Trial => ({ ...one, verdict: 'invalid' }));
    for (const row of table(trials).rows) expect(new Set(row.slice(1))).toEqual(new Set(['-']));
    expect(said(trials)).toEqual([]);
    expect(notes(trials)).not.toContain('ame back');
  }
});

test('cluster: what a Redis that was away delayed and lost, in each way; bytes to and from it have columns only where there is one', () => {
  const one = (figures: Record<string, number>, adapter: string) =>
    trial({
      transport: 'socket.io',
      scenario: 'cluster',
      load: { clients: 40, own: { adapter } },
      more: { figures: { 'cluster.first': 40, 'cluster.in': 40, 'cluster.heard': 100, ...figures } },
    });
  const shared = one(
    {
      'cluster.redis.to': 202,
      'cluster.redis.from': 524,
      'cluster.near': 7.07,
      'cluster.far': 13.3,
      'cluster.redis.held': 50.4,
      'cluster.redis.held.later': 49.6,
      'cluster.redis.refused': 50.4,
      'cluster.redis.refused.later': 0,
    },
    'classic',
  );
  expect(said([shared])).toEqual([
    'socket.io, classic adapter, Redis silent: of 100 copies of what was said meanwhile 50 were heard, 50 more when it was back, and 0 never',
    'socket.io, classic adapter, Redis refusing: of 100 copies of what was said meanwhile 50 were heard, 0 more when it was back, and 50 never',
  ]);
  expect(plain(table([shared]).head)).toEqual(expect.arrayContaining(['far ms', 'B to Redis', 'B from it']));
  expect(notes([shared])).toMatch(/adapter classic, .*To and from Redis: bytes between it and all servers/);
  const alone = one({ 'cluster.heard': 50 }, 'memory');
  expect(plain(table([alone]).head)).not.toContain('B to Redis');
  expect(said([alone])).toEqual([expect.stringContaining('a message reached 50 of 100 clients')]);
});

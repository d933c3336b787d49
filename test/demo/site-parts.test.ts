/**
 * The parts of the page's site that need no browser: the race on the virtual clock, the door, the accounts of races.
 */
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { virtualClock } from '../../src/base/clock.ts';
import { type RaceState, usualSettings } from '../../src/classroom/page/control-talk.ts';
import { createConductor } from '../../src/classroom/site/conductor.ts';
import { createFilling } from '../../src/classroom/site/filling.ts';
import { closedDoor } from '../../src/classroom/site/join-code.ts';
import { acceptedLanguage } from '../../src/classroom/site/join-page.ts';
import { openAccount } from '../../src/classroom/site/lane-account.ts';
import { filledTables } from '../../src/classroom/site/measured-tables.ts';
import { carriedBy, ownEvidence } from '../../src/classroom/site/page-evidence.ts';
import { createRaceRoom } from '../../src/classroom/site/race-room.ts';
import { protocols } from '../../src/protocols/index.ts';
import { layers } from '../../src/protocols/layers.ts';
import { evidenceOf } from '../../src/questions/claims/evidence.ts';
import { probes } from '../../src/questions/probes/index.ts';
import { typicalReport } from '../report/fixture.ts';
import { openDemo } from './classroom.ts';

const ms = 1e6;

/** A conductor whose link and announcements are written down, each with its time. */
function conducted() {
  const clock = virtualClock();
  const happened: [what: string, atMs: number][] = [];
  const note = (what: string) => {
    happened.push([what, clock.now() / ms]);
    return clock.now();
  };
  const conductor = createConductor({
    clock,
    room: { speak() {}, stop() {} } as never,
    link: { cut: () => note('cut'), heal: () => note('heal'), change() {} },
    fill() {},
    changed: () => note(saidOf(conductor.state())),
  });
  conductor.start();
  happened.length = 0;
  return { clock, conductor, happened };
}

const saidOf = ({ phase, cut }: RaceState) => (cut ? `${phase}, cut ${cut.atMs} to ${cut.healedMs}` : phase);

test('a cut is announced before the link is cut, so that the news arrives; it heals after three seconds', async () => {
  const { clock, conductor, happened } = conducted();
  conductor.cut();
  // A second press does nothing.
  conductor.cut();
  await clock.advance(10_000 * ms);
  const noticeMs = conductor.state().settings.rttMs / 2 + 100;
  expect(happened).toEqual([
    [`running, cut ${noticeMs} to null`, 0],
    ['cut', noticeMs],
    ['heal', noticeMs + 3000],
    [`running, cut ${noticeMs} to ${noticeMs + 3000}`, noticeMs + 3000],
  ]);
});

test.each([50, 1000])(
  'a vote %i ms after the cut was asked for finds the link whole, and leaves it so',
  async (afterMs) => {
    const { clock, conductor, happened } = conducted();
    conductor.cut();
    await clock.advance(afterMs * ms);
    conductor.again();
    await clock.advance(10_000 * ms);
    expect(happened.filter(([what]) => what === 'cut').length).toBe(afterMs === 50 ? 0 : 1);
    expect(happened.slice(-2)).toEqual([
      ['heal', afterMs],
      ['voting', afterMs],
    ]);
  },
);

test('a browser has one vote for each question: a page loaded again takes along what it voted before', () => {
  const { conductor } = conducted();
  conductor.again();
  const votes = () => conductor.state().votes;
  conductor.vote('first', { question: 'fresh', lane: 'ws', instead: null });
  conductor.vote('first', { question: 'light', lane: 'sse', instead: 'first' });
  conductor.vote('other', { question: 'fresh', lane: 'ws', instead: null });
  expect(votes().fresh.ws).toBe(2);
  conductor.vote('loaded again', { question: 'fresh', lane: 'polling', instead: 'first' });
  expect(votes().fresh).toMatchObject({ ws: 1, polling: 1 });
  expect(votes().light.sse).toBe(1);
  // Invented voters neither fill the memory nor displace real votes.
  for (let n = 0; n < 1000; n++) conductor.vote(`${n}`, { question: 'fresh', lane: 'sse', instead: null });
  expect(votes().fresh).toMatchObject({ sse: 398, ws: 1, polling: 1 });
});

test('ten wrong codes keep their address out for a second, and nobody else', async () => {
  const clock = virtualClock();
  const door = closedDoor({ join: 'RIGHT2', lead: 'LEADLEADLEAD' }, clock);
  for (let count = 0; count < 10; count++) expect(door.join('WRONG2', '10.0.0.1')).toBeNull();
  expect(door.join('RIGHT2', '10.0.0.1')).toBeNull();
  const cookie = door.join('right2', '10.0.0.2');
  expect(door.roleOf({ headers: { cookie: cookie!.split(';')[0]! } })).toBe('takes part');
  await clock.advance(1000 * ms);
  expect(door.join('RIGHT2', '10.0.0.1')).toBe(cookie);
});

test('the accounts of a race are forgotten when the next begins; the sums stay', async () => {
  await using demo = await openDemo();
  const origin = `http://127.0.0.1:${demo.port}`;
  const control = new WebSocket(`${origin.replace('http', 'ws')}/control`, { origin });
  const [welcome] = await once(control, 'message');
  const { client } = JSON.parse(String(welcome)) as { client: string };
  const inRace = (number: number) => demo.books.of(`${client}.${number}`, 'race', 'ws').count();
  control.send('{"type":"start"}');
  const lane = new WebSocket(`${origin.replace('http', 'ws')}/race/ws/ws?client=${client}.1`, { origin });
  await once(lane, 'open');
  demo.books.catchUp();
  const { up } = inRace(1);
  expect(up).toBeGreaterThan(100);
  control.send('{"type":"again"}');
  control.send('{"type":"start"}');
  await expect.poll(() => inRace(1).up).toBe(0);
  expect(demo.books.balance().race).toBeGreaterThanOrEqual(up);
  lane.terminate();
  control.terminate();
});

test('a page hears, as it comes, what every layer is called, and its style has how every layer looks', async () => {
  await using demo = await openDemo();
  const origin = `http://127.0.0.1:${demo.port}`;
  const control = new WebSocket(`${origin.replace('http', 'ws')}/control`, { origin });
  const [welcome] = await once(control, 'message');
  control.terminate();
  const { layers: titles } = JSON.parse(String(welcome)) as { layers: Record<string, unknown> };
  expect(Object.keys(titles)).toEqual([...layers]);
  expect(titles.encoding).toEqual({ en: 'encoding', ko: '인코딩' });
  const style = await (await fetch(`${origin}/style.css`)).text();
  for (const layer of layers) {
    const { light, dark, pattern } = protocols[layer].look;
    const name = layer.replace('.', '-');
    expect(style).toContain(`.layer-${name} { background: var(--${name}-grain) var(--${name}); }`);
    for (const colour of [light, dark]) expect(style).toContain(`--${name}: ${colour};`);
    expect(style.split(encodeURIComponent(`d='${pattern}'`)).length - 1, layer).toBe(pattern === '' ? 0 : 2);
  }
});

test('a race ends after ten minutes, and says so', async () => {
  const clock = virtualClock();
  const room = createRaceRoom(clock, 1);
  const phases: string[] = [];
  const conductor = createConductor({
    clock,
    room,
    fill() {},
    link: { cut: () => 0, heal: () => 0, change() {} },
    changed: () => phases.push(conductor.state().phase),
  });
  conductor.set({ ...conductor.state().settings, rate: 0.5 });
  conductor.start();
  await clock.advance(590e9);
  expect(conductor.state().phase).toBe('running');
  await clock.advance(620e9);
  expect(phases).toEqual(['voting', 'running', 'ended']);
});

test('what others say in a chat is among the bytes heard, and among the messages that they are divided by', async () => {
  const demo = await openDemo();
  const origin = `http://127.0.0.1:${demo.port}`;
  const participant = async () => {
    const control = new WebSocket(`${origin.replace('http', 'ws')}/control`, { origin });
    const { client } = JSON.parse(String((await once(control, 'message'))[0])) as { client: string };
    const lane = new WebSocket(`${origin.replace('http', 'ws')}/chat/ws/ws?client=${client}`, { origin });
    await once(lane, 'open');
    return { client, control, lane };
  };
  const [own, ...others] = [await participant(), await participant(), await participant()];
  const said = (text: string) => JSON.stringify({ name: 'a', text, key: 'k' });
  let heard = 0;
  own.lane.on('message', () => heard++);
  for (const { lane } of [own, ...others]) for (const turn of [1, 2]) lane.send(said(`message ${turn}`));
  await expect.poll(() => heard).toBe(6);
  demo.books.catchUp();
  const times = { count: 2, mean: 80, p50: 80, p95: null };
  const carried = carriedBy('ws', times, demo.books.of(own.client, 'chat', 'ws'));
  expect(carried.messages).toEqual({ up: 2, down: 6 });
  // Frame overhead: six bytes towards the site, two from it, whichever client has sent the message.
  expect(carried.perMessage.overhead).toBe(8);
  for (const { control, lane } of [own, ...others]) for (const socket of [control, lane]) socket.terminate();
  await demo[Symbol.asyncDispose]();
});

test('of a page’s chat, sent is what the relay carried and delivered is what came back; what no one knows is null', () => {
  const account = openAccount();
  const specimen = { layer: 'payload', name: 'data', length: 30, mark: 'unit' } as const;
  for (const direction of ['up', 'up', 'down'] as const)
    account.take(
      { ...specimen, message: { direction } } as never,
      { streams: true, piece: { up: {}, down: {} } } as never,
    );
  const ws = { count: 1, mean: 80, p50: 80, p95: null };
  const { echo, push, trials } = ownEvidence(
    { race: { ws: { ...ws, count: 20 } }, chat: { ws } },
    usualSettings,
    () => account,
  );
  expect(echo.get('ws')).toMatchObject({ delivery: { sent: 2, delivered: 1 }, latency: null, verdict: null });
  expect(push.get('ws')).toMatchObject({ delivery: null, latency: { p50: 80 * ms, p95: null, p99: null } });
  expect(echo.get('ws')!.load.pollIntervalMs).toBeNull();
  expect(trials('push')).toEqual([]);
});

test.each([
  ['ko-KR,ko;q=0.9,en-US;q=0.8', 'ko'],
  ['en-GB,en;q=0.7,ko;q=0.3', 'en'],
  ['fr-FR,ko;q=0.1', 'ko'],
  ['ko;q=0, en', 'en'],
  ['fr', 'en'],
  [undefined, 'en'],
] as const)('a phone that asks for %s joins in %s', (header, language) => {
  expect(acceptedLanguage(header, 'en')).toBe(language);
});

test('the page that asks for the code speaks the phone’s language, whatever the teacher’s is', async () => {
  await using demo = await openDemo({ isClassroom: true, language: 'en' });
  const origin = `http://127.0.0.1:${demo.port}`;
  const joining = async (path: string, language: string) =>
    (await fetch(origin + path, { headers: { 'accept-language': language } })).text();
  for (const path of ['/', '/join']) {
    expect(await joining(path, 'ko-KR')).toContain('<html lang="ko">');
    expect(await joining(path, 'de')).toContain('<html lang="en">');
  }
});

const asked = { type: 'tables', from: 'browser', language: 'en', race: {}, chat: {} } as const;
const noAccount = () => openAccount();

test('a row that a page has not measured says what fills it, in every cell', () => {
  for (const language of ['en', 'ko'] as const) {
    const tables = filledTables('browser', ownEvidence(asked, usualSettings, noAccount), { language });
    const rows = tables.flatMap((table) => table.rows);
    expect(rows).toHaveLength(12);
    const way = { en: /fill this|fills this/, ko: /채워집니다/ }[language];
    for (const [, ...cells] of rows) for (const cell of cells) expect(cell.at(-1)).toMatch(way);
  }
});

test('of three events no median is told, and no verdict rests on them', () => {
  const times = { count: 3, mean: 50, p50: 50, p95: null };
  const race = { polling: times, 'long-polling': times, sse: times, ws: times };
  const evidence = ownEvidence({ ...asked, race }, usualSettings, noAccount);
  expect(evidence.push.get('ws')?.latency).toBeNull();
  const [tableA] = filledTables('browser', evidence, { language: 'en' });
  for (const row of [2, 3]) expect(tableA!.rows[row]!.at(-1)).toEqual([expect.stringMatching(/Bots/)]);
});

test('bots fill the rows: what they have measured stands there with its verdict, and progress is told', async () => {
  const typical = evidenceOf(typicalReport());
  const phases: string[] = [];
  const filling = createFilling({
    async measure(_signal, tell) {
      tell({ done: 1, total: 5, leftMs: 2000 });
      const features = ['events', 'rooms', 'namespaces', 'effort', 'fallback'] as const;
      const probed = await Promise.all(features.map((name) => probes[name]()));
      return { ...typical, probed: probed.flat() };
    },
    changed: () => phases.push(filling.state().phase),
    log: (line) => phases.push(line),
  });
  filling.begin();
  filling.begin();
  await expect.poll(() => filling.state().phase).toBe('filled');
  expect(phases).toEqual(['measuring', 'measuring', 'filled']);
  const rows = filledTables('bots', filling.evidence()!, { language: 'en' }).flatMap((table) => table.rows);
  const decided = rows
    .filter((row) => /confirmed|refined|opinion/.test(row.at(-1)![0]!))
    .map((row) => row[0]![0]);
  expect(decided).toEqual(expect.arrayContaining(['A1 Communication', 'B1 Protocol', 'B3 Ease of set-up']));
  await filling.end();
});

test('where nothing could be measured the page is told, and it may be tried again', async () => {
  let tries = 0;
  const filling = createFilling({
    async measure() {
      tries++;
      throw new Error('no server starts here');
    },
    changed: () => {},
    log: () => {},
  });
  for (const count of [1, 2]) {
    filling.begin();
    await expect.poll(() => filling.state().phase).toBe('failed');
    expect(tries).toBe(count);
  }
  await filling.end();
});

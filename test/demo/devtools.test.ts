/**
 * The page beside DevTools: what Chromium's own Network figures say of each transport, held against what the relay
 * counted. Every byte that they do not count has its name, and that name its exact bytes.
 */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import { type LaneName, laneNames } from '../../src/classroom/page/control-talk.ts';
import type { PanelRow } from '../../src/classroom/page/devtools/figures-talk.ts';
import { startDevtools } from '../../src/classroom/site/devtools/devtools.ts';
import { frameOverhead } from '../../src/laws/websocket.ts';
import { type Portion, portionNames, portions } from '../../src/script/anatomy/devtools-counts.ts';
import { behaviours } from '../../src/servers/behaviours.ts';
import { openBrowser } from '../support/browser.ts';
import { openNetworkPanel, type Shown } from '../support/network-panel.ts';
import { contextOf } from './classroom.ts';

/** Characters of one byte, of two, of three and of four, which JavaScript counts as two. */
const message = 'hi é 안녕 👋';

interface Seen {
  readonly rows: readonly PanelRow[];
  readonly balance: { relay: number; rows: number; page: number; unread: number };
  readonly panel: readonly Shown[];
  /** What the page says in column Size, by row. */
  readonly onPage: ReadonlyMap<number, string>;
  readonly wrong: readonly string[];
}

let browser: Browser;
const seen = new Map<LaneName, Seen>();

beforeAll(async () => {
  browser = await openBrowser();
  await Promise.all(laneNames.map(async (lane) => seen.set(lane, await visit(lane))));
}, 60_000);
afterAll(() => browser.close());

async function openPage(transport: LaneName, language: 'en' | 'ko' = 'en') {
  const behaviour = behaviours.echo!(realClock);
  const devtools = await startDevtools({ transport, behaviour, port: 0, language, clock: realClock });
  const context = await contextOf(browser);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', ({ message: why }) => wrong.push(why));
  page.on('console', (said) => {
    if (said.type() === 'error' || said.type() === 'warning') wrong.push(said.text());
  });
  return {
    devtools,
    page,
    wrong,
    async [Symbol.asyncDispose]() {
      await context.close();
      await devtools[Symbol.asyncDispose]();
    },
  };
}

/** Also before the tests, where `expect.poll` is not allowed. */
const until = (holds: () => Promise<void> | void) => vi.waitFor(holds, { timeout: 20_000, interval: 50 });

async function say(page: Page) {
  await page.locator('.state[data-state=open]').waitFor();
  await page.locator('input[name=text]').fill(message);
  await page.locator('button.main').click();
  await page.locator('.heard', { hasText: message }).waitFor();
}

/** As the steps say: open it, say something; and leave. */
async function visit(lane: LaneName): Promise<Seen> {
  await using opened = await openPage(lane);
  const { devtools, page, wrong } = opened;
  const panel = await openNetworkPanel(page);
  await page.goto(devtools.url);
  const upgraded = () => panel().some(({ frames }) => frames.some(({ payload }) => payload === '5'));
  if (lane === 'socket.io') await until(() => expect(upgraded()).toBe(true));
  await say(page);
  if (lane === 'sse') await until(() => expect(panel().flatMap(({ events }) => events)).toEqual([message]));
  await page.locator('button:not(.main)', { hasText: 'Close' }).click();
  const own = () => panel().filter(({ url }) => url.includes('client=1'));
  await until(() => expect(own().filter((one) => !isOver(one))).toEqual([]));
  const rows = await settled(() => devtools.ledger.rows('1'), devtools.ledger.balance);
  const sizes = () =>
    page
      .locator('.rows tbody tr')
      .evaluateAll((found) =>
        found.map((row) => [Number(row.getAttribute('data-row')), row.children[3]!.textContent!] as const),
      );
  const wanted = rows.slice(-8).map(({ number, size }) => [number, `${size} B`]);
  await until(async () => expect(await sizes()).toEqual(wanted));
  const onPage = new Map(await sizes());
  return { rows, balance: devtools.ledger.balance(), panel: own(), onPage, wrong };
}

const isOver = ({ finishedBytes, failed, requestText }: Shown) =>
  finishedBytes !== null || failed !== null || requestText !== null;

/** When nothing comes any more: the closing of a connection is the last. */
async function settled<Value>(read: () => Value, count: () => { relay: number }): Promise<Value> {
  for (let before = -1; count().relay !== before; ) {
    before = count().relay;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return read();
}

const utf8 = (text: string) => Buffer.byteLength(text);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** `portion: [up, down]`, without those that have no bytes. */
type Bytes = Readonly<Partial<Record<Portion, readonly [number, number]>>>;
const some = (bytes: Bytes): Bytes =>
  Object.fromEntries(Object.entries(bytes).filter(([, [up, down]]) => up + down !== 0));

const countedBy = (row: PanelRow): Bytes =>
  some(
    Object.fromEntries(
      portionNames.map((portion) => {
        const line = row.lines.find(({ name }) => name === portions[portion].name);
        return [portion, [line?.up ?? 0, line?.down ?? 0]];
      }),
    ),
  );

/** Each portion as the panel's own figures and texts give it. */
function shownBy(shown: Shown, row: PanelRow): Bytes {
  const { requestText, responseText, received, events, postData } = shown;
  const head =
    requestText === null ? requestHead(shown, row.target) : utf8(handshakeText(requestText, shown));
  if (row.status === 101) return { 'request-head': [head, 0], ...shownFrames(shown) };
  const decoded = sum(received.map((one) => one.decoded));
  const framing = sizeOf(shown) + lagOf(shown, row) - shown.headBytes - decoded;
  const data = sum(events.map(utf8));
  const isStream = row.pieceKind === 'event';
  return some({
    'request-head': [head, 0],
    'request-body': [utf8(postData), 0],
    'response-head': [0, utf8(responseText)],
    'chunk-framing': [0, framing],
    'response-body': [0, isStream ? 0 : decoded],
    'event-data': [0, data],
    'event-framing': [0, isStream ? decoded - data : 0],
  });
}

/** Column Size: what has come so far, and the protocol's own sum once it is finished. */
const sizeOf = ({ finishedBytes, headBytes, received }: Shown) =>
  finishedBytes ?? headBytes + sum(received.map(({ encoded }) => encoded));

/** Chromium shows the handshake with the whole address in its first line; on the wire stands the path alone. */
function handshakeText(text: string, { url }: Shown): string {
  const { origin } = new URL(url);
  expect(text.startsWith(`GET ${origin}/`)).toBe(true);
  return text.replace(origin, '');
}

/**
 * Chromium tells the encoded length of data with the data or, as often, with the data after it: of a stream that is
 * still open, Size may be behind by its newest chunks; by whole chunks, exactly.
 */
function lagOf(shown: Shown, { size, pieces, pieceKind }: PanelRow): number {
  if (pieceKind !== 'event' || shown.finishedBytes !== null) return 0;
  const newest = pieces.map((_, from) => sum(pieces.slice(from).map(({ bytes }) => bytes)));
  const lag = size - sizeOf(shown);
  expect([0, ...newest]).toContain(lag);
  return lag;
}

const requestHead = ({ method, requestHeaders }: Shown, target: string) =>
  utf8(`${method} ${target} HTTP/1.1\r\n`) +
  sum(Object.entries(requestHeaders).map(([name, value]) => utf8(`${name}: ${value}\r\n`))) +
  2;

/** A close frame without a reason each way: RFC 6455 §5.5.1. */
const closing = [frameOverhead('up', 0), frameOverhead('down', 0)] as const;

function shownFrames({ responseText, frames }: Shown): Bytes {
  const each = (count: (payload: string) => number) =>
    (['up', 'down'] as const).map((way) =>
      sum(frames.filter(({ direction }) => direction === way).map(({ payload }) => count(payload))),
    ) as [number, number];
  const masked = each(() => 4)[0];
  const heads = each((payload) => frameOverhead('down', utf8(payload)));
  return some({
    'upgrade-head': [0, utf8(responseText)],
    'frame-header': heads,
    mask: [masked, 0],
    characters: each((payload) => payload.length),
    'wide-characters': each((payload) => utf8(payload) - payload.length),
    'control-frame': closing,
  });
}

/** Aborted before its response came: the browser does not read what the server sends all the same. */
const isCancelled = ({ failed, status }: Shown) => failed !== null && status === null;

const upOf = (bytes: Bytes) =>
  Object.entries(bytes).flatMap(([portion, [up]]) => (up ? [[portion, up]] : []));

/** The panel's request of each row: by its address, in their order. */
function pairs({ rows, panel }: Seen): (readonly [PanelRow, Shown])[] {
  const left = [...panel];
  return rows.map((row) => {
    const at = left.findIndex(({ url, method }) => url.endsWith(row.target) && method === row.method);
    expect(at, `${row.method} ${row.target}`).toBeGreaterThanOrEqual(0);
    return [row, left.splice(at, 1)[0]!] as const;
  });
}

test.each(laneNames)(
  '%s: every byte that the relay counted is a figure of DevTools, or has its name',
  (lane) => {
    const visited = seen.get(lane)!;
    expect(visited.wrong).toEqual([]);
    const matched = pairs(visited);
    expect(matched.length).toBe(visited.panel.length);
    for (const [row, shown] of matched) {
      const name = `${row.method} ${row.target} ${row.status}`;
      expect(sum(row.lines.flatMap(({ up, down }) => [up, down])), name).toBe(row.up + row.down);
      if (isCancelled(shown)) {
        expect(upOf(countedBy(row)), name).toEqual(upOf(shownBy(shown, row)));
        continue;
      }
      expect(countedBy(row), name).toEqual(shownBy(shown, row));
      expect(row.status, name).toBe(shown.status);
      if (row.status !== 101) expect(row.size, name).toBe(sizeOf(shown) + lagOf(shown, row));
      else expect([row.size, shown.finishedBytes, shown.received], name).toEqual([0, null, []]);
    }
    const { relay, rows, page, unread } = visited.balance;
    expect([rows + page, unread]).toEqual([relay, 0]);
    expect(sum(visited.rows.map(({ up, down }) => up + down))).toBe(rows);
  },
);

test('a poll that is held and taken back has crossed the wire, has no figure in DevTools, and the page says so', async () => {
  const [row, shown] = pairs(seen.get('long-polling')!).at(-1)!;
  // The held poll: it ended when the page closed.
  expect([shown.failed, shown.status, row.status]).toEqual(['net::ERR_ABORTED', null, null]);
  expect(countedBy(row)).toEqual({ 'request-head': [row.up, 0] });
  expect(row.up).toBe(requestHead(shown, row.target));
  const { connectionId, headBytes, received, finishedBytes, responseText } = shown;
  expect([connectionId, headBytes, received, finishedBytes, responseText]).toEqual([null, 0, [], null, '']);
  await using opened = await openPage('long-polling', 'ko');
  await opened.page.goto(opened.devtools.url);
  await opened.page.locator('.notes li', { hasText: '(canceled)' }).waitFor();
});

test.each(laneNames)('%s: rows that share a connection in DevTools share one in the ledger', (lane) => {
  const shared = pairs(seen.get(lane)!)
    .filter(([, { connectionId }]) => connectionId)
    .map(([{ connection }, { connectionId }]) => [connection, connectionId] as const);
  const connections = new Map(shared);
  for (const [connection, id] of shared) expect(connections.get(connection)).toBe(id);
  expect(new Set(connections.values()).size).toBe(connections.size);
});

test('what each transport shows is there: an answer, a stream of chunks, frames with and without a row', () => {
  const kinds = (lane: LaneName) =>
    new Set(seen.get(lane)!.rows.flatMap((row) => Object.keys(countedBy(row))));
  const all = new Set(laneNames.flatMap((lane) => [...kinds(lane)]));
  // Nothing was torn off.
  expect(all).toEqual(new Set(portionNames.filter((portion) => portion !== 'unread')));
  for (const lane of ['polling', 'long-polling'] as const) expect(kinds(lane)).toContain('response-body');
  for (const lane of ['ws', 'socket.io'] as const) expect(kinds(lane)).toContain('wide-characters');
  expect(kinds('sse')).toContain('event-framing');
  // The held poll.
  expect(seen.get('long-polling')!.rows.at(-1)).toMatchObject({ status: null, size: 0, down: 0 });
});

/** On a projector, and on a phone at night. */
const looks = [
  ['en', { width: 1280, height: 800, colorScheme: 'light' }],
  ['ko', { width: 390, height: 844, colorScheme: 'dark' }],
] as const;

test.each(looks)(
  'the page in %s: axe finds nothing, nothing is wider than the screen, a row is chosen by hand',
  async (language, { width, height, colorScheme }) => {
    await using opened = await openPage('ws', language);
    const { devtools, page, wrong } = opened;
    await page.goto(devtools.url);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    await say(page);
    await page.locator('.pieces tbody tr').nth(1).waitFor();
    expect(await page.locator('.steps li').allTextContents()).toEqual(
      devtools.steps.map((step) => step[language]),
    );
    await page.locator('.rows button').first().click();
    expect(await page.locator('.rows button').first().getAttribute('aria-pressed')).toBe('true');
    await page.evaluate(axe.source);
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    const spill = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(spill).toBeLessThanOrEqual(0);
    const found = (await page.evaluate(`axe.run({ resultTypes: ['violations'] })`)) as {
      violations: { id: string; nodes: { html: string }[] }[];
    };
    expect(found.violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    // The other language, without building the page anew.
    await page.locator('header button').click();
    const other = language === 'en' ? 'ko' : 'en';
    expect(await page.locator('.steps li').allTextContents()).toEqual(
      devtools.steps.map((step) => step[other]),
    );
    expect(wrong).toEqual([]);
  },
  30_000,
);

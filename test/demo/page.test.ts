/** The classroom page in a real browser: the race against its laws, the chat across transports, the books, three tabs. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fewestSamples, laneNames } from '../../src/classroom/page/talk.ts';
import { recordedOf } from '../../src/classroom/site/recorded.ts';
import { typicalReport } from '../report/fixture.ts';
import { again } from '../support/again.ts';
import { openBrowser } from '../support/browser.ts';
import { contextOf, figure, openDemo, openPage, slide } from './classroom.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());

const intervalMs = 400;
const rttMs = 80;
/** POLL1: half an interval, and one way. */
const lawfulMean = intervalMs / 2 + rttMs / 2;

async function race(more: Parameters<typeof openDemo>[0] = {}) {
  const demo = await openDemo(more);
  const context = await contextOf(browser);
  const watched = await openPage(context, demo.url);
  await watched.page.locator('.sliders').waitFor();
  await slide(watched.page, 'pollIntervalMs', intervalMs);
  await slide(watched.page, 'rate', 10);
  await watched.page.locator('.buttons button.main').click();
  return {
    ...{ demo, context, ...watched },
    async [Symbol.asyncDispose]() {
      await context.close();
      await demo[Symbol.asyncDispose]();
    },
  };
}

/** What the page says of who leads, and how many events the lane with the fewest had had by then. */
const leading = (page: Page) =>
  page.evaluate<{ said: string; heard: number }>(`(() => {
    const cells = [...document.querySelectorAll('.lanes tr[data-lane] [data-figure=events]')];
    return {
      said: document.querySelector('.result tbody td:last-child').textContent,
      heard: Math.min(...cells.map(({ textContent }) => Number(textContent))),
    };
  })()`);

/** A race of forty events a lane: how old they were. */
async function agedRace() {
  const running = await race();
  const { page } = running;
  const first = await leading(page);
  if (first.heard < fewestSamples) expect(first.said).toContain(`${fewestSamples} events`);
  for (const lane of laneNames) await expect.poll(() => figure(page, lane, 'events')).toBeGreaterThan(40);
  const pushed = ['ws', 'sse', 'socket.io', 'long-polling'];
  const medians = await Promise.all(
    pushed.map(async (lane) => [lane, (await figure(page, lane, 'p50'))!] as const),
  );
  return { ...running, mean: (await figure(page, 'polling', 'mean'))!, medians };
}

type Aged = Awaited<ReturnType<typeof agedRace>>;
const isCalm = ({ mean, medians }: Aged) =>
  Math.abs(mean - lawfulMean) < intervalMs / 4 && medians.every(([, median]) => median < mean / 2);

test('the race: five lanes move, polling is half an interval and a way old, the others a way; the books balance', async () => {
  let last: Aged | undefined;
  const another = async () => {
    await last?.[Symbol.asyncDispose]();
    last = await agedRace();
    return last;
  };
  // Forty events are too few to make up for a machine that stood still meanwhile.
  await using running = await again(another, isCalm);
  const { page, demo, wrong, mean, medians } = running;
  expect(Math.abs(mean - lawfulMean)).toBeLessThan(intervalMs / 4);
  for (const [lane, median] of medians) {
    expect(median, lane).toBeGreaterThanOrEqual(rttMs / 2 - 5);
    expect(median, lane).toBeLessThan(mean / 2);
  }
  await page.locator('.buttons button', { hasText: 'End the race' }).click();
  // Nothing of the lanes moves any more: what the page says is what the relay has counted.
  await expect.poll(() => page.locator('.balance').getAttribute('data-balanced')).toBe('true');
  const { relay, race: raced, chat, bots, page: own, unread } = demo.books.balance();
  expect(raced + chat + bots + own + unread).toBe(relay);
  const shown = async () => {
    const bytes = await Promise.all(laneNames.map((lane) => figure(page, lane, 'bytes')));
    return bytes.reduce<number>((sum, one) => sum + one!, 0) - demo.books.balance().race;
  };
  await expect.poll(shown).toBe(0);
  expect(await page.locator('.result tbody tr').count()).toBe(2);
  expect((await leading(page)).said).not.toContain('Polling');
  expect(await page.locator('.result .note').textContent()).toContain(`${intervalMs} ms interval`);
  // Every event that arrived is a point of the chart, however many came with one poll.
  const points = async (lane: string) =>
    Number(
      /\d+$/.exec(
        (await page
          .locator('.chart')
          .first()
          .locator(`li:has(.${markClass(lane)})`)
          .textContent())!,
      ),
    );
  for (const lane of laneNames)
    await expect.poll(async () => (await points(lane)) - (await figure(page, lane, 'events'))!).toBe(0);
  expect(wrong).toEqual([]);
}, 120_000);

const markClass = (lane: string) => `lane-${lane.replace('.', '')}`;

test('six event streams hold the next request until they are closed, and the page says for how long', async () => {
  await using demo = await openDemo();
  const context = await contextOf(browser);
  const { page, wrong } = await openPage(context, demo.url);
  await page.locator('[data-view=limits]').click();
  await page.locator('#view-limits button').click();
  const told = page.locator('#view-limits [role=status]');
  await expect.poll(() => told.textContent(), { timeout: 30_000 }).toMatch(/later|before|failed/);
  const [open, of, held, closed, after] = (await told.textContent())!.match(/\d+(\.\d+)?/g)!.map(Number);
  expect([open, of]).toEqual([6, 6]);
  expect(closed).toBeGreaterThanOrEqual(4);
  expect(held).toBeGreaterThanOrEqual(closed!);
  expect(held! / closed!).toBeLessThan(1.1);
  expect(after).toBeCloseTo(held! - closed!, 1);
  expect(wrong).toEqual([]);
  await context.close();
}, 60_000);

test('without its charts the page goes on: a browser whose language Intl refuses does not load them', async () => {
  await using demo = await openDemo();
  const context = await contextOf(browser);
  await context.route('**/uplot.js', (route) => route.abort());
  const { page, wrong } = await openPage(context, demo.url);
  await page.locator('.buttons button.main').click();
  await expect.poll(() => figure(page, 'ws', 'events')).toBeGreaterThan(3);
  await expect.poll(() => figure(page, 'ws', 'bytes')).toBeGreaterThan(0);
  expect(wrong).toEqual([]);
  await context.close();
}, 60_000);

test('who loads the page again and votes again has one vote; while nobody hears, nobody can vote', async () => {
  const demo = await openDemo();
  const context = await contextOf(browser);
  const { page, wrong } = await openPage(context, demo.url);
  const choice = (lane: string) =>
    page.locator('.ballot .choice', { has: page.locator(`input[name=fresh][value="${lane}"]`) });
  const voteFor = async (lane: string) => {
    await choice(lane).locator('input').check();
    await expect.poll(() => choice(lane).locator('.count').textContent()).toMatch(/\b1\b/);
  };
  await voteFor('sse');
  await page.reload();
  await voteFor('ws');
  expect(await choice('sse').locator('.count').textContent()).not.toMatch(/1/);
  const input = choice('ws').locator('input');
  expect(await input.isEnabled()).toBe(true);
  await demo[Symbol.asyncDispose]();
  await expect.poll(() => input.isEnabled()).toBe(false);
  // The page is drawn anew four times a second, and tries to come back as often.
  const seen: boolean[] = [];
  for (let look = 0; look < 20; look++) {
    seen.push(await input.isEnabled());
    await page.waitForTimeout(40);
  }
  expect(seen).not.toContain(true);
  expect(wrong).toEqual([]);
  await context.close();
}, 60_000);

test('a class is invited in large letters before a race; during it the lanes have the room', async () => {
  await using demo = await openDemo({ isClassroom: true });
  const context = await contextOf(browser);
  const { page, wrong } = await openPage(context, demo.url);
  const code = page.locator('.classroom .code');
  await expect.poll(() => code.textContent()).toBe(demo.classroom!.code);
  const picture = page.locator('.classroom .qr svg');
  await expect.poll(() => picture.isVisible()).toBe(true);
  await page.locator('.buttons button.main').click();
  await expect.poll(() => picture.isVisible()).toBe(false);
  expect(await code.isVisible()).toBe(true);
  // The whole table of lanes fits a projector's 1280 pixels.
  const hidden = await page
    .locator('.lanes')
    .evaluate(({ parentElement: box }) => box!.scrollWidth - box!.clientWidth);
  expect(hidden).toBe(0);
  expect(wrong).toEqual([]);
  await context.close();
}, 60_000);

/** Where the page's parts stand. */
const placesOf = (page: Page) =>
  page.evaluate<Record<string, number>>(`Object.fromEntries(
    ['nav', 'main', '.stage h2', '.lanes', ...${JSON.stringify(laneNames)}.map((lane) => '.lanes tr[data-lane="' + lane + '"]'),
     '.sliders', '.result', '.cut-report', '.charts', '.layers']
      .map((name) => [name, document.querySelector(name).getBoundingClientRect().y]))`);

test('a cut of three seconds: lanes reconnect, mailboxes lose nothing, the others what OUT predicts', async () => {
  await using running = await race();
  const { page, wrong } = running;
  await expect.poll(() => figure(page, 'polling', 'events')).toBeGreaterThan(10);
  // On a projector, and there enlarged to 150 %.
  for (const [width, height] of [
    [853, 533],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const lane of laneNames) {
      const box = (await page.locator(`.lanes tr[data-lane="${lane}"] .strip`).boundingBox())!;
      expect(box.y + box.height, `${lane} at ${height}`).toBeLessThanOrEqual(height);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
    }
  }
  const before = await placesOf(page);
  await page.locator('.buttons button', { hasText: 'Cut' }).click();
  await expect.poll(() => page.locator('.lanes [data-state=reconnecting]').count()).toBeGreaterThan(2);
  await expect.poll(() => page.locator('.link').textContent()).not.toBe('');
  expect(await placesOf(page)).toEqual(before);
  const cells = (lane: string) => page.locator(`.cut-report tr[data-lane="${lane}"] td`);
  for (const lane of laneNames)
    await expect.poll(async () => (await cells(lane).nth(0).textContent())!).toContain('after healing');
  // Long enough for the first event after it, by which a loss is known.
  await page.waitForTimeout(1500);
  for (const lane of laneNames) {
    const [lost, law] = [await cells(lane).nth(1).textContent(), await cells(lane).nth(2).textContent()];
    // Ten events a second, jittered: one more or less at either end of the gap, and one on its way.
    expect(Math.abs(Number(lost) - Number(law)), `${lane}: ${lost}, OUT ${law}`).toBeLessThanOrEqual(4);
  }
  expect(Number(await cells('polling').nth(1).textContent())).toBe(0);
  expect(Number(await cells('ws').nth(1).textContent())).toBeGreaterThan(20);
  expect(wrong).toEqual([]);
}, 60_000);

test('the chat: what is said on each transport arrives on the other four, and says what it cost', async () => {
  const demo = await openDemo();
  const contexts = await Promise.all(laneNames.map(() => contextOf(browser)));
  const people = await Promise.all(contexts.map((context) => openPage(context, demo.url)));
  for (const [index, { page }] of people.entries()) {
    await page.locator('[data-view=chat]').click();
    await page.locator('#view-chat select[name=lane]').selectOption(laneNames[index]!);
    await expect.poll(() => page.locator('#view-chat .state').getAttribute('data-state')).toBe('open');
  }
  for (const [index, { page }] of people.entries()) {
    await page.locator('input[name=text]').fill(`by ${laneNames[index]}`);
    await page.locator('input[name=text]').press('Enter');
  }
  const shares: [told: number, typed: number][] = [];
  const via = (page: Page) => laneNames[people.findIndex((one) => one.page === page)];
  for (const { page, wrong } of people) {
    for (const lane of laneNames) await page.locator(`.messages [data-via="${lane}"]`).waitFor();
    await expect.poll(() => page.locator('.cost').first().textContent()).toMatch(/transport \d+ B/);
    const told = (await page.locator('.cost').first().textContent())!;
    const [typed, up, json, transport] = told
      .replaceAll(',', '')
      .match(/\d+(?= B)/g)!
      .map(Number);
    expect(typed).toBe(`by ${via(page)}`.length);
    expect(up, told).toBe(typed! + json! + transport!);
    // What somebody typed is within what came back, and its envelope is nobody's payload.
    // Where an answer carried other messages, too, it is not told whose bytes they are.
    const ofThem = /(\d+) B of them/.exec(told)?.[1];
    if (ofThem !== undefined) shares.push([Number(ofThem), typed!]);
    expect(await page.locator('#view-chat').textContent()).not.toContain('payload');
    expect(await page.locator('.messages li').count()).toBe(laneNames.length);
    expect(wrong).toEqual([]);
  }
  expect(shares.length).toBeGreaterThan(0);
  expect(shares.filter(([told, typed]) => told !== typed)).toEqual([]);
  for (const context of contexts) await context.close();
  await demo[Symbol.asyncDispose]();
}, 60_000);

test('three tabs: one races, the others say why not and take over when asked; all of them stay usable', async () => {
  await using running = await race();
  const { context, demo, page } = running;
  const others = [await openPage(context, demo.url), await openPage(context, demo.url)];
  const [, last] = others;
  await expect.poll(() => figure(last!.page, 'ws', 'events')).toBeGreaterThan(5);
  await page.getByText('Another tab is racing').waitFor();
  await page.locator('[data-view=chat]').click();
  await page.locator('input[name=text]').fill('still here');
  await page.locator('input[name=text]').press('Enter');
  await page.locator('.messages li').waitFor();
  await page.locator('[data-view=limits]').click();
  expect(await page.locator('#view-limits').textContent()).toContain('mostly six');
  for (const { wrong } of others) expect(wrong).toEqual([]);
}, 60_000);

/** On a projector, and on a phone at night. */
const looks = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const;

test.each(['en', 'ko'] as const)(
  'every view in %s: axe finds nothing, nothing is wider than the screen',
  async (language) => {
    await using demo = await openDemo({ language, recorded: recordedOf(typicalReport(), 'latest.json') });
    const context = await contextOf(browser);
    // A recorded run is what such a page shows first.
    const { page, wrong } = await openPage(context, demo.url, 'recorded');
    await page.locator('[data-view=recorded]').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    // Views with something in them: a race, a message that was said, an exchange to be read.
    await page.locator('[data-view=race]').click();
    await page.locator('.buttons button.main').click();
    await page.locator('[data-view=chat]').click();
    await expect.poll(() => page.locator('#view-chat .state').getAttribute('data-state')).toBe('open');
    await page.locator('input[name=text]').fill('hello');
    await page.locator('input[name=text]').press('Enter');
    await page.locator('.messages li').waitFor();
    await expect.poll(() => figure(page, 'ws', 'events')).toBeGreaterThan(2);
    await page.locator('[data-view=wire]').click();
    await page.locator('.unit').nth(3).waitFor();
    await page.locator('[data-view=race]').click();
    // Its source is no text that becomes code in the page: it goes past the policy, as an extension would.
    await page.evaluate(axe.source);
    // It is slow where everything moves.
    await page.locator('.buttons button:visible').last().click();
    for (const { width, height, colorScheme } of looks) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      for (const view of ['race', 'chat', 'wire', 'verdicts', 'limits', 'recorded']) {
        await page.locator(`[data-view=${view}]`).click();
        await page.locator(`#view-${view}`).waitFor();
        const spill = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(spill, `${view} at ${width}`).toBeLessThanOrEqual(0);
        const found = (await page.evaluate(`axe.run({ resultTypes: ['violations'] })`)) as {
          violations: { id: string; nodes: { html: string }[] }[];
        };
        expect(
          found.violations.map(({ id, nodes }) => `${view} at ${width}: ${id} ${nodes[0]?.html}`),
        ).toEqual([]);
      }
    }
    expect(wrong).toEqual([]);
    await context.close();
  },
  60_000,
);

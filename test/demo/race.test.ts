/** The classroom page in a real browser, with nothing beside it: what it times against its laws, and its books. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { laneNames } from '../../src/classroom/page/control-talk.ts';
import { fewestSamples } from '../../src/classroom/page/tables-talk.ts';
import { again } from '../support/again.ts';
import { openBrowser } from '../support/browser.ts';
import { contextOf, figure, openDemo, openPage, openRace, raceSettings } from './classroom.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());

const { pollIntervalMs: intervalMs } = raceSettings;
const rttMs = 80;
/** POLL1: half an interval, and one way. */
const lawfulMean = intervalMs / 2 + rttMs / 2;

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
  const running = await openRace(browser);
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

/** Where the page's parts stand. */
const placesOf = (page: Page) =>
  page.evaluate<Record<string, number>>(`Object.fromEntries(
    ['nav', 'main', '.stage h2', '.lanes', ...${JSON.stringify(laneNames)}.map((lane) => '.lanes tr[data-lane="' + lane + '"]'),
     '.sliders', '.result', '.cut-report', '.charts', '.layers']
      .map((name) => [name, document.querySelector(name).getBoundingClientRect().y]))`);

test('a cut of three seconds: lanes reconnect, mailboxes lose nothing, the others what OUT predicts', async () => {
  await using running = await openRace(browser);
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

/**
 * The classroom page in a real browser: the chat across transports, votes, three tabs, every view in both languages.
 */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { laneNames } from '../../src/classroom/page/control-talk.ts';
import { recordedOf } from '../../src/classroom/site/recorded-lanes.ts';
import { typicalReport } from '../report/fixture.ts';
import { openBrowser } from '../support/browser.ts';
import { contextOf, figure, openDemo, openPage, openRace } from './classroom.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());

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
  // The page redraws four times a second, and tries to reconnect as often.
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
    // The typed text is part of what came back, and its JSON envelope is not payload.
    // If a response carried other messages too, the page does not say whose bytes they are.
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
  await using running = await openRace(browser);
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
    // Such a page shows a recorded run first.
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
    // Injected outside the page's Content-Security-Policy, as an extension would.
    await page.evaluate(axe.source);
    // It is slow while everything moves.
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

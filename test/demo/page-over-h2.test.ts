/** The page over HTTP/2 in a real browser: every view, one connection, and books that balance. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { laneNames } from '../../src/classroom/page/control-talk.ts';
import { pageSeal } from '../../src/commands/options/page-seal.ts';
import { pastCertificate } from '../../src/commands/screen/past-certificate.ts';
import { openBrowser } from '../support/browser.ts';
import { figure, openRace } from './classroom.ts';

const seal = (await pageSeal({ over: 'h2' }, '127.0.0.1'))!;
let browser: Browser;
beforeAll(async () => {
  // As it is printed: the browser is asked to know this certificate, and no other.
  const told = pastCertificate(
    { cert: seal.certificate.cert, isMade: true, url: 'https://127.0.0.1/' },
    { language: 'en' },
  );
  browser = await openBrowser([told.find((line) => line.includes('spki-list'))!.trim()]);
}, 60_000);
afterAll(() => browser.close());

/** Says something over each transport in turn, and waits until it is back with what it cost. */
async function chatOverAll(page: Page) {
  await page.locator('[data-view=chat]').click();
  for (const lane of laneNames) {
    await page.locator('#view-chat select[name=lane]').selectOption(lane);
    await expect.poll(() => page.locator('#view-chat .state').getAttribute('data-state')).toBe('open');
    await page.locator('input[name=text]').fill(`said over ${lane}`);
    await page.locator('input[name=text]').press('Enter');
    // Bots talk as well.
    await page.locator('.messages li', { hasText: `said over ${lane}` }).waitFor();
  }
}

test('over HTTP/2 race, chat, inspector and six streams share one connection, and the books balance', async () => {
  await using running = await openRace(browser, { seal, bots: 5 });
  const { demo, page, wrong } = running;
  await page.locator('[data-view=limits]').click();
  await page.locator('#view-limits button').click();
  await chatOverAll(page);
  await page.locator('[data-view=wire]').click();
  for (const lane of laneNames) {
    await page.locator('#view-wire select[name=lane]').selectOption(lane);
    await expect.poll(() => page.locator('.units').textContent()).toContain(`/race/${lane}/`);
    expect(await page.locator('.units').textContent()).toContain('http2 headers-head');
  }
  const told = page.locator('#view-limits [role=status]');
  await expect.poll(() => told.textContent(), { timeout: 30_000 }).toContain('relay’s count');
  const [open, of, heldS, , closedS, , connections] = (await told.textContent())!
    .match(/\d+(\.\d+)?/g)!
    .map(Number);
  expect([open, of, connections]).toEqual([6, 6, 1]);
  expect(heldS).toBeLessThan(closedS!);
  await page.locator('[data-view=race]').click();
  for (const lane of laneNames) await expect.poll(() => figure(page, lane, 'events')).toBeGreaterThan(2);
  const names = 'Polling, Long polling, SSE, WebSocket, Socket.IO';
  await expect.poll(() => page.locator('.carriers').textContent()).toContain(`1 of HTTP/2 (${names}).`);
  await page.locator('.buttons button', { hasText: 'End the race' }).click();
  await expect.poll(() => page.locator('.balance').getAttribute('data-balanced')).toBe('true');
  const { relay, race, chat, bots, page: own, unread } = demo.books.balance();
  expect(race + chat + bots + own + unread).toBe(relay);
  for (const bytes of [race, chat, bots]) expect(bytes).toBeGreaterThan(1000);
  const shown = async () => {
    const bytes = await Promise.all(laneNames.map((lane) => figure(page, lane, 'bytes')));
    return bytes.reduce<number>((sum, one) => sum + one!, 0) - demo.books.balance().race;
  };
  await expect.poll(shown).toBe(0);
  expect(demo.logged).toEqual([]);
  expect(wrong).toEqual([]);
}, 60_000);

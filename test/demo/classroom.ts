/** A demo in this process and pages of a real browser that look at it; what goes wrong in a page is kept. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { realClock } from '../../src/base/clock.ts';
import { type DemoOptions, startDemo } from '../../src/classroom/site/demo.ts';
import { measureRows } from '../../src/classroom/site/filling.ts';

export async function openDemo(options: Partial<DemoOptions> = {}) {
  const logged: string[] = [];
  const demo = await startDemo({
    host: '127.0.0.1',
    port: 0,
    language: 'en',
    isClassroom: false,
    bots: 0,
    recorded: null,
    seal: null,
    clock: realClock,
    seed: 1,
    log: (line: string) => void logged.push(line),
    command: { start: 'rtcompare', end: '' },
    measure: measureRows,
    ...options,
  });
  return { ...demo, logged };
}

export interface Watched {
  readonly page: Page;
  /** Errors, violations of the policy, dialogs, and requests to elsewhere. */
  readonly wrong: string[];
}

/** @param view which the page shows first */
export async function openPage(context: BrowserContext, url: string, view = 'race'): Promise<Watched> {
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', ({ message }) => wrong.push(`error: ${message}`));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML/i.test(message.text())) wrong.push(`policy: ${message.text()}`);
  });
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol !== 'data:' && host !== new URL(url).host) wrong.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  await page.locator(`[data-view=${view}][aria-current=page]`).waitFor();
  return { page, wrong };
}

/** Its own cookies and storage; a browser without a language tag would stop the charts. */
export const contextOf = (browser: Browser, more: Parameters<Browser['newContext']>[0] = {}) =>
  browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 }, ...more });

/** Moves a slider as a hand does. */
const slide = (page: Page, setting: string, value: number) =>
  page
    .locator(`input[data-setting=${setting}]`)
    .evaluate((input: { value: string; dispatchEvent(event: Event): boolean }, to) => {
      input.value = String(to);
      input.dispatchEvent(new Event('change'));
    }, value);

/** A figure of a lane, as a number; null where the page says that there is none. */
export async function figure(page: Page, lane: string, name: string): Promise<number | null> {
  const text = await page.locator(`.lanes tr[data-lane="${lane}"] [data-figure=${name}]`).textContent();
  const digits = /[\d,.]+/.exec(text ?? '')?.[0];
  return digits === undefined ? null : Number(digits.replaceAll(',', ''));
}

/** What is set before a race begins. */
export const raceSettings = { pollIntervalMs: 400, rate: 10 };

/** A page that races. */
export async function openRace(browser: Browser, options: Partial<DemoOptions> = {}) {
  const demo = await openDemo(options);
  const context = await contextOf(browser);
  const watched = await openPage(context, demo.url);
  await watched.page.locator('.sliders').waitFor();
  for (const [setting, value] of Object.entries(raceSettings)) await slide(watched.page, setting, value);
  await watched.page.locator('.buttons button.main').click();
  return {
    demo,
    context,
    ...watched,
    async [Symbol.asyncDispose]() {
      await context.close();
      await demo[Symbol.asyncDispose]();
    },
  };
}

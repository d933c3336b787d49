/**
 * `npm run docs:pictures`: the pictures of the READMEs, taken by a browser from what the commands really make. Needs the
 * browser of the tests.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { contextOf, openDemo, openPage } from '../../test/demo/classroom.ts';
import { openBrowser } from '../../test/support/browser.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-pictures-'));
const browser = await openBrowser();
try {
  await report(browser);
  await race(browser);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** The top of the HTML report: what it comes to, and the first pictures. */
async function report(browser: Browser) {
  const args = ['run', '--transport', 'all', '--lang', 'en', '--quiet', '--report', 'html', '--out', folder];
  execFileSync(process.execPath, [cli, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const page = await browser.newPage({ viewport: { width: 1100, height: 1500 } });
  await page.goto(pathToFileURL(join(folder, 'rtcompare-report.html')).href);
  await page.screenshot({ path: here('report.png') });
}

/** The page of `rtcompare demo`, ten seconds into a race as it starts by itself, with a cut and what it cost. */
async function race(browser: Browser) {
  await using demo = await openDemo();
  const context = await contextOf(browser, { viewport: { width: 1280, height: 1100 } });
  const { page } = await openPage(context, demo.url);
  await page.locator('.buttons button.main').click();
  await page.waitForTimeout(5000);
  await page.locator('.buttons button', { hasText: 'Cut' }).click();
  await page.waitForTimeout(6500);
  // Its name is in the other language, for which the machine that takes the picture may have no letters.
  await page.evaluate("document.querySelector('header button').hidden = true; scrollTo(0, 0)");
  await page.screenshot({ path: here('race.png') });
  await context.close();
}

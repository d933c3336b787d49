/** A page as a reader opens it: from a file, in a real browser, and what it asked for meanwhile. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser } from '../../support/browser.ts';

interface Window {
  readonly width?: number;
  readonly dark?: boolean;
  readonly print?: boolean;
}

/** Registers the browser with the test file that calls; gives what opens a page in it. */
export function browsing() {
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-html-'));
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return async (html: string, { width = 1280, dark = false, print = false }: Window = {}) => {
    const path = join(folder, `${Math.random()}.html`.slice(2));
    writeFileSync(path, html);
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme: dark ? 'dark' : 'light',
      bypassCSP: true,
    });
    const page = await context.newPage();
    if (print) await page.emulateMedia({ media: 'print' });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(pathToFileURL(path).href);
    return { page, asked: asked.slice(1), dialogs, [Symbol.asyncDispose]: () => context.close() };
  };
}

/** What axe finds, of any impact. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate('axe.run()')) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** How many pixels the page is too wide. */
export const spill = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth');

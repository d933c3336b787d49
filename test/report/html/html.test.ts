/** The page: no script, no request, readable by a machine and at any width; nothing in a report becomes markup. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderHtml } from '../../../src/report/html/index.ts';
import { openBrowser } from '../../support/browser.ts';
import { echoTrials, report, trial, typicalReport } from '../fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-html-'));

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A page of the report as a reader opens it, from a file. */
async function open(html: string, options: { width?: number; dark?: boolean } = {}) {
  const path = join(folder, `${Math.random()}.html`.slice(2));
  writeFileSync(path, html);
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: 800 },
    colorScheme: options.dark ? 'dark' : 'light',
    bypassCSP: true,
  });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(pathToFileURL(path).href);
  return { page, asked: asked.slice(1), dialogs, [Symbol.asyncDispose]: () => context.close() };
}

describe.each(['en', 'ko'] as const)('in %s', (language) => {
  const html = renderHtml(typicalReport(), { language });

  test('it has no script, forbids everything it does not need, and says its language', () => {
    expect(html).not.toMatch(/<script|javascript:|\son\w+=/i);
    expect(html).toContain('default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;');
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).not.toMatch(/\{\w+\}/);
  });

  test.each([
    [360, false],
    [1600, true],
  ])(
    'at %i pixels (dark: %s) it asks for nothing, does not spill, and axe finds nothing serious',
    async (width, dark) => {
      await using opened = await open(html, { width, dark });
      expect(opened.asked).toEqual([]);
      const spill = await opened.page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(spill).toBeLessThanOrEqual(0);
      await opened.page.evaluate(axe.source);
      const found = (await opened.page.evaluate('axe.run()')) as {
        violations: { id: string; impact: string }[];
      };
      const serious = found.violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
      expect(serious.map(({ id }) => id)).toEqual([]);
    },
  );
});

test('its structure: one heading, pictures, then the tables of every other skin, in order', async () => {
  await using opened = await open(renderHtml(typicalReport(), { language: 'en' }));
  const texts = (selector: string) => opened.page.locator(selector).allTextContents();
  expect(await texts('h1')).toEqual(['rtcompare: real-time transports side by side']);
  expect(await texts('h2')).toMatchInlineSnapshot(`
    [
      "In short",
      "In pictures",
      "echo: How long does a message and its answer take, and what do they cost?",
      "push: When the server has news, how old is it when the client hears it, and what did listening cost?",
      "Whose bytes are these? (echo, all phases, all clients)",
      "The same per message delivered, after set-up (echo)",
      "Whose bytes are these? (push, all phases, all clients)",
      "The same per message delivered, after set-up (push)",
      "Table A: HTTP vs WebSocket",
      "Table B: ws vs Socket.IO",
      "What they say in the text around the tables",
      "What the laws predict, and what was measured",
      "Notes",
    ]
  `);
  expect(await opened.page.locator('figure svg[role=img][aria-label]').count()).toBe(
    await opened.page.locator('svg').count(),
  );
  expect(await opened.page.locator('svg').count()).toBeGreaterThan(2);
});

test('a sequence has an arrow for each line of the report, and a bar while a question is open', async () => {
  const arrow = { connection: 0, count: 1, messages: 0, bytes: 100 };
  const sequence = [
    { ...arrow, atNs: 0, direction: 'up', what: 'GET /mailbox' },
    { ...arrow, atNs: 5e6, direction: 'up', what: 'POST /message', connection: 1, messages: 1 },
    { ...arrow, atNs: 6e6, direction: 'down', what: '200 OK', messages: 1 },
  ] as const;
  const drawn = { ...trial({ transport: 'long-polling' }), sequence: [...sequence] };
  await using opened = await open(renderHtml(report([drawn]), { language: 'en' }));
  const svg = opened.page.locator('.sequences svg');
  expect(await svg.locator('path.arrow').count()).toBe(3);
  expect(await svg.locator('path.carrying').count()).toBe(2);
  // The poll until its answer; the POST has none here, and stays open.
  const bars = svg.locator('rect.open');
  expect(await bars.count()).toBe(2);
  const heights = await bars.evaluateAll((all) => all.map((bar) => Number(bar.getAttribute('height'))));
  expect(heights[0]).toBeGreaterThan(heights[1]!);
  expect(await svg.getAttribute('aria-label')).toContain(
    '→ GET /mailbox, 100 B; → POST /message, 100 B; ← 200 OK, 100 B',
  );
});

test('bars are as long as their bytes: the widths of a row stand in the ratio of its layers', async () => {
  await using opened = await open(renderHtml(report(echoTrials()), { language: 'en' }));
  const rows = (await opened.page.evaluate(`[...document.querySelectorAll('figure')].map((figure) => ({
    title: figure.querySelector('figcaption').textContent,
    parts: [...figure.querySelectorAll('rect[class^=layer]')].map((rect) => ({
      said: rect.textContent, width: Number(rect.getAttribute('width')) })) }))`)) as {
    title: string;
    parts: { said: string; width: number }[];
  }[];
  const { parts } = rows.find(({ title }) => title.startsWith('Whose bytes is a message'))!;
  const bytesOf = (said: string) => Number(/: ([\d.,]+)/.exec(said)![1]!.replaceAll(',', ''));
  const perByte = parts
    .map(({ said, width }) => width / bytesOf(said))
    .filter((_, k) => bytesOf(parts[k]!.said) > 20);
  expect(perByte.length).toBeGreaterThan(5);
  expect(Math.max(...perByte) / Math.min(...perByte)).toBeLessThan(1.05);
});

test('the law is drawn over polling’s ages, as high as the samples would be if it held exactly', async () => {
  const shape = {
    transport: 'polling',
    scenario: 'push',
    polls: { made: 10, empty: 0, skipped: 0 },
  } as const;
  const one = trial({ ...shape, p50: 50 });
  const prediction = {
    metric: 'mean age of an event',
    law: 'POLL1',
    unit: 'ms',
    tolerance: 1,
    predicted: 50,
    measured: 50,
  };
  // Uniform on [0, 100 ms): a tenth of the samples below 10 ms, nine tenths above.
  const histogram: [number, number, number][] = [
    [1e6, 1e7, 9],
    [1e7, 1e8, 90],
  ];
  const drawn = { ...one, polls: shape.polls, latency: { ...one.latency!, count: 100, histogram } };
  const html = renderHtml(report([{ ...drawn, predictions: [{ ...prediction, verdict: 'holds' }] }]), {
    language: 'en',
  });
  await using opened = await open(html);
  const bars = (await opened.page.evaluate(
    `[...document.querySelectorAll('rect.samples')].map((rect) => Number(rect.getAttribute('height')))`,
  )) as number[];
  const points = (await opened.page.locator('polyline.law').getAttribute('points'))!.split(' ');
  const base = Number(
    /y1="([\d.]+)"[^>]*class="axis"|class="axis"[^>]*y1="([\d.]+)"/.exec(html)!.slice(1).find(Boolean),
  );
  const heights = [points[0], points[2]].map((point) => base - Number(point!.split(',')[1]));
  expect(bars).toHaveLength(2);
  expect(heights[0]! / bars[0]!).toBeCloseTo(1, 1);
  expect(heights[1]! / bars[1]!).toBeCloseTo(1, 1);
  const without = renderHtml(report([drawn]), { language: 'en' });
  expect(without).not.toContain('polyline');
});

test('hostile values stay text: no element, no dialog, no request', async () => {
  const evil = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
  const hostile = report([
    { ...trial({ transport: 'ws' }), notes: [{ kind: evil, value: evil }], transport: evil },
  ]);
  await using opened = await open(
    renderHtml({ ...hostile, plan: { ...hostile.plan, proxy: evil } }, { language: 'en' }),
  );
  await opened.page.waitForTimeout(100);
  expect([opened.dialogs, opened.asked]).toEqual([[], []]);
  expect(await opened.page.locator('img, script').count()).toBe(0);
  expect(await opened.page.locator('main').textContent()).toContain('<img src=x onerror=alert(1)>');
});

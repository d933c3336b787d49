/** The sheet of tables: one page of A3, readable from afar, by keyboard, by a machine, and without colours. */
import { describe, expect, test } from 'vitest';
import type { Sheet } from '../../../src/report/views/documents/sheet.ts';
import { tablesPage } from '../../../src/report/views/documents/tables-page.ts';
import { browsing, spill, violations } from './browse.ts';
import { sheetFixture } from './sheet-fixture.ts';

const open = browsing();

/** Page objects of a PDF, and the size that each says. */
const pagesOf = (pdf: Buffer) => [
  ...pdf.toString('latin1').matchAll(/\/Type \/Page\b[\s\S]*?\/MediaBox \[([\d. ]+)\]/g),
];

/** The same answer over each of them. */
const ofProtocols = (sheet: Sheet): Sheet => ({
  ...sheet,
  tables: sheet.tables.map((table) => ({
    ...table,
    head: [...table.head.slice(0, -2), 'HTTP/1.1', 'HTTP/1.1 + TLS', 'HTTP/2 + TLS'],
    rows: table.rows.map((row) => ({
      ...row,
      answers: ['HTTP/1.1', 'HTTP/1.1 + TLS', 'HTTP/2 + TLS'].map((over) => ({
        over,
        measured: row.measured,
        verdict: row.verdict,
      })),
    })),
  })),
});

describe.each(['en', 'ko'] as const)('in %s', (language) => {
  // Four times as many lines in each row: it is one page all the same, of smaller letters.
  test.each([1, 4])('with %i times what twelve rows hold it prints on one page of A3', async (times) => {
    await using opened = await open(tablesPage(sheetFixture(language, times), { language }));
    const pages = pagesOf(await opened.page.pdf({ format: 'A3', landscape: true }));
    expect(pages).toHaveLength(1);
    const [, , width = 0, height = 0] = pages[0]![1]!.split(' ').map(Number);
    expect([Math.round(width / 10), Math.round(height / 10)]).toEqual([119, 84]);
  });

  test('with an answer for each of three protocols, too, and nothing spills in a narrow window', async () => {
    await using opened = await open(tablesPage(ofProtocols(sheetFixture(language)), { language }), {
      width: 1280,
    });
    const { page } = opened;
    expect(pagesOf(await page.pdf({ format: 'A3', landscape: true }))).toHaveLength(1);
    expect(await spill(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await spill(page)).toBeLessThanOrEqual(0);
    expect(await page.locator('.sign').count()).toBe(36);
  });

  test('on a projector letters are large, a table fits the screen, and nothing spills', async () => {
    await using opened = await open(tablesPage(sheetFixture(language), { language }), { width: 1280 });
    const { page } = opened;
    expect(await spill(page)).toBeLessThanOrEqual(0);
    const sizes = (await page.evaluate(
      `[...document.querySelectorAll('td, th')].filter((cell) => cell.offsetHeight > 0).map((cell) => parseFloat(getComputedStyle(cell).fontSize))`,
    )) as number[];
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(19);
    const heights = (await page.evaluate(
      `[...document.querySelectorAll('section')].map((one) => one.getBoundingClientRect().height)`,
    )) as number[];
    expect(heights).toHaveLength(2);
    expect(Math.max(...heights)).toBeLessThan(800);
    // The lines of each transport are for paper and wide windows; the page says so.
    const seen = (selector: string) => page.locator(selector).first().isVisible();
    expect([await seen('td .details'), await seen('.elsewhere')]).toEqual([false, true]);
    await page.emulateMedia({ media: 'print' });
    expect([await seen('td .details'), await seen('.elsewhere')]).toEqual([true, false]);
  });
});

test.each([
  ['en', 390, false],
  ['ko', 1280, true],
] as const)('in %s at %i pixels (dark: %s) axe finds nothing', async (language, width, dark) => {
  await using opened = await open(tablesPage(sheetFixture(language), { language }), { width, dark });
  expect(await spill(opened.page)).toBeLessThanOrEqual(0);
  expect(await violations(opened.page)).toEqual([]);
});

test('verdicts differ by sign and by border, not by colour alone, and a condition is bold', async () => {
  await using opened = await open(tablesPage(sheetFixture('en'), { language: 'en' }));
  const signs = opened.page.locator('.sign');
  expect(await signs.count()).toBe(12);
  const looks = (await signs.evaluateAll((all) =>
    all.map((one) => [one.className, one.firstChild?.textContent]),
  )) as [string, string][];
  const byKind = new Map(looks);
  expect(byKind.size).toBe(6);
  expect(new Set(byKind.values()).size).toBe(6);
  const weights = (await opened.page.evaluate(
    `[...document.querySelectorAll('.condition')].map((one) => Number(getComputedStyle(one).fontWeight))`,
  )) as number[];
  expect(weights).toHaveLength(7);
  expect(Math.min(...weights)).toBeGreaterThanOrEqual(700);
});

test('what is said stays text, and what is to be typed is code', async () => {
  const evil = '"><img src=x onerror=alert(1)>';
  const sheet = sheetFixture('en');
  await using opened = await open(tablesPage({ ...sheet, title: evil, legend: [evil] }, { language: 'en' }));
  expect([opened.dialogs, opened.asked]).toEqual([[], []]);
  expect(await opened.page.locator('img').count()).toBe(0);
  expect(await opened.page.locator('h1').textContent()).toBe(evil);
  expect(await opened.page.locator('code').textContent()).toBe('rtcompare claims --id B6');
});

/** The page: no script, no request, readable by a machine and at any width; nothing in a report becomes markup. */
import { describe, expect, test } from 'vitest';
import type { Report, Trial } from '../../../src/document/report.ts';
import { blocksPage } from '../../../src/report/skins/html/page.ts';
import { renderHtml } from '../../../src/report/views/run/run-page.ts';
import { echoTrials, pushTrials, report, trial, typicalReport, widestReport } from '../fixture.ts';
import { browsing, spill, violations } from './browse.ts';

const open = browsing();

type Arrow = Trial['sequence'][number];
const arrow = (direction: Arrow['direction'], what: string, more: Partial<Arrow> = {}): Arrow => ({
  atNs: 0,
  connection: 0,
  count: 1,
  messages: 0,
  bytes: 100,
  direction,
  what,
  ...more,
});

/** As long polling goes: asked first, answered when there is something to say. */
const held: Arrow[] = [
  arrow('up', 'GET /mailbox', { exchange: 1 }),
  arrow('up', 'POST /message', { atNs: 5e6, connection: 1, messages: 1, exchange: 2 }),
  arrow('down', '200 OK', { atNs: 6e6, messages: 1, exchange: 1 }),
  arrow('down', '204 No Content', { atNs: 7e6, connection: 1, exchange: 2 }),
];

/** The same report with something to draw in every trial, so that every kind of picture is there. */
const pictured = (from: Report): Report => ({
  ...from,
  trials: from.trials.map((one) => ({
    ...one,
    sequence: held,
    latency: one.latency && {
      ...one.latency,
      histogram: [
        [1e5, 2e5, 3],
        [(one.latency.p50 ?? 1e9) / 2, one.latency.p50 ?? 1e9, 70],
        [one.latency.p50 ?? 1e9, one.latency.max * 2, 9],
      ],
    },
  })),
});

describe.each(['en', 'ko'] as const)('in %s', (language) => {
  // One of each kind: what more transports add is more of the same, and time.
  const few = report([...echoTrials().slice(0, 3), ...pushTrials().slice(2, 4)]);
  const html = renderHtml(pictured(few), { language });

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
    'at %i pixels (dark: %s) it asks for nothing, does not spill, and axe finds nothing',
    async (width, dark) => {
      await using opened = await open(html, { width, dark });
      expect(opened.asked).toEqual([]);
      expect(await spill(opened.page)).toBeLessThanOrEqual(0);
      expect(await violations(opened.page)).toEqual([]);
    },
  );

  test('no word of a picture is cut off, and no two labels of an axis overlap', async () => {
    await using opened = await open(renderHtml(pictured(widestReport()), { language }), { width: 1280 });
    const cut =
      await opened.page.evaluate(`[...document.querySelectorAll('figure svg[viewBox] text')].flatMap((text) => {
      const { x, width } = text.getBBox();
      const limit = text.ownerSVGElement.viewBox.baseVal.width;
      return x < 0 || x + width > limit ? [text.textContent] : [];
    })`);
    expect(cut).toEqual([]);
    const gaps = (await opened.page.evaluate(`[...document.querySelectorAll('figure svg')].flatMap((svg) => {
      const labels = [...svg.querySelectorAll('.grid + text')].map((text) => text.getBBox()).filter(({ y }) => y > 30);
      return labels.slice(1).map((label, k) => label.x - labels[k].x - labels[k].width);
    })`)) as number[];
    expect(gaps.length).toBeGreaterThan(0);
    expect(Math.min(...gaps)).toBeGreaterThan(0);
  });

  test('on paper nothing scrolls, rows and figures stay whole, and what leads about the screen is gone', async () => {
    // A4 within its margins.
    await using opened = await open(html, { width: Math.floor(((210 - 26) / 25.4) * 96), print: true });
    const hidden = await opened.page.evaluate(`[...document.querySelectorAll('.scroll')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.getAttribute('aria-label'))`);
    expect(hidden).toEqual([]);
    const breaks = (selector: string) =>
      opened.page.evaluate(
        `[...new Set([...document.querySelectorAll('${selector}')].map((one) => getComputedStyle(one).breakInside))]`,
      );
    expect([await breaks('tr'), await breaks('figure')]).toEqual([['avoid'], ['avoid']]);
    expect(await opened.page.locator('nav').isVisible()).toBe(false);
  });
});

test('its structure: one heading, the documents’ tables first, then the comparison, pictures and the rest', async () => {
  await using opened = await open(renderHtml(pictured(typicalReport()), { language: 'en' }));
  const texts = (selector: string) => opened.page.locator(selector).allTextContents();
  expect(await texts('h1')).toEqual(['rtcompare: real-time transports side by side']);
  expect(await texts('h2, h3')).toMatchInlineSnapshot(`
    [
      "Contents",
      "In short",
      "The documents’ tables",
      "Table A: HTTP vs WebSocket",
      "Table B: ws vs Socket.IO",
      "What was measured",
      "echo: How long does a message and its answer take, and what do they cost?",
      "push: When the server has news, how old is it when the client hears it, and what did listening cost?",
      "In pictures",
      "echo",
      "push",
      "connecting",
      "Whose bytes are these?",
      "Whose bytes are these? (echo, all phases, all clients)",
      "The same per message delivered, after set-up (echo)",
      "Whose bytes are these? (push, all phases, all clients)",
      "The same per message delivered, after set-up (push)",
      "What they say in the text around the tables",
      "What the laws predict, and what was measured",
      "Notes",
    ]
  `);
  const svgs = opened.page.locator('figure > .scroll > svg');
  expect(await opened.page.locator('svg[role=img][aria-label]').count()).toBe(await svgs.count());
  expect(await svgs.count()).toBeGreaterThan(10);
});

test('the contents lead to every chapter, by keyboard as well, and each chapter leads back', async () => {
  await using opened = await open(renderHtml(pictured(typicalReport()), { language: 'en' }));
  const { page } = opened;
  const links = page.locator('nav a');
  expect(await page.locator('nav > ol > li > a').allTextContents()).toEqual(
    await page.locator('main h2:not(nav h2)').allTextContents(),
  );
  for (const href of await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')!)))
    expect(await page.locator(href).count()).toBe(1);
  await page.keyboard.press('Tab');
  for (let at = 1; at < (await links.count()); at++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.locator(':target h2').textContent()).toBe('Notes');
  expect(await page.locator(':target h2').isVisible()).toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.locator('nav:target').count()).toBe(1);
  expect(await page.evaluate('scrollY')).toBeLessThan(800);
});

test('every picture explains its colours and lines by a drawn sample of each', async () => {
  await using opened = await open(renderHtml(pictured(typicalReport()), { language: 'en' }));
  const pictures = (await opened.page.evaluate(`[...document.querySelectorAll('figure')].map((figure) => {
    const kinds = (among) => [...new Set([...among.querySelectorAll('.samples, .median, .law, .open, .arrow, [class^=layer]')]
      .map((one) => one.getAttribute('class')))].sort();
    const key = figure.querySelector('.key') ?? figure.closest('.sequences').nextElementSibling;
    return { shown: kinds(figure.querySelector('.scroll')), explained: kinds(key) };
  })`)) as { shown: string[]; explained: string[] }[];
  expect(pictures.length).toBeGreaterThan(10);
  for (const { shown, explained } of pictures) {
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((kind) => !explained.includes(kind))).toEqual([]);
  }
});

test('a page of blocks has contents, too, and one of two chapters needs none', () => {
  const list = (title: string) => ({ kind: 'list', title, items: ['x'] }) as const;
  const blocks = [{ kind: 'heading', text: 'Title' }, list('One'), list('Two'), list('Three')] as const;
  const html = blocksPage('Title', 'en', blocks);
  expect(html.indexOf('<h1>')).toBeLessThan(html.indexOf('<nav'));
  expect(html.match(/href="#part-\d"/g)).toHaveLength(3);
  expect(blocksPage('Title', 'en', blocks.slice(0, 3))).not.toContain('<nav');
});

test('of an exchange both arrows have its number, and its bar ends where the answer leaves', async () => {
  const drawn = { ...trial({ transport: 'long-polling' }), sequence: held };
  await using opened = await open(renderHtml(report([drawn]), { language: 'en' }));
  const svg = opened.page.locator('.sequences svg[role=img]');
  expect(await svg.getAttribute('aria-label')).toContain(
    '→ ① GET /mailbox, 100 B; → ② POST /message, 100 B; ← ① 200 OK, 100 B; ← ② 204 No Content, 100 B',
  );
  const boxes = await svg
    .locator('rect.open')
    .evaluateAll((all) =>
      all.map((bar) => ['x', 'y', 'height'].map((name) => Number(bar.getAttribute(name)))),
    );
  const [get, post] = boxes as [[number, number, number], [number, number, number]];
  expect(boxes).toHaveLength(2);
  // Asked first, answered before the other: rows of equal height, beside each other while both are open.
  expect(get[2]).toBe(2 * (post[1] - get[1]));
  expect(post[2]).toBe(get[2]);
  expect(post[0]).toBeGreaterThanOrEqual(get[0] + 8);
  expect(
    await opened.page.locator('figcaption', { hasText: 'long-polling: 400 B' }).textContent(),
  ).not.toContain('messages');
});

test('where a picture holds several messages, its caption says how many', () => {
  const poll = (messages: number) => [arrow('up', 'GET /mailbox'), arrow('down', '200 OK', { messages })];
  const captionOf = (sequence: Arrow[]) =>
    /<figcaption>(polling:.*?)<\/figcaption>/
      .exec(renderHtml(report([{ ...trial({ transport: 'polling' }), sequence }]), { language: 'en' }))![1]!
      .replaceAll('<wbr>', '');
  expect(captionOf(poll(1))).toBe('polling: 200 B');
  expect(captionOf(poll(7))).toBe('polling: 200 B, 7 messages at a time');
  expect(captionOf([arrow('up', 'text', { messages: 3, count: 3 }), ...poll(3)])).toBe(
    'polling: 300 B, several messages: 3 up, 3 down',
  );
});

test('a report of before, without numbers, is drawn as its connections tell', async () => {
  const sequence = held.slice(0, 3).map(({ exchange: _, ...rest }) => rest);
  const drawn = { ...trial({ transport: 'long-polling' }), sequence };
  const html = renderHtml(report([drawn]), { language: 'en' });
  expect(html).not.toContain('have the same number');
  await using opened = await open(html);
  const svg = opened.page.locator('.sequences svg[role=img]');
  expect(await svg.locator('path.arrow').count()).toBe(3);
  expect(await svg.locator('path.carrying').count()).toBe(2);
  // The poll until its answer; the POST has none here, and stays open.
  const heights = await svg
    .locator('rect.open')
    .evaluateAll((all) => all.map((bar) => Number(bar.getAttribute('height'))));
  expect(heights).toHaveLength(2);
  expect(heights[0]).toBeGreaterThan(heights[1]!);
  expect(await svg.getAttribute('aria-label')).toContain(
    '→ GET /mailbox, 100 B; → POST /message, 100 B; ← 200 OK, 100 B',
  );
});

test('bars are as long as their bytes: the widths of a row stand in the ratio of its layers', async () => {
  await using opened = await open(renderHtml(report(echoTrials()), { language: 'en' }));
  const rows = (await opened.page.evaluate(`[...document.querySelectorAll('figure')].map((figure) => ({
    title: figure.querySelector('figcaption').textContent,
    parts: [...figure.querySelectorAll('.scroll rect[class^=layer]')].map((rect) => ({
      said: rect.textContent, width: Number(rect.getAttribute('width')) })) }))`)) as {
    title: string;
    parts: { said: string; width: number }[];
  }[];
  const { parts } = rows.find(({ title }) => title.startsWith('Whose bytes does a message'))!;
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
    `[...document.querySelectorAll('.scroll rect.samples')].map((rect) => Number(rect.getAttribute('height')))`,
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

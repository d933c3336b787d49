/**
 * `inspect` and `check` with --browser: a page of the user's application, opened by a real browser, the same to the
 * byte each time.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { chromiumPath } from '../support/browser.ts';
import { listening } from '../support/inspected.ts';
import { spoken } from '../support/spoken.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-visitor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What each request of the page says besides. */
let said = 'hello';
const application = createServer((request, response) => {
  if (request.url !== '/chat') return void response.end('ok');
  response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><link rel="icon" href="data:,">
    <script>fetch('/say', { method: 'POST', headers: { 'x-said': '${said}' }, body: 'hi' })</script>`);
});
const url = `http://127.0.0.1:${await listening(application)}/chat`;
afterAll(() => application.close());

const program = await chromiumPath();
const visiting = (command: string, ...more: string[]) =>
  spoken([command, url, ...more], { env: { RTCOMPARE_CHROMIUM: program } });

test('what a page sends is held to a baseline, to the byte, and what became heavier is named', async () => {
  const baseline = join(folder, 'chat.json');
  const check = (...more: string[]) =>
    visiting('check', '--inspection', baseline, '--browser', 'chromium', '--duration', '300ms', ...more);
  expect((await check('--update')).code).toBe(0);
  const kept = readFileSync(baseline, 'utf8');
  for (const own of ['GET /chat 200', 'POST /say 200', 'sec-ch-ua']) expect(kept).toContain(own);
  const again = await check();
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('says what it said before')]);
  said = 'hello, again';
  const heavier = await check();
  said = 'hello';
  expect(heavier.code).toBe(1);
  expect(heavier.stdout).toMatch(/\+7 B each: header `x-said: hello, again` in POST \/say 200/);
});

test('refused before anything starts: beside a command, over TLS, and for a file', async () => {
  const refused = async (words: string[], why: string) => {
    const { code, stdout, stderr } = await spoken(words);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(why)]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  };
  const browser = ['--browser', 'chromium'];
  await refused(['inspect', url, ...browser, '--', 'node', '-v'], 'leave one of them out');
  await refused(['inspect', 'https://127.0.0.1:9', ...browser], 'start the application without TLS');
  await refused(['inspect', 'app.pcapng', ...browser], 'a file is read as it is');
  await refused(['check', '--timings', ...browser], '--browser does not go with --timings');
});

/** What lessons bring along besides trials: a page for the exercise, waits on a circle, a stall. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { browserSocket } from '../../src/questions/lessons/browser-socket.ts';
import { greeting, pageFile, repairedPage, repairs, serverFile } from '../../src/questions/lessons/chat.ts';
import { serveChat } from '../../src/questions/lessons/chat-server.ts';
import { readPage } from '../../src/questions/lessons/html-page.ts';
import { openPage } from '../../src/questions/lessons/small-browser.ts';
import { throughAStall } from '../../src/questions/lessons/stall.ts';
import { arcByLaw, arcOfAges } from '../../src/questions/lessons/waits.ts';
import { standStill } from '../support/stand-still.ts';

test('the page as it is stops at a ReferenceError, and never reaches the server', async () => {
  await using server = await serveChat();
  const host = `127.0.0.1:${server.port}`;
  const page = openPage(pageFile.content, host, { WebSocket: browserSocket(host) });
  expect(page.stopped()).toEqual({ name: 'ReferenceError', message: 'io is not defined', line: 9 });
  expect(pageFile.content.split('\n')[8]).toBe(repairs[0][0]);
  expect(server.connected()).toBe(0);
});

const script = (code: string) =>
  `<input id="input"><button id="send"></button><ul id="list"></ul><script>${code}</script>`;

test('a page has no more than it was given: nothing of Node, no library', () => {
  for (const name of ['process', 'require', 'fetch', 'io', 'WebSocket'])
    expect(openPage(script(`${name}();`), 'localhost', {}).stopped()?.name, name).toBe('ReferenceError');
});

test('the repair is two places, and one of them alone is none', async () => {
  await using server = await serveChat();
  const host = `127.0.0.1:${server.port}`;
  const opened = repairs.map(([before, after]) =>
    openPage(pageFile.content.replace(before, after), host, { WebSocket: browserSocket(host) }).stopped(),
  );
  expect(opened.map((stopped) => stopped?.message)).toEqual([
    'socket.on is not a function',
    'io is not defined',
  ]);
});

test('the repaired page is greeted, and shows to both what one of them says', async () => {
  await using server = await serveChat();
  const host = `127.0.0.1:${server.port}`;
  const pages = [1, 2].map(() => openPage(repairedPage, host, { WebSocket: browserSocket(host) }));
  const lines = () => pages.map((page) => page.lines());
  await expect.poll(lines).toEqual([[greeting], [greeting]]);
  pages[0]!.say('hello <b>all</b>');
  await expect.poll(lines).toEqual([
    [greeting, 'hello <b>all</b>'],
    [greeting, 'hello <b>all</b>'],
  ]);
  expect(pages.map((page) => page.stopped())).toEqual([null, null]);
});

test('the server that students are given serves the page, greets, and passes on', async () => {
  // Below the project, where Node finds the library ws.
  const cache = join(import.meta.dirname, '../../node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'lesson-'));
  writeFileSync(join(folder, serverFile.name), serverFile.content.replace('listen(3000,', 'listen(0,'));
  writeFileSync(join(folder, pageFile.name), repairedPage);
  const child = spawn(process.execPath, [join(folder, serverFile.name)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [said] = await once(child.stdout, 'data');
    const { href, host } = new URL(String(said).trim());
    const html = await (await fetch(href)).text();
    const pages = [1, 2].map(() => openPage(html, host, { WebSocket: browserSocket(host) }));
    const lines = () => pages.map((page) => page.lines());
    await expect.poll(lines).toEqual([[greeting], [greeting]]);
    pages[1]!.say('hello');
    await expect.poll(lines).toEqual([
      [greeting, 'hello'],
      [greeting, 'hello'],
    ]);
  } finally {
    child.kill();
    rmSync(folder, { recursive: true });
  }
});

test('a page reaches the server under any loopback name, and nobody else', () => {
  const Socket = browserSocket('127.0.0.1:9');
  for (const address of ['ws://localhost:3000', 'ws://127.0.0.1', 'http://[::1]:5/x', '/chat']) {
    const socket = new Socket(address);
    expect(new URL(socket.url).host, address).toBe('127.0.0.1:9');
    socket.close();
  }
  for (const address of ['ws://example.com', 'ws://10.0.0.1:9', '//evil.test/'])
    expect(() => new Socket(address), address).toThrow('is not the server of this exercise');
});

test('what a student may write instead: markup, a property, a module above its elements', () => {
  const typed = openPage(
    `<script type="module">
const list = document.querySelector('#list');
document.getElementById('send').onclick = () => {
  list.innerHTML += '<li>' + document.getElementById('input').value + '</li>';
};
</script><input id=input><button id='send'></button><ul id="list"></ul>`,
    'localhost',
    {},
  );
  typed.say('one');
  typed.say('two');
  expect([typed.stopped(), typed.lines()]).toEqual([null, ['one', 'two']]);
});

test('a script above its elements does not find them, as in a browser', () => {
  const page = openPage(
    `<script>\ndocument.getElementById('list').focus();</script><ul id="list"></ul>`,
    'x',
    {},
  );
  expect(page.stopped()).toMatchObject({ name: 'TypeError', line: 2 });
});

test('an error in a listener is kept, with its line', () => {
  const page = openPage(
    script("\ndocument.getElementById('send').addEventListener('click', () => { nope(); });"),
    'x',
    {},
  );
  expect(page.stopped()).toBeNull();
  page.say('x');
  expect(page.stopped()).toEqual({ name: 'ReferenceError', message: 'nope is not defined', line: 2 });
});

test('scripts, ids and what a page loads are read from its text; comments are not', () => {
  const page = readPage(`<!-- <script>no()</script> <p id="gone"> -->
<p id=one><script src="lib.js"></script>
<script type="text/template">no()</script>
<script>

yes()</script><p id='two'>`);
  expect(page).toEqual({
    ids: ['one', 'two'],
    loads: ['lib.js'],
    scripts: [{ code: '\n\nyes()', line: 3, isModule: false, ids: ['one'] }],
  });
});

const ages = (...values: number[]) => ({
  latency: { histogram: values.map((ms) => [ms * 1e6, ms * 1e6, 1]) } as never,
});

test('waits lie on a circle: just above nothing and just below the interval are neighbours', () => {
  expect(arcOfAges(ages(1, 2, 99, 98), 100e6)).toBe(4e6);
  expect(arcOfAges(ages(10, 10, 10), 100e6)).toBe(0);
  expect(arcOfAges(ages(...Array.from({ length: 20 }, (_, k) => 5 * k)), 100e6)).toBe(85e6);
  expect(arcOfAges({ latency: null }, 100e6)).toBeNull();
});

test('one accident in ten does not count', () => {
  expect(arcOfAges(ages(...Array(9).fill(10), 60), 100e6)).toBe(0);
});

test('POLL5: one wait in step, twenty of them 5 ms apart at 17/20', () => {
  expect(arcByLaw({ periodNs: 100e6, intervalNs: 100e6, messages: 20 })).toBe(0);
  expect(arcByLaw({ periodNs: 85e6, intervalNs: 100e6, messages: 20 })).toBeCloseTo(85e6);
});

test('a stall that nobody asked for makes the measurement noisy', async () => {
  const { signal } = new AbortController();
  const running = throughAStall({ rate: 50, windowMs: 600, stallMs: 100, signal });
  const blocking = setInterval(() => standStill(60), 150);
  expect((await running).verdict).toBe('noisy');
  clearInterval(blocking);
});

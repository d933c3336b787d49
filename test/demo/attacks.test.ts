/**
 * What a hostile page, a hostile neighbour or a hostile participant may try against the classroom page. Each attack is
 * first shown to succeed against a bare server, so that it is one.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Browser, Page } from 'playwright-core';
import { Server as SocketIo } from 'socket.io';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { laneNames, limits } from '../../src/classroom/page/control-talk.ts';
import { openBrowser } from '../support/browser.ts';
import { contextOf, openDemo, openPage } from './classroom.ts';

type Demo = Awaited<ReturnType<typeof openDemo>>;

let browser: Browser;
let demo: Demo;
let bare: Server;
let barePort: number;
let io: SocketIo;
beforeAll(async () => {
  // A foreign name that leads here: DNS rebinding, without a name server.
  browser = await openBrowser(['--host-resolver-rules=MAP evil.test 127.0.0.1']);
  demo = await openDemo();
  bare = createServer((request, response) => {
    const isStream = request.url?.includes('/events');
    response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'text/html' });
    response.write(isStream ? 'data: hello\n\n' : '<title>bare</title>');
    if (!isStream) response.end();
  });
  new WebSocketServer({ server: bare, path: '/ws' });
  bare.listen(0, '127.0.0.1');
  await once(bare, 'listening');
  barePort = (bare.address() as { port: number }).port;
  // On its own server: a WebSocketServer bound to a path refuses all other upgrades of its server.
  io = new SocketIo(0, { cors: { origin: 'http://nobody.example' } });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await demo[Symbol.asyncDispose]();
  await io.close();
  bare.closeAllConnections();
  bare.close();
});

/** Raw bytes in, all that comes out until the server closes or falls silent. */
async function raw(port: number, text: string, localAddress?: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', ...(localAddress && { localAddress }) }).on(
    'error',
    () => {},
  );
  let said = '';
  socket.on('data', (data) => {
    said += data.toString('latin1');
  });
  socket.write(text);
  // Waits in pieces: if this process stands still, it loses one piece and reads in the next what has come.
  const closed = once(socket, 'close').then(() => true);
  const piece = () => new Promise<false>((resolve) => setTimeout(() => resolve(false), 100));
  // A busy machine answers later, so the wait ends early only if something has come.
  const isEnough = (pieces: number) => pieces >= (said === '' ? 100 : 6);
  for (let pieces = 0; !isEnough(pieces) && !(await Promise.race([closed, piece()])); ) pieces++;
  socket.destroy();
  return said;
}

const ask = (
  port: number,
  target: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body = '',
  from?: string,
) => {
  const all = { host: `127.0.0.1:${port}`, connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return raw(port, `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`, from);
};
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

/** A page of another origin: the bare server's, in the same browser. */
async function foreignPage(): Promise<Page> {
  const context = await contextOf(browser);
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${barePort}/`);
  return page;
}

test('it listens on loopback alone, unless it is a classroom', async () => {
  const address = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  const reach = (host: string, port: number) =>
    new Promise<string>((resolve) => {
      const socket = connect(port, host, () => resolve('connected')).on('error', ({ message }) =>
        resolve(message),
      );
      socket.once('close', () => socket.destroy());
    });
  expect(await reach('127.0.0.1', demo.port)).toBe('connected');
  if (address) expect(await reach(address, demo.port)).toMatch(/ECONNREFUSED/);
});

test('DNS rebinding: a foreign name that leads here gets the bare server, and nothing from this one', async () => {
  const page = await (await contextOf(browser)).newPage();
  await page.goto(`http://evil.test:${barePort}/`);
  expect(await page.title()).toBe('bare');
  const answer = await page.goto(`http://evil.test:${demo.port}/`);
  expect(answer!.status()).toBe(403);
  const upgrade = {
    host: `evil.test:${demo.port}`,
    upgrade: 'websocket',
    connection: 'Upgrade',
    origin: `http://evil.test:${demo.port}`,
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  expect(statusOf(await ask(demo.port, '/control', upgrade))).toBe(403);
  await page.context().close();
});

test('another site: WebSocket, event stream, polling and POST reach the bare server, and not this one', async () => {
  const page = await foreignPage();
  const opens = (url: string) =>
    page.evaluate(
      `new Promise((done) => { const s = new WebSocket('${url}'); s.onopen = () => done(true); s.onclose = () => done(false); })`,
    );
  expect(await opens(`ws://127.0.0.1:${barePort}/ws`)).toBe(true);
  // What `cors` does not guard: a WebSocket to Socket.IO.
  const { port: ioPort } = io.httpServer.address() as { port: number };
  expect(await opens(`ws://127.0.0.1:${ioPort}/socket.io/?EIO=4&transport=websocket`)).toBe(true);
  for (const path of [
    '/control',
    '/race/ws/ws?client=x',
    '/chat/socket.io/socket.io/?EIO=4&transport=websocket&client=x',
  ])
    expect(await opens(`ws://127.0.0.1:${demo.port}${path}`), path).toBe(false);
  const before = demo.logged.length;
  // A request that CORS does not allow is sent all the same; only its response is kept from the page.
  const sends = (port: number, path: string, method: string) =>
    page.evaluate(
      `fetch('http://127.0.0.1:${port}${path}', { mode: 'no-cors', method: '${method}', body: ${method === 'POST' ? "'{}'" : 'undefined'} }).then(() => true, () => false)`,
    );
  expect(await sends(barePort, '/message', 'POST')).toBe(true);
  for (const [path, method] of [
    ['/chat/sse/message?client=x', 'POST'],
    ['/chat/polling/mailbox?client=x', 'GET'],
    ['/chat/sse/events?client=x', 'GET'],
    ['/join', 'POST'],
  ])
    await sends(demo.port, path!, method!);
  expect(demo.logged.slice(before)).toHaveLength(4);
  expect(demo.logged.slice(before).every((line) => /refused .*(Origin|Sec-Fetch-Site)/.test(line))).toBe(
    true,
  );
  await page.context().close();
});

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  'a\n\nevent: x\ndata: forged',
  '\u202e\u0000\u001b[31m red',
];

test('markup and forged events, said over every transport, stay text', async () => {
  // Without protection: text becomes markup, and a line end becomes an event.
  const naive = await foreignPage();
  const dialogs: string[] = [];
  naive.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await naive.evaluate(`document.body.innerHTML = ${JSON.stringify(hostile[1])}`);
  await expect.poll(() => dialogs).toEqual(['1']);
  await naive.context().close();

  const context = await contextOf(browser);
  const { page, wrong } = await openPage(context, demo.url);
  await page.locator('[data-view=chat]').click();
  for (const lane of laneNames) {
    await page.locator('#view-chat select[name=lane]').selectOption(lane);
    await expect.poll(() => page.locator('#view-chat .state').getAttribute('data-state')).toBe('open');
    // Line ends cannot be typed into a field, but a script of the page could send them.
    const texts = hostile.map((text, index) => `${lane} ${index} ${text}`);
    const said = page.locator(`.messages [data-via="${lane}"] > span`);
    for (const [index, text] of texts.entries()) {
      if (text.includes('\n') || text.includes('\0')) continue;
      await page.locator('input[name=text]').fill(text);
      await page.locator('input[name=text]').press('Enter');
      await said.filter({ hasText: `${lane} ${index} ` }).waitFor();
      await page.waitForTimeout(120);
    }
    const told = await said.allTextContents();
    expect(told.filter((text) => !texts.includes(text))).toEqual([]);
  }
  expect(wrong).toEqual([]);
  await context.close();
}, 60_000);

/** A participant without a page: the control says who it is, then it speaks as it likes. */
async function participant(port: number) {
  const origin = `http://127.0.0.1:${port}`;
  const control = new WebSocket(`ws://127.0.0.1:${port}/control`, { origin });
  const [first] = await once(control, 'message');
  const { client } = JSON.parse(String(first)) as { client: string };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/chat/ws/ws?client=${client}`, { origin });
  const heard: Record<string, unknown>[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Record<string, unknown>));
  await once(socket, 'open');
  const leave = () => {
    control.terminate();
    socket.terminate();
  };
  return { control, client, socket, heard, origin, leave };
}

const said = (text: string, more: Record<string, unknown> = {}) =>
  JSON.stringify({ name: 'me', text, key: 'k', ...more });

test('a forged event inside a message arrives as itself on an event stream', async () => {
  const own = await participant(demo.port);
  const text = 'a\n\nevent: x\ndata: forged\r\nid: 9';
  const stream = connect(demo.port, '127.0.0.1');
  stream.write(`GET /chat/sse/events?client=${own.client} HTTP/1.1\r\nHost: 127.0.0.1:${demo.port}\r\n\r\n`);
  await once(stream, 'data');
  own.socket.send(said(text));
  let body = '';
  while (!body.includes('"key"')) body += String((await once(stream, 'data'))[0]);
  // One event, of JSON, whose line ends are escapes.
  expect(body.match(/^data:/gm)).toHaveLength(1);
  expect(body).not.toMatch(/^event:|^id:/m);
  await expect.poll(() => own.heard.at(-1)?.text).toBe(text);
  stream.destroy();
  own.leave();
});

describe('flooding', () => {
  test('ten messages at once pass, the eleventh is refused, and others hear in time', async () => {
    const [own, other] = [await participant(demo.port), await participant(demo.port)];
    for (let count = 0; count < 11; count++) own.socket.send(said(`flood ${count}`));
    await expect
      .poll(() => own.heard.filter(({ refused }) => refused === 'too-fast').length)
      .toBeGreaterThanOrEqual(1);
    expect(other.heard.filter(({ text }) => String(text).startsWith('flood'))).toHaveLength(10);
    other.socket.send(said('unharmed'));
    await expect.poll(() => other.heard.some(({ text }) => text === 'unharmed')).toBe(true);
    own.leave();
    other.leave();
  });

  test('a message, a name and a text of the limit pass, one character more does not', async () => {
    const own = await participant(demo.port);
    const last = async (message: string) => {
      const before = own.heard.length;
      own.socket.send(message);
      await expect.poll(() => own.heard.length).toBe(before + 1);
      return own.heard.at(-1)!.refused ?? 'passed';
    };
    expect(await last(said('x', { name: 'n'.repeat(limits.name) }))).toBe('passed');
    expect(await last(said('x', { name: 'n'.repeat(limits.name + 1) }))).toBe('not-understood');
    expect(await last(said('t'.repeat(limits.text)))).toBe('passed');
    expect(await last(said('t'.repeat(limits.text + 1)))).toBe('not-understood');
    own.socket.send('x'.repeat(limits.messageBytes + 1));
    await once(own.socket, 'close');
    const headers = {
      origin: own.origin,
      'content-type': 'application/json',
      'content-length': String(limits.messageBytes + 1),
    };
    expect(statusOf(await ask(demo.port, `/chat/sse/message?client=${own.client}`, headers, 'POST'))).toBe(
      413,
    );
    own.leave();
  });

  test('a client may have twelve connections open, not thirteen', async () => {
    const own = await participant(demo.port);
    // The control and the chat are two of them.
    const streams = Array.from({ length: 11 }, (_, index) =>
      ask(demo.port, `/chat/sse/events?client=${own.client}.limit${index % 6}`),
    );
    const answers = await Promise.all(streams);
    expect(answers.filter((answer) => statusOf(answer) === 200)).toHaveLength(10);
    expect(answers.filter((answer) => statusOf(answer) === 429)).toHaveLength(1);
    own.leave();
  });

  test('the control is one of them: a page cannot open it twelve times more', async () => {
    const own = await participant(demo.port);
    const url = `ws://127.0.0.1:${demo.port}/control?client=${own.client}`;
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const socket = new WebSocket(url, { origin: own.origin });
        const outcome = await Promise.race([
          once(socket, 'open').then(() => 'open'),
          once(socket, 'unexpected-response').then(([, response]) => response.statusCode),
        ]);
        return { outcome, socket };
      }),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'open')).toHaveLength(10);
    expect(outcomes.filter(({ outcome }) => outcome === 429)).toHaveLength(2);
    for (const { socket } of outcomes) socket.on('error', () => {}).terminate();
    own.leave();
  });
});

test('a page is only the clients that it was named: it cannot be more by calling itself so', async () => {
  const own = await participant(demo.port);
  const statusAs = async (client: string, room = 'chat') =>
    statusOf(await ask(demo.port, `/${room}/polling/mailbox?client=${client}`));
  expect(await statusAs(own.client)).toBe(204);
  for (const name of ['.1', '.2', '.limit6', '.limit0x', '.', '.x1', '.limit0.limit0'])
    expect(await statusAs(`${own.client}${name}`), name).toBe(403);
  expect(await statusAs(`${own.client}.99`, 'race')).toBe(403);
  expect(await statusAs(`${own.client}.0`, 'race')).toBe(204);
  own.leave();
});

test('targets and queries that are nobody’s, in every lane: answered, and the page goes on', async () => {
  const own = await participant(demo.port);
  for (const lane of laneNames) {
    const base = `/chat/${lane}`;
    for (const target of [`//?client=${own.client}`, `/?client=${own.client}`, `//x?client=${own.client}`]) {
      const answered = statusOf(await ask(demo.port, base + target));
      expect(answered, base + target).toBeGreaterThanOrEqual(400);
      expect(answered, base + target).toBeLessThan(500);
    }
    // On a path that takes no upgrades, the client must get an answer at once.
    const upgrade = {
      origin: own.origin,
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    const socket = await ask(demo.port, `${base}/nowhere?client=${own.client}`, upgrade);
    if (lane !== 'socket.io') expect(statusOf(socket), lane).toBe(400);
    // To be explained on the page, byte by byte.
    await ask(demo.port, `${base}/mailbox?client=${own.client}&__proto__=1&toString=1&constructor=1`);
    // Counters come as well, and may come in the same piece: each message is looked at.
    const explained = new Promise<void>((resolve) =>
      own.control.on('message', (data) => JSON.parse(String(data)).type === 'wire' && resolve()),
    );
    own.control.send(JSON.stringify({ type: 'wire', room: 'chat', lane, language: 'en' }));
    await explained;
  }
  own.leave();
}, 30_000);

test('JSON that may be anything, over the sockets: refused or understood, never more; ids are the site’s', async () => {
  const own = await participant(demo.port);
  const forged = [
    said('who am I', { from: 1, id: 1, via: 'polling' }),
    ...['null', '[]', '{}', '"text"', '{"text":1}', '{"__proto__":{"name":"x"}}', '{', ''],
    said('x', { key: 'k'.repeat(limits.key + 1) }),
  ];
  for (const text of forged) {
    const before = own.heard.length;
    own.socket.send(text);
    await expect.poll(() => own.heard.length).toBe(before + 1);
    expect(own.heard.at(-1), text).toHaveProperty('refused');
    await new Promise((resolve) => setTimeout(resolve, 110));
  }
  own.control.send('{"type":"settings","settings":{"rttMs":1e9}}');
  own.control.send('{"type":"start","more":1}');
  own.socket.send(said('still here'));
  await expect
    .poll(() => own.heard.at(-1))
    .toMatchObject({ text: 'still here', via: 'ws', from: expect.any(Number) });
  own.leave();
}, 30_000);

test.each([
  '/../package.json',
  '/%2e%2e/package.json',
  '/..%2fpackage.json',
  '/classroom/page/../../package.json',
  '/classroom/page/%2e%2e/%2e%2e/package.json',
  '//etc/passwd',
  '/classroom/page//main.js',
  '/classroom/page/main.js%00.css',
  '\\..\\package.json',
  '/classroom/page/main.ts',
])('no path leads out of the map: %s', async (path) => {
  const status = statusOf(await ask(demo.port, path));
  expect([400, 404]).toContain(status);
});

test('only GET and HEAD read files', async () => {
  expect(statusOf(await ask(demo.port, '/', {}, 'HEAD'))).toBe(200);
  const own = { origin: `http://127.0.0.1:${demo.port}` };
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    expect(statusOf(await ask(demo.port, '/style.css', own, method)), method).toBe(405);
});

test('a classroom: without the code there is nothing but the door, and guessing is slow', async () => {
  const address = '127.0.0.1';
  const room = await openDemo({ isClassroom: true, host: address });
  const { code } = room.classroom!;
  const context = await contextOf(browser);
  const page = await context.newPage();
  await page.goto(`http://${address}:${room.port}/`);
  await page.locator('input[name=code]').fill('WRONG1');
  await page.locator('button[type=submit]').click();
  await page.locator('[role=alert]:not([hidden])').waitFor();
  expect(statusOf(await ask(room.port, '/classroom/page/main.js'))).toBe(401);
  const origin = `http://${address}:${room.port}`;
  const upgrade = {
    upgrade: 'websocket',
    connection: 'Upgrade',
    origin,
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  expect(statusOf(await ask(room.port, '/control', upgrade))).toBe(401);
  await page.locator('input[name=code]').fill(code);
  await page.locator('button[type=submit]').click();
  await page.locator('[data-view=race]').waitFor();
  await page.getByText('Your teacher starts the race').waitFor();
  const attempt = async (given: string, from?: string) => {
    const body = JSON.stringify({ code: given });
    const headers = { origin, 'content-type': 'application/json', 'content-length': String(body.length) };
    return statusOf(await ask(room.port, '/join', headers, 'POST', body, from));
  };
  // How many wrong ones are too many is told on a virtual clock in join.test.ts; the next seat has tries of its own
  // (all of 127.0.0.0/8 is this machine, on Linux alone).
  const answers = await Promise.all(Array.from({ length: 40 }, () => attempt('AAAAAA')));
  expect(new Set(answers)).toEqual(new Set([403]));
  if (process.platform === 'linux') expect(await attempt(code, '127.0.0.2')).toBe(204);
  if (process.platform === 'linux') {
    // One seat cannot take the places of the class: the sixty-first connection from it is reset, the next seat's is
    // not.
    const sockets = Array.from({ length: 61 }, () =>
      connect({ port: room.port, host: address, localAddress: '127.0.0.3' }).on('error', () => {}),
    );
    await expect.poll(() => sockets.filter(({ destroyed }) => destroyed).length).toBe(1);
    expect(await attempt(code, '127.0.0.4')).toBe(204);
    for (const socket of sockets) socket.destroy();
  }
  await context.close();
  await room[Symbol.asyncDispose]();
}, 30_000);

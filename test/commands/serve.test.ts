/** `rtcompare serve` through the built command: the servers run until they are interrupted, and do what it prints. */
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { rtcompare, start } from '../support/cli.ts';
import { listening } from '../support/inspected.ts';

/** Starts it, passes its output to `use`, and ends it. */
async function served(args: readonly string[], use: (said: string) => Promise<void> = async () => {}) {
  const { child, ended, until } = start(['serve', ...args]);
  let said = '';
  child.stdout?.on('data', (text: Buffer) => {
    said += text.toString();
  });
  try {
    await until(/Ctrl-C ends them/);
    await use(said);
  } finally {
    child.kill('SIGINT');
  }
  return ended;
}

test('a transport’s other name will do; a ticker speaks by itself', async () => {
  const { code } = await served(['eventsource', '--behaviour', 'ticker', '--rate', '50'], async (said) => {
    expect(said).toMatch(/^sse on 127\.0\.0\.1 port \d+$/m);
    const response = await fetch(/http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(said)![0]);
    let heard = '';
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      heard += piece;
      if (heard.split('data:').length > 2) break;
    }
  });
  expect(code).toBe(130);
});

test('without a name all of them listen, on ports that follow one another', async () => {
  // Below the system's ephemeral ports, so that tests which run at the same time have none of these.
  const first = 20_000 + (process.pid % 1000) * 10;
  const { code, stdout } = await served(['--port', String(first)]);
  expect(code).toBe(130);
  const ports = [...stdout.matchAll(/^\S+ on 127\.0\.0\.1 port (\d+)$/gm)].map(([, port]) => Number(port));
  expect(ports.length).toBeGreaterThan(5);
  expect(ports).toEqual(ports.map((_, index) => first + index));
});

test('a name that nobody has, and a port that is taken, are told with the remedy', async () => {
  const unknown = await rtcompare('serve', 'wss');
  expect([unknown.code, unknown.stdout]).toEqual([2, '']);
  expect(unknown.stderr).toMatch(/no server "wss"; did you mean ws\? Known: polling, /);
  const holder = createServer();
  const taken = await rtcompare('serve', 'ws', '--port', String(await listening(holder)));
  holder.close();
  expect([taken.code, taken.stdout]).toEqual([3, '']);
  expect(taken.stderr).toMatch(/port \d+ on 127\.0\.0\.1 is in use; choose another --port/);
  const nowhere = await rtcompare('serve', 'ws', '--host', '203.0.113.9');
  expect([nowhere.code, nowhere.stdout]).toEqual([3, '']);
  expect(nowhere.stderr).toMatch(/ws cannot listen on 203\.0\.113\.9: .*; choose another --host/);
  const beyond = await rtcompare('serve', '--port', '65533');
  expect([beyond.code, beyond.stdout]).toEqual([2, '']);
  expect(beyond.stderr).toMatch(/--port 65533: \d servers need a port each; use \d+ or less/);
});

test('--devtools prints five steps and serves the page of the first, in the reader’s language', async () => {
  const { code } = await served(['socketio', '--devtools'], async (said) => {
    expect(said).toMatch(/^socket\.io: the same bytes in the DevTools of a browser$/m);
    expect([...said.matchAll(/^(\d)\. /gm)].map(([, step]) => step)).toEqual(['1', '2', '3', '4', '5']);
    expect(Math.max(...said.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)![0];
    const page = await fetch(url);
    expect([page.status, page.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringContaining("default-src 'none'"),
    ]);
    expect(await page.text()).toContain('/classroom/page/devtools/devtools-page.js');
    // The measured server is behind the same address; another site's page is not let in.
    expect((await fetch(`${url}socket.io/?EIO=4&transport=polling`)).status).toBe(200);
    const foreign = { headers: { origin: 'http://elsewhere.test' } };
    expect((await fetch(`${url}socket.io/?EIO=4&transport=polling`, foreign)).status).toBe(403);
  });
  expect(code).toBe(130);
});

test('--devtools shows one transport that a page can speak, to browsers of this machine', async () => {
  const refused = async (...args: string[]) => {
    const { code, stdout, stderr } = await rtcompare('serve', ...args);
    expect([code, stdout]).toEqual([2, '']);
    return stderr;
  };
  const [none, tcp, host] = await Promise.all([
    refused('--devtools'),
    refused('tcp', '--devtools', '--lang', 'ko'),
    refused('ws', '--devtools', '--host', '127.0.0.2'),
  ]);
  expect(none).toMatch(/shows one transport; say which, such as `.* serve ws --devtools`/);
  expect(tcp).toMatch(/"tcp" 방식을 쓰지 않습니다\. .*: polling, long-polling, sse, ws, socket\.io/);
  expect(host).toMatch(/--host does nothing here: leave --host out/);
});

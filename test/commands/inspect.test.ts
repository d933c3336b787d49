/** `rtcompare inspect`, as it is run: its streams, its exit codes, its files. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asUrl } from '../../src/commands/inspecting/inspecting.ts';
import { inspectionSchema } from '../../src/document/inspection.ts';
import { pcapngBlocks } from '../support/captures.ts';
import { cliFile, rtcompare, start } from '../support/cli.ts';
import { listening } from '../support/inspected.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtcompare-inspect-'));
const application = createServer((asked, response) => response.end(`you asked for ${asked.url}`));
let target = '';
beforeAll(async () => {
  target = `http://127.0.0.1:${await listening(application)}`;
});
afterAll(() => {
  application.close();
  application.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

async function read(url: string, agent: Agent): Promise<string> {
  const [response] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
  return Buffer.concat(await response.toArray()).toString();
}

/** Uses the application through the relay of a command that runs, then lets it end. */
async function used(args: readonly string[], signal: NodeJS.Signals = 'SIGINT') {
  const { child, ended, until } = start(['inspect', `${target}/start`, ...args], { cwd: folder });
  let said = '';
  child.stderr?.on('data', (text: Buffer) => {
    said += text.toString();
  });
  await until(/127\.0\.0\.1:\d+\/start (instead|대신)|여기로 여십시오/);
  const here = /http:\/\/127\.0\.0\.1:\d+\/start/g;
  const address = said.match(here)!.find((one) => one !== `${target}/start`)!;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (const path of ['', '?again'])
    expect(await read(address + path, agent)).toBe(`you asked for /start${path}`);
  agent.destroy();
  child.kill(signal);
  return ended;
}

test('Ctrl-C ends it with 130 and a table on stdout; the address and the news are on stderr', async () => {
  const { code, stdout, stderr } = await used(['--lang', 'en']);
  expect(code).toBe(130);
  expect(stdout).toMatch(/^Inspected: http:\/\/127\.0\.0\.1:\d+\/start\n/);
  expect(stdout).toMatch(/connections 1, requests 2, messages 0 up and 2 down/);
  expect(stdout).toMatch(/Balanced: each of the \d+ B relayed has one owner/);
  expect(stderr).toMatch(
    /^open http:\/\/127\.0\.0\.1:\d+\/start instead of http:\/\/127\.0\.0\.1:\d+\/start\n/,
  );
  expect(stderr).toMatch(/#1 closed after .* HTTP \/start, requests 2, messages 0 up and 2 down/);
  expect(stdout + stderr).not.toContain('\u001b');
});

test('TERM ends it with 143; --json prints one document that its schema knows', async () => {
  const { code, stdout } = await used(['--json'], 'SIGTERM');
  expect(code).toBe(143);
  const seen = inspectionSchema.strict().parse(JSON.parse(stdout));
  expect(seen).toMatchObject({ kind: 'inspection', target: `${target}/start`, requests: 2, connections: 1 });
  expect(seen.exchanges).toMatchObject([{ kind: 'GET /start 200', count: 2 }]);
});

const files = ['--pcap', 'app.pcap', '--report', 'json,md,html,csv', '--out', 'out'];

test('--duration ends it with 0, with every file; where nobody came there are no packets to keep', async () => {
  const asked = ['inspect', target, '--duration', '1ms', '--lang', 'en', ...files, '--pcap', 'new/app.pcap'];
  const { code, stderr } = await start(asked, { cwd: folder }).ended;
  expect(code, stderr).toBe(0);
  expect(stderr).toMatch(/^rtcompare: nobody sent anything, so new\/app\.pcap was not written$/m);
  expect(readdirSync(folder).sort()).toEqual(['out']);
  const endings = ['csv', 'html', 'json', 'md'].map((ending) => `rtcompare-inspection.${ending}`);
  expect(readdirSync(join(folder, 'out')).sort()).toEqual(endings);
});

test('an application that cannot be reached leaves no folder behind', async () => {
  const asked = ['inspect', 'http://127.0.0.1:1', '--report', 'md', '--out', 'a/b', '--pcap', 'c/x.pcap'];
  const { code } = await start(asked, { cwd: folder }).ended;
  expect(code).toBe(3);
  expect(readdirSync(folder).filter((name) => ['a', 'c'].includes(name))).toEqual([]);
});

test('every file is whole when it ends', async () => {
  const { code, stderr } = await used([...files, '--lang', 'ko']);
  expect(code, stderr).toBe(130);
  const report = (ending: string) =>
    readFileSync(join(folder, 'out', `rtcompare-inspection.${ending}`), 'utf8');
  const { wire } = inspectionSchema.parse(JSON.parse(report('json')));
  expect(report('html')).toContain('<html lang="ko">');
  expect(report('csv').split('\r\n')).toContain(`1,http,/start,wire.down,${wire.down},B`);
  expect(report('md')).toContain('바이트 합계 일치');
  // As much payload as was relayed.
  const payload = pcapngBlocks(readFileSync(join(folder, 'app.pcap')))
    .filter(({ type }) => type === 6)
    .reduce((sum, { body }) => sum + body.readUInt32LE(12) - 40, 0);
  expect(payload).toBe(wire.socketBytes);
  expect(readdirSync(folder).sort()).toEqual(['app.pcap', 'out']);
});

test('--quiet says nothing but the address', async () => {
  const { stderr } = await used(['--quiet']);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test.each([
  [['http://127.0.0.1:1', '--keylog', 'keys.log'], 2, /--keylog does nothing here: .* without TLS/],
  [['https://127.0.0.1:1', '--keylog', '/nowhere/keys.log'], 2, /there is no such folder/],
  [['https://127.0.0.1:1', '--keylog', '/'], 2, /cannot read \/: it is a folder/],
  [['https://127.0.0.1:1', '--keylog', '/dev/null'], 2, /no file that can grow/],
  [['nowhere'], 2, /write one such as http:\/\/127\.0\.0\.1:3000/],
  [[], 2, /missing required argument 'url'/],
  [
    ['http://127.0.0.1:1'],
    3,
    /cannot reach http:\/\/127\.0\.0\.1:1: nothing listens on port 1; start the application first/,
  ],
  [
    ['http://127.0.0.1:1', '--start', 'no-such-server --port 1'],
    3,
    /--start: there is no program `no-such-server`; check its spelling, or write its path/,
  ],
  [['http://127.0.0.1:1', '--report', 'junit'], 2, /unknown format "junit". Known: json, md, html, csv/],
  [['http://127.0.0.1:1', '--duration', '3'], 2, /Write a duration with its unit/],
  [['http://127.0.0.1:1', '--pcap', '/dev/null/app.pcap'], 3, /cannot write \/dev\/null/],
] as const)('inspect %s ends with %i in one clear line', async (args, wanted, why) => {
  const { code, stdout, stderr } = await rtcompare('inspect', ...args);
  expect(code).toBe(wanted);
  expect(stderr).toMatch(why);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stdout).toBe('');
});

test('a port that is taken is told with its remedy, and leaves no file behind', async () => {
  const taken = createTcpServer();
  const port = await listening(taken);
  const { code, stderr } = await rtcompare(
    'inspect',
    target,
    '--port',
    String(port),
    '--pcap',
    join(folder, 'x.pcap'),
  );
  taken.close();
  expect(code).toBe(3);
  expect(stderr).toMatch(
    new RegExp(`cannot listen on 127\\.0\\.0\\.1 port ${port}: .*; choose another --port`),
  );
  expect(readdirSync(folder).filter((name) => name.startsWith('x.pcap'))).toEqual([]);
  expect(existsSync(join(folder, 'x.pcap'))).toBe(false);
});

test('what people type for a URL is taken for one', () => {
  expect(asUrl('localhost:3000')).toBe('http://localhost:3000');
  expect(asUrl('127.0.0.1:3000/chat?room=1')).toBe('http://127.0.0.1:3000/chat?room=1');
  expect(asUrl('[::1]:3000')).toBe('http://[::1]:3000');
  expect(asUrl('3000')).toBe('http://127.0.0.1:3000');
  for (const whole of ['http://localhost:3000', 'ws://127.0.0.1:1/x', 'nowhere', 'mailto:somebody'])
    expect(asUrl(whole)).toBe(whole);
});

test('npm passes no signal on: where it is gone the inspection ends by itself, and its document is whole', async () => {
  const file = join(folder, 'orphan.json');
  const args = [cliFile, 'inspect', target, '--json', '--quiet'];
  // Stands for npm: starts the command, and is killed.
  const parent = spawn(
    process.execPath,
    [
      '-e',
      `const out = require('node:fs').openSync(${JSON.stringify(file)}, 'w');
       const { pid } = require('node:child_process').spawn(process.execPath, ${JSON.stringify(args)}, { stdio: ['ignore', out, 2] });
       console.log(pid);
       setInterval(() => {}, 1000);`,
    ],
    { env: { ...process.env, npm_command: 'exec', RTCOMPARE_LANG: 'en' } },
  );
  const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
  let said = '';
  parent.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  await expect.poll(() => said).toMatch(/^open http:\S+/);
  const [, here = ''] = /^open (http:\S+)/.exec(said)!;
  expect(await read(here, new Agent())).toBe('you asked for /');
  parent.kill('SIGKILL');
  await expect.poll(() => readFileSync(file, 'utf8')).toMatch(/\}\n$/);
  expect(inspectionSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).requests).toBe(1);
  await expect.poll(() => isThere(Number(String(pid)))).toBe(false);
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

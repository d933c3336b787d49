/**
 * Real proxies as hops: those of npm always, nginx and HAProxy where they are installed. What is measured behind them,
 * that both sides balance, and that nothing of them is left, whichever process is killed.
 */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { readBetween } from '../../src/network/between.ts';
import { findProxy, lookForProxy } from '../../src/network/proxies/found-proxy.ts';
import { realProxies, realProxyByName } from '../../src/network/proxies/index.ts';
import type { ProgramProxy } from '../../src/network/proxies/proxy.ts';
import { startProxy } from '../../src/network/proxies/proxy-process.ts';
import { ProxyRefused, startProgram } from '../../src/network/proxies/started-program.ts';
import { behind, isThere, versionOf, where } from '../support/behind.ts';
import { start } from '../support/cli.ts';
import { listening } from '../support/inspected.ts';
import { childrenOf, isGone } from '../support/processes.ts';

const host = '127.0.0.1';
const scratch = mkdtempSync(join(tmpdir(), 'rtcompare-real-proxies-'));
// A program that root starts runs as the user `nobody`, who has to be able to enter.
chmodSync(scratch, 0o755);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

for (const proxy of ['http-proxy-3', 'nginx:stock', 'haproxy:stock']) {
  const { skip, word } = where(proxy);
  test
    .skipIf(skip)
    .concurrent(
      `behind ${proxy} an event stream is measured, and both sides balance to the byte${word}`,
      async () => {
        const { predictions, farSide } = await behind(proxy, 'sse');
        // Bytes that the proxy wrote break no law.
        expect(predictions.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
        if (proxy === 'haproxy:stock')
          expect(farSide!.changes).toContainEqual(
            expect.objectContaining({ message: 'response', change: 'renamed', near: 'date', far: 'Date' }),
          );
        if (proxy !== 'nginx:stock' || isNewNginx()) return;
        expect(farSide!.connections).toBe(farSide!.requests);
        expect(farSide!.changes).toContainEqual({
          exchange: 'GET /events 200',
          message: 'request',
          change: 'version',
          name: 'version',
          near: 'HTTP/1.1',
          far: 'HTTP/1.0',
        });
      },
    );
}

/** From 1.29.7 on it is said to speak HTTP/1.1 with keep-alive to the server. */
const isNewNginx = () => versionOf('nginx') >= 1.029;

for (const proxy of ['httpxy:websocket', 'haproxy:stock']) {
  const { skip, word } = where(proxy);
  test.skipIf(skip).concurrent(`behind ${proxy} a WebSocket passes, frame by frame${word}`, async () => {
    const { wire, farSide } = await behind(proxy, 'ws');
    const frames = (layers: readonly { layer: string; bytes: number }[]) =>
      layers.filter(({ layer }) => layer === 'websocket').reduce((sum, { bytes }) => sum + bytes, 0);
    expect(frames(wire.layers)).toBeGreaterThan(0);
    expect(frames(farSide!.layers)).toBe(frames(wire.layers));
  });
}

test('one list, emulated and real, from the clients outwards', () => {
  const { middleboxes, proxies } = readBetween('idle-timeout=5s,httpxy:websocket,no-upgrade,buffering');
  expect(middleboxes).toEqual({ idleTimeoutMs: 5000 });
  expect(proxies).toMatchObject([
    { proxy: { name: 'httpxy', flavour: 'websocket' } },
    { boxes: { stripUpgrade: true, buffering: true } },
  ]);
  expect(readBetween('none')).toEqual({ middleboxes: {}, proxies: [] });
});

const listenHere = '$' + '{LISTEN}';

test.each([
  ['httpyx', undefined, /^--proxy: nothing is called "httpyx"; did you mean httpxy\?/],
  ['httpxy:fast', undefined, /^--proxy: httpxy has no configuration "fast"; there is stock, websocket$/],
  ['httpxy', `${listenHere} \${UPSTREAM}`, /^--proxy-config is the configuration of one program/],
  ['nginx', `listen ${listenHere};`, /^--proxy-config: the file has no \$\{UPSTREAM\}/],
])('--proxy %s with the configuration %s: one line', (typed, own, line) => {
  expect(() => readBetween(typed, own)).toThrow(line);
});

test('what is not installed says what to install', () => {
  const absent = { ...realProxyByName('nginx')!, program: 'rtcompare-has-no-such-program' } as ProgramProxy;
  expect(lookForProxy(absent)).toBe(undefined);
  expect(() => findProxy(absent)).toThrow(/^nginx is not installed here: install the package nginx/);
});

test.skipIf(process.platform === 'win32')('the first along PATH is taken, before those of the system', () => {
  const own = mkdtempSync(join(scratch, 'path-'));
  writeFileSync(join(own, 'nginx'), '#!/bin/sh\necho "nginx version: nginx/9.8.7" >&2\n', { mode: 0o755 });
  vi.stubEnv('PATH', `${own}:${process.env.PATH}`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(own, { recursive: true });
  });
  expect(findProxy(realProxyByName('nginx')!).version).toBe('9.8.7');
});

test('every proxy has a file of its own, a package, and at least one configuration', () => {
  expect(new Set(realProxies.map(({ name }) => name)).size).toBe(realProxies.length);
  for (const { flavours } of realProxies) expect(Object.keys(flavours).length).toBeGreaterThan(0);
});

/** A proxy made of Node: what it does when it is started. */
const acting = (run: (port: number) => string, check?: string): ProgramProxy => ({
  kind: 'program',
  name: 'node',
  package: 'node',
  program: process.execPath,
  version: ['-v'],
  file: 'node.conf',
  flavours: { stock: () => 'nothing' },
  ...(check !== undefined && { check: () => ['-e', check] }),
  run: (_, { listen }) => ['-e', run(listen.port)],
  reload: 'SIGHUP',
});
const listen = (port: number) => `require('net').createServer().listen(${port}, '127.0.0.1')`;
const started = (proxy: ProgramProxy) =>
  startProgram(
    { proxy, path: process.execPath, flavour: 'stock', host, upstream: { host, port: 1 } },
    () => {},
  );

test('a configuration that is refused is told in the proxy’s own words, and nothing is left', async () => {
  // Other tests start proxies at the same time, in the usual folder.
  const own = mkdtempSync(join(scratch, 'refused-'));
  chmodSync(own, 0o755);
  vi.stubEnv('TMPDIR', own);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(own, { recursive: true });
  });
  const checked = started(acting(listen, 'console.error("unknown directive in line 3"); process.exit(1)'));
  await expect(checked).rejects.toThrow(new ProxyRefused('unknown directive in line 3'));
  const dying = started(acting(() => 'console.error("no such module"); process.exit(1)'));
  await expect(dying).rejects.toThrow(/no such module/);
  expect(readdirSync(own)).toEqual([]);
});

test('a port that was taken meanwhile: another one is tried', async () => {
  let starts = 0;
  const proxy = acting((port) =>
    ++starts === 1 ? 'console.error("bind() failed: Address already in use"); process.exit(1)' : listen(port),
  );
  const program = await started(proxy);
  expect(starts).toBe(2);
  await program.stop();
  expect(existsSync(program.folder)).toBe(false);
  expect(isGone(program.pid)).toBe(true);
});

const refuses = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });

test('a keeper that is killed takes its proxy with it', async () => {
  const name = isThere('haproxy') ? 'haproxy' : 'httpxy';
  const proxy = realProxyByName(name)!;
  const found = findProxy(proxy);
  const web = createServer((_, response) => response.end('hello'));
  const upstream = { host, port: await listening(web) };
  const chosen = { name, flavour: 'stock', own: undefined, kind: proxy.kind, ...found };
  const running = await startProxy(chosen, host, upstream);
  const { port } = running.endpoint;
  expect(await (await fetch(`http://${host}:${port}/`)).text()).toBe('hello');
  process.kill(running.pid, 'SIGKILL');
  await expect.poll(() => running.gone.aborted).toBe(true);
  expect(String(running.gone.reason)).toMatch(/proxy-gone: the \w+ proxy process ended \(SIGKILL\)/);
  await expect.poll(() => refuses(port)).toBe(true);
  await running[Symbol.asyncDispose]();
  web.close();
});

/** All descendants of this process. */
const descendants = (pid: number): number[] =>
  childrenOf(pid).flatMap((child) => [child, ...descendants(child)]);

test.skipIf(process.platform !== 'linux').each(['SIGKILL', 'SIGINT'] as const)(
  'a run that gets %s leaves no proxy process and no folder',
  async (signal) => {
    const proxy = isThere('nginx') ? 'nginx:stock' : 'httpxy';
    const asked = ['run', '--transport', 'http', '--scenario', 'echo', '--proxy', proxy];
    const long = ['--messages', '400', '--rate', '50', '--clients', '1'];
    const run = start([...asked, ...long], { env: { TMPDIR: scratch } });
    const all = () => descendants(run.child.pid!);
    const commandOf = (pid: number) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      } catch {
        return '';
      }
    };
    // A program also has a folder; a library runs in the child process itself.
    const kept = proxy === 'httpxy' ? /proxy-host/ : /nginx.*nginx\.conf/;
    const isProxied = () => run.child.exitCode !== null || all().some((pid) => kept.test(commandOf(pid)));
    await expect.poll(isProxied).toBe(true);
    if (run.child.exitCode !== null) expect((await run.ended).stderr).toBe('');
    const pids = all();
    run.child.kill(signal);
    const { code } = await run.ended;
    if (signal === 'SIGINT') expect(code).toBe(130);
    await expect.poll(() => pids.filter((pid) => !isGone(pid))).toEqual([]);
    await expect.poll(() => readdirSync(scratch)).toEqual([]);
  },
);

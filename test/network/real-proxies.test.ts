/**
 * Real proxies as hops: those of npm always, nginx and HAProxy where they are installed. What is measured behind them, that
 * both sides balance, and that nothing of them is left, whoever is killed.
 */
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import { readBetween } from '../../src/network/between.ts';
import { findProxy, lookForProxy } from '../../src/network/proxies/found-proxy.ts';
import { realProxies, realProxyByName } from '../../src/network/proxies/index.ts';
import type { ProgramProxy } from '../../src/network/proxies/proxy.ts';
import { startProxy } from '../../src/network/proxies/proxy-process.ts';
import { ProxyRefused, startProgram } from '../../src/network/proxies/started-program.ts';
import { behaviours } from '../../src/servers/behaviours.ts';
import { serverOf } from '../../src/servers/index.ts';
import { serveHere } from '../../src/target/here.ts';
import { measure, serverOptions } from '../../src/trial/measure.ts';
import { echo } from '../../src/trial/scenarios/echo.ts';
import { start } from '../support/cli.ts';
import { listening } from '../support/inspected.ts';
import { trialPlan } from '../support/plans.ts';
import { childrenOf, isGone } from '../support/processes.ts';

const host = '127.0.0.1';
const scratch = mkdtempSync(join(tmpdir(), 'rtcompare-real-proxies-'));
// What root starts runs as nobody, who has to get in.
chmodSync(scratch, 0o755);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const isThere = (one: string) => lookForProxy(realProxyByName(one.split(':')[0]!)!) !== undefined;
/** What this machine lacks is skipped, and says so. */
const where = (one: string) => ({ skip: !isThere(one), word: isThere(one) ? '' : ' (not installed here)' });

/** What a trial behind it came to; both sides were weighed. */
async function behind(proxy: string, transport: string) {
  const load = { clients: 2, messages: 4, warmup: 1, rate: 50 };
  const plan = { ...trialPlan(transport, { scenario: echo, load }), ...readBetween(proxy) };
  const server = await serverOf(plan.transport.server);
  const target = await serveHere(server, behaviours.echo!(realClock), serverOptions(plan), true);
  const trial = await measure(plan, target);
  expect(trial.notes.filter(({ kind }) => kind === 'unbalanced' || kind === 'unparsed')).toEqual([]);
  expect(trial.wire.up + trial.wire.down).toBe(trial.wire.socketBytes);
  const far = trial.farSide!;
  expect(far.proxies).toBe(proxy.split(':')[0]);
  expect(far.up + far.down).toBe(far.socketBytes);
  expect(far.layers.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(far.socketBytes);
  expect(far.requests).toBeGreaterThan(0);
  expect(trial.delivery.delivered).toBe(8);
  return trial;
}

for (const proxy of ['http-proxy-3', 'nginx:stock', 'haproxy:stock']) {
  const { skip, word } = where(proxy);
  test
    .skipIf(skip)
    .concurrent(
      `behind ${proxy} an event stream is measured, and both sides balance to the byte${word}`,
      async () => {
        const { predictions, farSide } = await behind(proxy, 'sse');
        // No law is broken by bytes that somebody else wrote.
        expect(predictions.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
        if (proxy === 'haproxy:stock')
          expect(farSide!.changes).toContainEqual(
            expect.objectContaining({ message: 'response', change: 'renamed', near: 'date', far: 'Date' }),
          );
        if (proxy !== 'nginx:stock' || isNewNginx()) return;
        expect(farSide!.connections).toBe(farSide!.requests);
        expect(farSide!.changes).toContainEqual({
          ...{ exchange: 'GET /events 200', message: 'request', change: 'version', name: 'version' },
          ...{ near: 'HTTP/1.1', far: 'HTTP/1.0' },
        });
      },
    );
}

/** From 1.29.7 on it is said to speak HTTP/1.1 with keep-alive to the server. */
function isNewNginx(): boolean {
  const [major = 0, minor = 0] = findProxy(realProxyByName('nginx')!).version.split('.').map(Number);
  return major > 1 || minor >= 29;
}

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
    { boxes: { noUpgrade: true, buffering: true } },
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

test('every proxy has a file of its own, a package, and at least one configuration', () => {
  expect(new Set(realProxies.map(({ name }) => name)).size).toBe(realProxies.length);
  for (const { flavours } of realProxies) expect(Object.keys(flavours).length).toBeGreaterThan(0);
});

/** A proxy made of Node: what it does when it is started. */
const acting = (run: (port: number) => string, check?: string): ProgramProxy => ({
  ...{ kind: 'program', name: 'node', package: 'node', program: process.execPath, version: ['-v'] },
  file: 'node.conf',
  flavours: { stock: () => 'nothing' },
  ...(check !== undefined && { check: () => ['-e', check] }),
  run: (_, { listen }) => ['-e', run(listen.port)],
  reload: 'SIGHUP',
});
const listen = (port: number) => `require('net').createServer().listen(${port}, '127.0.0.1')`;
const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('rtcompare-proxy-'));
const started = (proxy: ProgramProxy) =>
  startProgram(
    { proxy, path: process.execPath, flavour: 'stock', host, upstream: { host, port: 1 } },
    () => {},
  );

test('a configuration that is refused is told in the proxy’s own words, and nothing is left', async () => {
  const before = folders();
  const checked = started(acting(listen, 'console.error("unknown directive in line 3"); process.exit(1)'));
  await expect(checked).rejects.toThrow(new ProxyRefused('unknown directive in line 3'));
  const dying = started(acting(() => 'console.error("no such module"); process.exit(1)'));
  await expect(dying).rejects.toThrow(/no such module/);
  expect(folders().filter((name) => !before.includes(name))).toEqual([]);
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

/** Everything that this process has started, and what that has. */
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
    // A program of its own has a folder, too; a library runs in its keeper.
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

/**
 * Pages of a real browser as clients: their books balance against the relay, their heads are those of their engine to
 * the byte, laws hold in them, and nothing of a browser is left, whichever process is killed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { certificateFor } from '../../src/base/certificate.ts';
import { type Browser, startBrowser } from '../../src/browsers/browser.ts';
import type { ChosenBrowser } from '../../src/browsers/engine.ts';
import { engines } from '../../src/browsers/engines/index.ts';
import { findBrowser } from '../../src/browsers/found-browser.ts';
import type { Trial } from '../../src/document/report.ts';
import { weighingSchema } from '../../src/document/weighing.ts';
import { compareWeighings } from '../../src/gate/gate.ts';
import { weighPages } from '../../src/gate/page-weights.ts';
import { echo } from '../../src/trial/scenarios/echo.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { chromiumPath } from '../support/browser.ts';
import { start } from '../support/cli.ts';
import { headsOf, spokenBy } from '../support/engines.ts';
import { childrenOf, isGone } from '../support/processes.ts';

const host = '127.0.0.1';
let browser: ChosenBrowser;
let running: Browser;

beforeAll(async () => {
  browser = await findBrowser(engines.chromium, await chromiumPath());
  running = await startBrowser(browser, host, await certificateFor('ecdsa', host));
});
afterAll(async () => {
  await running[Symbol.asyncDispose]();
  expect(existsSync(running.folder)).toBe(false);
});

const spoken = (...asked: Parameters<typeof spokenBy> extends [unknown, ...infer Rest] ? Rest : never) =>
  spokenBy(running, ...asked);

/** Fields that depend on the address and the version, not on the engine. */
const fieldsOf = (trial: Trial, kind: string) =>
  Object.fromEntries(
    headsOf(trial as Trial)
      .get(kind as 'GET')!
      .fields.map(({ name, bytes }) => [name, bytes]),
  );

/** The figures are those of headless Chromium 147; the browser named for a test run may be another. */
const isKnown = () => browser.version.startsWith('147.');

test('each transport is spoken by a page, and every byte of it has an owner', async () => {
  const trials = [];
  for (const transport of ['polling', 'sse', 'socket.io', 'http']) trials.push(await spoken(transport, echo));
  const [polling, sse, socketIo] = trials as [Trial, Trial, Trial];
  expect(sse.browser).toMatchObject({ engine: 'chromium', version: browser.version, isIsolated: true });
  expect(sse.browser!.clockErrorMs).toBeGreaterThan(0);
  expect(sse.resources.client).toBeNull();
  expect(socketIo.exchanges.filter(({ kind }) => kind.endsWith(' 101'))).toHaveLength(1);
  if (!isKnown()) return;
  expect(fieldsOf(polling, 'GET')).toEqual({
    'request-line': 35,
    host: 23,
    connection: 24,
    'sec-ch-ua-platform': 29,
    'user-agent': 126,
    'sec-ch-ua': 78,
    'sec-ch-ua-mobile': 22,
    accept: 13,
    'sec-fetch-site': 29,
    'sec-fetch-mode': 22,
    'sec-fetch-dest': 23,
    referer: 34,
    'accept-encoding': 42,
    'accept-language': 27,
    'blank-line': 2,
  });
  expect(headsOf(sse).get('EventSource')!.bytes).toBe(567);
  // Its length has two digits, whose message is of 20 B.
  expect(headsOf(sse).get('POST')!.bytes).toBe(623);
});

test('a WebSocket joins the connection of HTTP/2 of its page, and a poll obeys its law', async () => {
  const ws = await spoken('ws', echo, 'h2');
  expect(ws.connections).toBe(1);
  expect(ws.fields.some(({ layer }) => layer === 'websocket')).toBe(true);
  expect(ws.exchanges.map(({ kind }) => kind)).toContain('GET / 426');
  const polling = await spoken('polling', push, 'http', { messages: 12, pollIntervalMs: 100, rate: 40 });
  const [law] = polling.predictions.filter(({ law }) => law === 'POLL1');
  expect(law).toMatchObject({ predicted: 50 });
  expect(law!.verdict).not.toBe('differs');
});

test('the gate weighs a page to the byte, and names another version as what changed', async () => {
  const file = new URL('../../reports/baseline-chromium.json', import.meta.url);
  const kept = weighingSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const weighing = await weighPages(running, () => {}, ['ws']);
  const known = { ...kept, transports: kept.transports.filter(({ transport }) => transport === 'ws') };
  if (isKnown()) expect(compareWeighings(known, weighing).findings).toEqual([]);
  const dependencies = { ...known.environment.dependencies, chromium: '1.0' };
  const other = { ...known, environment: { ...known.environment, dependencies } };
  expect(compareWeighings(other, weighing).environment).toContain(`chromium 1.0 → ${browser.version}`);
});

test('nothing of a browser is left where its keeper is killed', async () => {
  const one = await startBrowser(browser, host, null);
  expect(existsSync(one.folder)).toBe(true);
  process.kill(one.pid, 'SIGKILL');
  await expect.poll(() => one.gone.aborted && isGone(one.group) && !existsSync(one.folder)).toBe(true);
  expect(String(one.gone.reason)).toContain('browser-gone');
  await one[Symbol.asyncDispose]();
});

test('nothing of a browser is left where the command is killed', async () => {
  const args = ['run', '--transport', 'ws', '--scenario', 'echo', '--browser', 'chromium'];
  const one = start([...args, '--messages', '1000', '--rate', '10'], {
    env: { RTCOMPARE_CHROMIUM: await chromiumPath() },
  });
  await one.until(/echo: ws/);
  const keeper = () => childrenOf(one.child.pid!).flatMap(childrenOf);
  await expect.poll(() => keeper().length).toBeGreaterThan(0);
  const pids = [...childrenOf(one.child.pid!), ...keeper()];
  const lines = keeper().map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  const [, profile = ''] = /--user-data-dir=([^\0]+)/.exec(lines.join('\0')) ?? [];
  expect(existsSync(profile)).toBe(true);
  one.child.kill('SIGKILL');
  await one.ended;
  await expect.poll(() => pids.every(isGone) && !existsSync(dirname(profile))).toBe(true);
});

test('what a page cannot do is a row with its reason, and a missing browser is told with its remedy', async () => {
  const env = { RTCOMPARE_CHROMIUM: '/nowhere/chromium' };
  const missing = await start(['run', '--transport', 'ws', '--browser', 'chromium'], { env }).ended;
  expect(missing.code).toBe(3);
  expect(missing.stderr).toContain('RTCOMPARE_CHROMIUM names /nowhere/chromium, which does not start');
  const own = await start(['run', '--transport', 'ws', '--browser', 'chromium', '--headers', 'node']).ended;
  expect(own.code).toBe(2);
  expect(own.stderr).toContain('--headers does not go with --browser');
});

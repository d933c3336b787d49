/**
 * Firefox, Bun and Deno as clients, where this machine has them: books balance against the relay, heads are those of
 * the version to the byte, ages are told by one clock, what one cannot do is a row, and nothing is left when it ends.
 */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificateFor } from '../../src/base/certificate.ts';
import { type Browser, startBrowser } from '../../src/browsers/browser.ts';
import type { EngineName } from '../../src/browsers/engine.ts';
import type { RequestKind } from '../../src/document/browser-side.ts';
import type { Trial } from '../../src/document/report.ts';
import { runtimes } from '../../src/document/speakers.ts';
import type { Over } from '../../src/protocols/over.ts';
import { echo } from '../../src/trial/scenarios/echo.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { start } from '../support/cli.ts';
import { headsOf, lookFor, spokenBy } from '../support/engines.ts';
import { childrenOf, isGone } from '../support/processes.ts';

interface Known {
  readonly name: EngineName;
  /** The version whose heads these are; another may have others. */
  readonly version: string;
  readonly overs: Readonly<Partial<Record<Over, readonly string[]>>>;
  readonly heads: Readonly<Record<string, number>>;
  readonly cannot: string;
}

/** Heads over HTTP/1.1; the length of the body has two digits. */
const known: readonly Known[] = [
  {
    name: 'firefox',
    version: '153.',
    overs: {
      http: ['polling', 'long-polling', 'sse', 'ws', 'socket.io', 'http'],
      https: ['sse', 'ws', 'socket.io'],
      h2: ['polling', 'sse', 'ws', 'http'],
    },
    heads: { POST: 473, EventSource: 435, WebSocket: 528 },
    cannot: 'a page cannot open a TCP connection',
  },
  {
    name: 'webkitgtk',
    version: '2.50.',
    overs: {
      http: ['polling', 'long-polling', 'sse', 'ws', 'socket.io', 'http'],
      https: ['sse', 'ws'],
      h2: ['polling', 'sse'],
    },
    heads: { POST: 466, EventSource: 428, WebSocket: 551 },
    cannot: 'WebKitGTK opens no WebSocket over HTTP/2',
  },
  {
    name: 'bun',
    version: '1.4.',
    overs: { http: ['polling', 'long-polling', 'ws', 'socket.io', 'http'] },
    heads: { POST: 224, WebSocket: 226 },
    cannot: 'Bun has no EventSource',
  },
  {
    name: 'deno',
    version: '2.9.',
    overs: {
      http: ['polling', 'long-polling', 'sse', 'ws', 'socket.io', 'http'],
      https: ['sse', 'ws'],
      h2: ['polling', 'sse', 'http'],
    },
    heads: { POST: 205, EventSource: 136, WebSocket: 180 },
    cannot: 'Deno opens a connection of HTTP/1.1 for a WebSocket',
  },
];

const here = await Promise.all(known.map(async (one) => ({ ...one, ...(await lookFor(one.name)) })));

describe.each(here.map((one) => [`${one.name}${one.word}`, one] as const))(
  '%s',
  (_, { name, chosen, version, overs, heads, cannot }) => {
    let running: Browser;
    beforeAll(async () => {
      if (chosen)
        running = await startBrowser(chosen, '127.0.0.1', await certificateFor('ecdsa', '127.0.0.1'));
    });
    afterAll(async () => {
      if (!running) return;
      await running[Symbol.asyncDispose]();
      expect(existsSync(running.folder)).toBe(false);
      expect(isGone(running.group)).toBe(true);
    });

    const trials: Trial[] = [];
    test.skipIf(!chosen).each(Object.keys(overs) as Over[])(
      'over %s each byte of every transport has an owner',
      async (over) => {
        for (const transport of overs[over] ?? []) {
          const trial = await spokenBy(running, transport, echo, over);
          expect(trial).toMatchObject({ spokenBy: name, resources: { client: null } });
          expect(trial.browser).toMatchObject({ engine: name, version: chosen!.version, isIsolated: true });
          if (over === 'http') trials.push(trial);
        }
      },
    );

    test.skipIf(!chosen)('heads are those of the version, to the byte', () => {
      expect(trials.length).toBeGreaterThan(0);
      if (!chosen!.version.startsWith(version)) return;
      const of = (transport: string, kind: RequestKind) =>
        trials.flatMap((trial) =>
          trial.transport === transport ? [headsOf(trial).get(kind)?.bytes] : [],
        )[0];
      expect({
        POST: of('long-polling', 'POST'),
        EventSource: of('sse', 'EventSource'),
        WebSocket: of('ws', 'WebSocket'),
      }).toEqual({
        EventSource: undefined,
        ...heads,
      });
    });

    test.skipIf(!chosen)('an event is some milliseconds old, whenever the process has started', async () => {
      const { latency, browser } = await spokenBy(running, 'ws', push, 'http', { messages: 10, rate: 25 });
      // The engine's clock started seconds after ours: an age computed from both would be wrong by that.
      expect(latency!.p50! / 1e6).toBeLessThan(100);
      expect(latency!.min! / 1e6).toBeGreaterThan(-browser!.clockErrorMs);
      expect(browser!.clockErrorMs).toBeLessThan(50);
    });

    test.skipIf(!chosen)(
      'what it cannot do is a row with its reason, and nothing is left when it is killed',
      { timeout: 120_000 },
      async () => {
        const option = runtimes.has(name) ? '--runtime' : '--browser';
        const one = start(
          [
            ...['run', '--transport', 'all', '--scenario', 'echo', option, name, '--lang', 'en', '--wide'],
          ].concat('h2' in overs ? ['--over', 'http,h2'] : []),
        );
        await one.until(/echo: ws/);
        const below = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(below)];
        const pids = below(one.child.pid!);
        expect(pids.length).toBeGreaterThan(3);
        const { code, stdout, stderr } = await one.ended;
        // A machine that keeps the engine waiting makes a trial that does not count: exit 3, and the reason.
        expect([0, 3]).toContain(code);
        if (code === 3)
          expect(stderr).toMatch(/the run does not count: .* if this machine was busy, run it again/);
        expect(stdout).toContain(cannot);
        await expect.poll(() => pids.every(isGone)).toBe(true);
        const killed = start([
          'run',
          '--transport',
          'ws',
          '--scenario',
          'echo',
          option,
          name,
          '--messages',
          '500',
        ]);
        await killed.until(/echo: ws/);
        await expect.poll(() => below(killed.child.pid!).length).toBeGreaterThan(3);
        const others = below(killed.child.pid!);
        killed.child.kill('SIGKILL');
        await killed.ended;
        await expect.poll(() => others.every(isGone)).toBe(true);
      },
    );
  },
);

test('a runtime or browser that is missing, or unknown, is told with its remedy', async () => {
  const none = { PATH: '/nowhere', RTCOMPARE_BUN: undefined, RTCOMPARE_FIREFOX: undefined };
  const bun = await start(['run', '--transport', 'ws', '--runtime', 'bun'], { env: none }).ended;
  expect(bun.code).toBe(3);
  expect(bun.stderr).toBe(
    'rtcompare: Bun is not installed here: `npm install -g bun`, or name its program with RTCOMPARE_BUN\n',
  );
  const firefox = await start(['run', '--transport', 'ws', '--browser', 'firefox'], { env: none }).ended;
  expect(firefox.stderr).toContain('`apt install firefox-esr`, or name its program with RTCOMPARE_FIREFOX');
  const unknown = await start(['run', '--transport', 'ws', '--runtime', 'den']).ended;
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('did you mean deno?');
});

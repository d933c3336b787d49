/** Asks a browser for all of its habits, each by a probe on a page of its own: nothing is taken from a manual. */
import { setTimeout as passed } from 'node:timers/promises';
import { system } from '../../base/platform.ts';
import type { Browser } from '../../browsers/browser.ts';
import { plainPath } from '../../browsers/page-modules.ts';
import type { EngineHabits, Habit, HabitName, HabitUnit } from '../../document/engine-habits.ts';
import { type HabitStage, onStage } from './habit-stage.ts';

interface Probe {
  readonly name: HabitName;
  readonly unit: HabitUnit;
  readonly page?: string;
  readonly measure: (stage: HabitStage) => Promise<number | string>;
}

/** So long a page gets to ask for what it will ask for. */
const settleMs = 1500;
const clockProbe = (name: HabitName, page?: string): Probe => ({
  ...{ name, unit: 'ms', ...(page !== undefined && { page }) },
  measure: async ({ page: { hello } }) => hello.stepMs,
});

const refusal = (name: HabitName, path: string): Probe => ({
  ...{ name, unit: 'state' },
  async measure({ act }) {
    return (await act('refused', path, settleMs)) === 'closed' ? 'closed' : 'retries';
  },
});

const many = 12;
const apartMs = 100;
const insistsMs = 12_000;
const mebibyte = 2 ** 20;

const quick: readonly Probe[] = [
  clockProbe('clock-step-isolated'),
  clockProbe('clock-step', plainPath),
  refusal('after-204', '/204'),
  refusal('after-429', '/429'),
  refusal('after-500', '/500'),
  refusal('after-wrong-type', '/wrong-type'),
  {
    ...{ name: 'fetches-at-once', unit: 'connections' },
    async measure({ act, server }) {
      await act('ask', '/never', many);
      await passed(settleMs);
      return server.asked('/never').length;
    },
  },
  {
    ...{ name: 'streams-at-once', unit: 'connections' },
    async measure({ act, server }) {
      await act('listen', '/events', many);
      await passed(settleMs);
      return server.asked('/events').length;
    },
  },
  {
    ...{ name: 'socket-beside-streams', unit: 'state' },
    async measure({ act }) {
      await act('listen', '/events', many);
      await passed(settleMs);
      return (await act('opens', '/ws', settleMs)) ? 'opens' : 'waits';
    },
  },
  {
    ...{ name: 'posts-in-turn', unit: 'connections' },
    async measure({ act, server }) {
      for (let turn = 0; turn < 6; turn++) await act('post', '/x', 64);
      return server.connections();
    },
  },
  {
    ...{ name: 'resent-post', unit: 'times' },
    async measure({ act, server }) {
      // A connection that has answered before: what was sent on a fresh one is not sent again.
      await act('post', '/x', 64);
      await act('post', '/dies', 64);
      return server.asked('/dies').length;
    },
  },
  {
    ...{ name: 'frames-of-a-mebibyte', unit: 'frames' },
    async measure({ act, ledger }) {
      await act('says', '/ws', mebibyte);
      const isFrame = ({ layer, direction }: { layer: string; direction: string }) =>
        layer === 'websocket' && direction === 'up';
      const units = ledger().layers().filter(isFrame);
      // Its Close is one, too.
      return units.reduce((sum, row) => sum + row.units, 0) - 1;
    },
  },
];

/** They wait, and ask little of the machine: all at once, beside the others. */
const slow: readonly Probe[] = [
  {
    ...{ name: 'retry', unit: 'ms' },
    async measure({ act, server }) {
      await act('listen', '/ended', 1);
      for (let waitedMs = 0; server.asked('/ended').length < 4 && waitedMs < 30_000; waitedMs += 100)
        await passed(100);
      const times = server.asked('/ended');
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      // What the machine adds comes on top: the shortest is the nearest.
      return Math.round(Math.min(...gaps) / 100) * 100;
    },
  },
  {
    ...{ name: 'own-back-off', unit: 'times' },
    async measure({ act, server }) {
      void act('insists', '/refuse', apartMs, insistsMs).catch(() => {});
      await passed(insistsMs);
      return server.asked('/refuse').length;
    },
  },
  {
    ...{ name: 'close-time-out', unit: 'ms' },
    measure: async ({ act }) => Math.round(Number(await act('closes', '/deaf')) / 100) * 100,
  },
];

async function headsOf(browser: Browser): Promise<EngineHabits['heads']> {
  const plain = await onStage(browser, async ({ act, heads, server }) => {
    await act('get', '/x');
    await act('post', '/x', 64);
    await act('listen', '/events', 1);
    while (server.asked('/events').length === 0) await passed(20);
    await act('opens', '/ws', settleMs);
    return heads();
  });
  const noStore = await onStage(browser, async ({ act, heads }) => {
    await act('get', '/x', 'no-store');
    return heads();
  });
  return [...plain, ...noStore.map((head) => ({ ...head, kind: 'GET no-store' }))].map(
    ({ kind, bytes, fields }) => ({ kind, bytes, fields }),
  );
}

/** @param onProbe told before each, with how many are left. */
export async function probeEngine(
  browser: Browser,
  today: Date,
  onProbe: (name: string, left: number) => void,
  signal: AbortSignal,
): Promise<EngineHabits> {
  const one = async ({ name, unit, measure, page }: Probe): Promise<Habit> => ({
    ...{ name, unit },
    value: await onStage(browser, measure, page),
  });
  const waiting = Promise.all(slow.map(one));
  waiting.catch(() => {});
  const habits: Habit[] = [];
  for (const [index, probe] of quick.entries()) {
    signal.throwIfAborted();
    onProbe(probe.name, quick.length - index + 1);
    habits.push(await one(probe));
  }
  const heads = await headsOf(browser);
  onProbe('close-time-out', 1);
  habits.push(...(await orAborted(waiting, signal)));
  const { name: engine, version } = browser.chosen;
  return {
    ...{ engine, version, userAgent: await userAgentOf(browser), platform: system },
    probedOn: today.toISOString().slice(0, 10),
    habits,
    heads,
  };
}

const userAgentOf = (browser: Browser) => onStage(browser, async ({ page: { hello } }) => hello.userAgent);

const orAborted = <Value>(wanted: Promise<Value>, signal: AbortSignal): Promise<Value> =>
  Promise.race([
    wanted,
    new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
  ]);

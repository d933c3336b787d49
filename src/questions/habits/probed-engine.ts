/** Probes all habits of a browser, each on a page of its own: nothing is taken from a manual. */
import { setTimeout as passed } from 'node:timers/promises';
import { system } from '../../base/platform.ts';
import type { Browser } from '../../browsers/browser.ts';
import { plainPath } from '../../browsers/page-modules.ts';
import type { EngineHabits, Habit, HabitName, HabitUnit } from '../../document/engine-habits.ts';
import { type HabitServer, keptS } from './habit-server.ts';
import { type HabitStage, onStage } from './habit-stage.ts';

interface Probe {
  readonly name: HabitName;
  readonly unit: HabitUnit;
  readonly page?: string;
  readonly measure: (stage: HabitStage) => Promise<number | string>;
}

/** How long a page gets to send its requests. */
const settleMs = 1500;
const clockProbe = (name: HabitName, page?: string): Probe => ({
  name,
  unit: 'ms',
  ...(page !== undefined && { page }),
  measure: async ({ page: { hello } }) => hello.stepMs,
});

const refusal = (name: HabitName, path: string): Probe => ({
  name,
  unit: 'state',
  async measure({ act }) {
    return (await act('refused', path, settleMs)) === 'closed' ? 'closed' : 'retries';
  },
});

const many = 12;
const apartMs = 100;
const insistsMs = 12_000;
const mebibyte = 2 ** 20;
/** How long a window gets to load and to open its stream. */
const windowMs = 1000;
const rememberedMs = 15_000;

const otherOrigin = ({ port }: HabitServer) => `http://127.0.0.1:${port}/shared`;

const quick: readonly Probe[] = [
  clockProbe('clock-step-isolated'),
  clockProbe('clock-step', plainPath),
  refusal('after-204', '/204'),
  refusal('after-429', '/429'),
  refusal('after-500', '/500'),
  refusal('after-wrong-type', '/wrong-type'),
  {
    name: 'fetches-at-once',
    unit: 'connections',
    async measure({ act, server }) {
      await act('ask', '/never', many);
      await passed(settleMs);
      return server.asked('/never').length;
    },
  },
  {
    name: 'streams-at-once',
    unit: 'connections',
    async measure({ act, server }) {
      await act('listen', '/events', many);
      await passed(settleMs);
      return server.asked('/events').length;
    },
  },
  {
    name: 'socket-beside-streams',
    unit: 'state',
    async measure({ act }) {
      await act('listen', '/events', many);
      await passed(settleMs);
      return (await act('opens', '/ws', settleMs)) ? 'opens' : 'waits';
    },
  },
  {
    name: 'tabs-with-streams',
    unit: 'connections',
    async measure({ act, server }) {
      await act('windows', '/listening', many, windowMs);
      return server.asked('/events').length;
    },
  },
  {
    name: 'preflights-of-one-url',
    unit: 'times',
    async measure({ act, server }) {
      for (let turn = 0; turn < 3; turn++) await act('preflighted', otherOrigin(server));
      return server.asked('OPTIONS /shared').length;
    },
  },
  {
    name: 'preflights-of-queries',
    unit: 'times',
    async measure({ act, server }) {
      for (let turn = 0; turn < 3; turn++) await act('preflighted', `${otherOrigin(server)}?${turn}`);
      return server.asked('OPTIONS /shared').length;
    },
  },
  {
    name: 'posts-in-turn',
    unit: 'connections',
    async measure({ act, server }) {
      for (let turn = 0; turn < 6; turn++) await act('post', '/x', 64);
      return server.connections();
    },
  },
  {
    name: 'resent-post',
    unit: 'times',
    async measure({ act, server }) {
      // A connection that has answered before: engines do not repeat what was sent on a fresh one.
      await act('post', '/x', 64);
      await act('post', '/dies', 64);
      return server.asked('/dies').length;
    },
  },
  {
    name: 'frames-of-a-mebibyte',
    unit: 'frames',
    async measure({ act, ledger }) {
      await act('says', '/ws', mebibyte);
      const isFrame = ({ layer, direction }: { layer: string; direction: string }) =>
        layer === 'websocket' && direction === 'up';
      const units = ledger().layers().filter(isFrame);
      // The Close frame is among the units.
      return units.reduce((sum, row) => sum + row.units, 0) - 1;
    },
  },
];

const gapsOf = (times: readonly number[]) => times.slice(1).map((time, index) => time - (times[index] ?? 0));

/** These wait, and need little of the machine: all at once, beside the others. */
const slow: readonly Probe[] = [
  {
    name: 'retry',
    unit: 'ms',
    async measure({ act, server }) {
      await act('listen', '/ended', 1);
      for (let waitedMs = 0; server.asked('/ended').length < 4 && waitedMs < 30_000; waitedMs += 100)
        await passed(100);
      // The machine can only add to a gap: the shortest is the most accurate.
      return Math.round(Math.min(...gapsOf(server.asked('/ended'))) / 100) * 100;
    },
  },
  {
    name: 'own-back-off',
    unit: 'times',
    async measure({ act, server }) {
      void act('insists', '/refuse', apartMs, insistsMs).catch(() => {});
      await passed(insistsMs);
      return server.asked('/refuse').length;
    },
  },
  {
    name: 'close-time-out',
    unit: 'ms',
    measure: async ({ act }) => Math.round(Number(await act('closes', '/deaf')) / 100) * 100,
  },
  {
    name: 'told-idle-close',
    unit: 'state',
    async measure({ act, server }) {
      await act('get', '/told');
      return (await server.closed('/told', (keptS + 3) * 1000)) === undefined ? 'ignores' : 'heeds';
    },
  },
  {
    name: 'preflight-again',
    unit: 'ms',
    async measure({ act, server }) {
      const times = () => server.asked('OPTIONS /shared');
      for (let waitedMs = 0; waitedMs < rememberedMs; waitedMs += 250) {
        await act('preflighted', otherOrigin(server));
        await passed(250);
      }
      // Firefox asks once more soon after the first time.
      const gaps = gapsOf(times());
      return gaps.length === 0 ? 'kept' : Math.round(Math.max(...gaps) / 1000) * 1000;
    },
  },
];

/** After the others have finished: engines close idle connections early if many are open. */
const idle = (idleMs: number): Probe => ({
  name: 'idle-close',
  unit: 'ms',
  async measure({ act, server }) {
    await act('get', '/kept');
    const afterMs = await server.closed('/kept', idleMs);
    return afterMs === undefined ? 'kept' : Math.round(afterMs / 1000) * 1000;
  },
});

/** A tab that another covers: the time between ticks at first, and, if there is time for it, the longest. */
const hidden = (browser: Browser, idleMs: number): Promise<Habit[]> =>
  onStage(
    browser,
    async ({ act }) => {
      const gaps = (await act('hides', '/blank', Math.max(idleMs, hiddenMs))) as number[];
      const early = gaps.slice(0, 5).toSorted((a, b) => a - b)[2];
      const told = (name: HabitName, ms: number | undefined): Habit => ({
        name,
        unit: 'ms',
        value: ms === undefined ? 'visible' : Math.round(ms / 100) * 100,
      });
      const longest = gaps.length === 0 ? undefined : Math.max(...gaps);
      return [told('hidden-timer', early), ...(idleMs < longMs ? [] : [told('hidden-timer-later', longest)])];
    },
    plainPath,
    true,
  );

/** Several ticks at one a second; engines that slow down further do so within this time. */
const hiddenMs = 6000;
const longMs = 150_000;

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

/**
 * @param onProbe called before each probe with the number of those left. @param idleMs how long waiting probes wait.
 */
export async function probeEngine(
  browser: Browser,
  today: Date,
  onProbe: (name: string, left: number) => void,
  idleMs: number,
  signal: AbortSignal,
): Promise<EngineHabits> {
  const one = async ({ name, unit, measure, page }: Probe): Promise<Habit> => ({
    name,
    unit,
    value: await onStage(browser, measure, page),
  });
  const waiting = Promise.all([...slow.map(one), hidden(browser, idleMs)]);
  waiting.catch(() => {});
  const habits: Habit[] = [];
  for (const [index, probe] of quick.entries()) {
    signal.throwIfAborted();
    onProbe(probe.name, quick.length - index + 1);
    habits.push(await one(probe));
  }
  const heads = await headsOf(browser);
  onProbe('idle-close', 1);
  habits.push(await orAborted(one(idle(idleMs)), signal));
  habits.push(...(await orAborted(waiting, signal)).flat());
  const { name: engine, version } = browser.chosen;
  return {
    engine,
    version,
    userAgent: await userAgentOf(browser),
    platform: system,
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

/** A trial behind real proxies, in this process; both sides are weighed and have to balance. */
import { expect } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import { namesOfReal, readBetween } from '../../src/network/between.ts';
import { findProxy, lookForProxy } from '../../src/network/proxies/found-proxy.ts';
import { realProxyByName } from '../../src/network/proxies/index.ts';
import { behaviours } from '../../src/servers/behaviours.ts';
import { serverOf } from '../../src/servers/index.ts';
import { serveHere } from '../../src/target/here.ts';
import { measure } from '../../src/trial/measure.ts';
import { certificateOf } from '../../src/trial/path-of.ts';
import type { TrialPlan } from '../../src/trial/plan.ts';
import { isWeighed, serverOptions } from '../../src/trial/server-of.ts';
import { trialPlan } from './plans.ts';

export const isThere = (one: string) => lookForProxy(realProxyByName(one.split(':')[0]!)!) !== undefined;
/** Expectations go by the version found: 2.006 is 2.6. */
export function versionOf(name: string): number {
  const [major = 0, minor = 0] = findProxy(realProxyByName(name)!).version.split('.').map(Number);
  return major + minor / 1000;
}
/** What this machine lacks is skipped, and says so. */
export const where = (one: string) => ({
  skip: !isThere(one),
  word: isThere(one) ? '' : ' (not installed here)',
});

/** Throws if no client could connect. */
export async function measureBehind(
  proxy: string,
  transport: string,
  more: Partial<Omit<TrialPlan, 'load' | 'transport'>> = {},
) {
  const load = { clients: 2, messages: 4, warmup: 1, rate: 50 };
  const plan: TrialPlan = { ...trialPlan(transport, { load, ...more }), ...readBetween(proxy) };
  const server = await serverOf(plan.transport.server);
  const behaviour = behaviours[plan.scenario.behaviour]!(realClock);
  const options = serverOptions(plan, await certificateOf(plan));
  const trial = await measure(plan, await serveHere(server, behaviour, options, isWeighed(plan)));
  return { plan, trial };
}

/** What a trial behind it came to. */
export async function behind(
  proxy: string,
  transport: string,
  more: Partial<Omit<TrialPlan, 'load' | 'transport'>> = {},
) {
  const { plan, trial } = await measureBehind(proxy, transport, more);
  expect(trial.notes.filter(({ kind }) => kind === 'unbalanced' || kind === 'unparsed')).toEqual([]);
  expect(trial.wire.up + trial.wire.down).toBe(trial.wire.socketBytes);
  expect(trial.wire.layers.filter(({ layer }) => layer === 'unparsed')).toEqual([]);
  const far = trial.farSide;
  if (isWeighed(plan)) {
    expect(far!.proxies).toBe(namesOfReal(plan));
    expect(far!.up + far!.down).toBe(far!.socketBytes);
    expect(far!.layers.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(far!.socketBytes);
    expect(far!.requests).toBeGreaterThan(0);
  }
  expect(trial.delivery.delivered).toBe(8);
  return trial;
}

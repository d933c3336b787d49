/**
 * Trials whose clients are pages or processes of an engine, with a server in this process. Missing engines are skipped.
 */
import { expect } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import type { Browser } from '../../src/browsers/browser.ts';
import type { ChosenBrowser, EngineName } from '../../src/browsers/engine.ts';
import { engines } from '../../src/browsers/engines/index.ts';
import { findBrowser, variableOf } from '../../src/browsers/found-browser.ts';
import type { Trial } from '../../src/document/report.ts';
import type { Over } from '../../src/protocols/over.ts';
import { behaviours } from '../../src/servers/behaviours.ts';
import { serverOf } from '../../src/servers/index.ts';
import { serveHere } from '../../src/target/here.ts';
import { measure } from '../../src/trial/measure.ts';
import { certificateOf } from '../../src/trial/path-of.ts';
import type { Scenario } from '../../src/trial/scenarios/scenario.ts';
import { serverOptions } from '../../src/trial/server-of.ts';
import { trialPlan } from './plans.ts';

/** What is found on this machine, and what a test's name says where nothing is. */
export async function lookFor(
  name: EngineName,
): Promise<{ readonly chosen: ChosenBrowser | null; readonly word: string }> {
  const engine = engines[name];
  try {
    return { chosen: await findBrowser(engine, process.env[variableOf(engine)] || null), word: '' };
  } catch {
    return { chosen: null, word: ' (not installed here)' };
  }
}

/** Bytes and counts are asked of it, and laws that leave room. */
export async function spokenBy(
  running: Browser,
  transport: string,
  scenario: Scenario,
  over: Over = 'http',
  load = {},
): Promise<Trial> {
  const small = { clients: 1, messages: 4, warmup: 1, rate: 50, ...load };
  const plan = {
    ...trialPlan(transport, { scenario, over, load: small }),
    browser: running.chosen,
    running,
  };
  const server = await serverOf(plan.transport.server);
  const behaviour = behaviours[scenario.behaviour]!(realClock);
  const target = await serveHere(server, behaviour, serverOptions(plan, await certificateOf(plan)));
  const trial = await measure(plan, target);
  expect(trial.notes.filter(({ kind }) => kind === 'unbalanced' || kind === 'unparsed')).toEqual([]);
  expect(trial.delivery).toMatchObject({ sent: small.messages, lost: 0, duplicated: 0, errors: {} });
  const owned = trial.wire.layers.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(owned).toBe(trial.wire.socketBytes);
  expect(trial.predictions.filter(({ verdict, unit }) => verdict === 'differs' && unit !== 'ms')).toEqual([]);
  return trial;
}

export const headsOf = ({ browser }: Trial) => new Map(browser!.heads.map((head) => [head.kind, head]));

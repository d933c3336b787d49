/** A server under test in the test's own process: the same object a child would answer for, without the fork. */
import { realClock } from '../../src/base/clock.ts';
import type { Trial } from '../../src/document/report.ts';
import { behaviours } from '../../src/servers/behaviours.ts';
import { serverOf } from '../../src/servers/index.ts';
import { serveHere as serve } from '../../src/target/here.ts';
import type { Target } from '../../src/target/target.ts';
import { measure } from '../../src/trial/measure.ts';
import { certificateOf } from '../../src/trial/path-of.ts';
import type { TrialPlan } from '../../src/trial/plan.ts';
import { serverOptions } from '../../src/trial/server-of.ts';

export const serveHere = async (plan: TrialPlan): Promise<Target> =>
  serve(
    await serverOf(plan.transport.server),
    behaviours[plan.scenario.behaviour]!(realClock),
    serverOptions(plan, await certificateOf(plan)),
  );

export const measureHere = async (plan: TrialPlan): Promise<Trial> => measure(plan, await serveHere(plan));

/** What the scenario `cluster` asks of a Redis that its servers share: what a message weighs there, and what is missed while it is away. */
import { createSamples } from '../../metrics/samples.ts';
import { waysToBeAway } from '../../target/cluster/shared-store.ts';
import { heardWithout } from './cluster-metrics.ts';
import type { Lab } from './scenario.ts';

/** For so long Redis is away. */
const awayMs = 1500;
/** Servers notice that Redis has gone, and what it has passed on arrives. */
const noticedMs = 200;

/** How old messages are that are said meanwhile: for clients of the same server, and for those of another. */
export async function timeByServer(lab: Lab, say: () => Promise<void>) {
  const homes = await lab.homes();
  const [near, far] = [createSamples(), createSamples()];
  lab.onCopy((receiver, sender, ageNs) => {
    // Servers that share nothing pass nothing on.
    if (!lab.store) return near.record(ageNs);
    const [from, to] = [homes[sender], homes[receiver]];
    if (from !== undefined && to !== undefined) (from === to ? near : far).record(ageNs);
  });
  await say();
  lab.onCopy(() => {});
  for (const [name, samples] of Object.entries({ near, far })) {
    const median = samples.quantile(0.5);
    if (median !== null) lab.found(name, median / 1e6);
  }
}

/** What goes over the wires of Redis for each message while something is said. */
export async function weighRedis(lab: Lab, say: () => Promise<void>) {
  const { store } = lab;
  if (!store) return say();
  const before = await store.traffic();
  await say();
  await lab.pass(noticedMs);
  const after = await store.traffic();
  const said = after.published.count - before.published.count;
  lab.found('redis.to', (after.toBytes - before.toBytes) / said);
  lab.found('redis.from', (after.fromBytes - before.fromBytes) / said);
  lab.found('redis.handedIn', after.published.payloadBytes - before.published.payloadBytes);
  lab.found('redis.passedOn', after.passedOn.payloadBytes - before.passedOn.payloadBytes);
}

/** Redis is away in one way after the other; everybody says one message meanwhile. @param backMs how long to wait for it afterwards. */
export async function sayWithoutRedis(lab: Lab, backMs: number) {
  const { store, speakers } = lab;
  if (!store) return;
  const copies = speakers.length ** 2;
  const members = await lab.members();
  // Of all copies those that need no other server.
  lab.found('redis.own', (100 * members.reduce((sum, { peers }) => sum + peers ** 2, 0)) / copies);
  for (const how of waysToBeAway) {
    const before = lab.heard().others;
    await store.leave(how);
    await lab.pass(noticedMs);
    await Promise.all(speakers.map(({ speak }) => speak(lab.now())));
    await lab.pass(awayMs);
    await untilQuiet(lab);
    const during = lab.heard().others;
    await store.back();
    await lab.delivered(backMs);
    lab.found(heardWithout[how], (100 * (during - before)) / copies);
    lab.found(`${heardWithout[how]}.later`, (100 * (lab.heard().others - during)) / copies);
  }
  // What went out while Redis took nothing has no offset, and a client takes its text for one: nobody would be recovered who
  // has heard nothing since.
  const before = lab.heard().others;
  await Promise.all(speakers.map(({ speak }) => speak(lab.now())));
  await untilHeard(lab, before + copies, backMs);
  await untilQuiet(lab);
}

/** What was lost never comes, so it does not wait for longer than it is told. */
async function untilHeard(lab: Lab, copies: number, withinMs: number) {
  for (let waitedMs = 0; lab.heard().others < copies && waitedMs < withinMs; waitedMs += noticedMs)
    await lab.pass(noticedMs);
}

/** A busy machine takes longer to hand on what has come. */
async function untilQuiet(lab: Lab) {
  for (let before = -1; before !== lab.heard().others; ) {
    before = lab.heard().others;
    await lab.pass(noticedMs);
  }
}

/** About how long that takes. */
export const withoutRedisMs = (backMs: number): number =>
  waysToBeAway.length * (noticedMs + awayMs + backMs) + 2 * noticedMs;

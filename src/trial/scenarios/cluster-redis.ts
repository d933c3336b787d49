/** The part of the scenario `cluster` with a shared Redis: bytes of a message there, and what is missed without it. */
import { createSamples } from '../../metrics/samples.ts';
import { waysToBeAway } from '../../target/cluster/shared-store.ts';
import { heardWithout } from './cluster-metrics.ts';
import type { Lab } from './scenario.ts';

/** How long Redis is away. */
const awayMs = 1500;
/** Time for servers to notice that Redis has gone, and for messages on their way to arrive. */
const noticedMs = 200;

/** Times the messages sent during `say`: median age for clients of the same server, and for those of another. */
export async function timeByServer(lab: Lab, say: () => Promise<void>) {
  const homes = await lab.homes();
  const [near, far] = [createSamples(), createSamples()];
  lab.onCopy((receiver, sender, ageNs) => {
    // Without a shared store, messages reach only clients of the same server.
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

/** Bytes to and from Redis for each message sent during `say`. */
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

/** Takes Redis away in each way; each client sends one message meanwhile. @param backMs time for late copies later. */
export async function sayWithoutRedis(lab: Lab, backMs: number) {
  const { store, speakers } = lab;
  if (!store) return;
  const copies = speakers.length ** 2;
  const members = await lab.members();
  // The share of copies for clients of the same server.
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
  // A message sent while Redis was away has no offset, and a client takes the message's text for one: its session could
  // not be recovered until it has received another message. So each client sends one more.
  const before = lab.heard().others;
  await Promise.all(speakers.map(({ speak }) => speak(lab.now())));
  await untilHeard(lab, before + copies, backMs);
  await untilQuiet(lab);
}

/** Lost copies never arrive, so the wait ends after `withinMs`. */
async function untilHeard(lab: Lab, copies: number, withinMs: number) {
  for (let waitedMs = 0; lab.heard().others < copies && waitedMs < withinMs; waitedMs += noticedMs)
    await lab.pass(noticedMs);
}

/** Waits until no more copies arrive: a busy machine takes longer to deliver them. */
async function untilQuiet(lab: Lab) {
  for (let before = -1; before !== lab.heard().others; ) {
    before = lab.heard().others;
    await lab.pass(noticedMs);
  }
}

/** Estimate of how long `sayWithoutRedis` takes. */
export const withoutRedisMs = (backMs: number): number =>
  waysToBeAway.length * (noticedMs + awayMs + backMs) + 2 * noticedMs;

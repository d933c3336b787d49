/**
 * Two machines, simulated by a server whose clock is 123 s ahead and 50 ppm fast, over a link of 40 ms: ages come out
 * at half the round trip, within the stated error. And a foreign server: its bytes are measured, and what is not
 * known of it is null.
 */
import { realClock } from '../src/base/clock.ts';
import type { Report } from '../src/document/report.ts';
import { startRelay } from '../src/network/relay.ts';
import { controlHere, testToken } from '../test/support/controlled.ts';
import { skewedClock } from '../test/support/skewed-clock.ts';
import { examples, runServers } from '../test/support/wire-formats.ts';
import { rtcompare, tally } from './command.ts';

const halfMs = 20;
const link = {
  name: 'rtt=40ms',
  upDelayMs: halfMs,
  downDelayMs: halfMs,
  upBitsPerSecond: null,
  downBitsPerSecond: null,
  jitterMs: 0,
};
const ms = (ns: number) => `${(ns / 1e6).toFixed(2)} ms`;

async function report(...args: readonly string[]): Promise<Report> {
  const { code, stdout, stderr } = await rtcompare('run', ...args, '--json', '--quiet');
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

type Say = ReturnType<typeof tally>['say'];

/** @param repeat how often: each time the clocks are compared anew. */
async function twoMachines(say: Say, repeat: number) {
  await using far = await controlHere(skewedClock(realClock, { aheadNs: 123e9, ppm: 50 }));
  await using way = await startRelay({ targetHost: '127.0.0.1', targetPort: far.port, link, seed: 1 });
  const { trials } = await report(
    ...['--target', `http://127.0.0.1:${way.port}`, '--target-token', testToken],
    ...['--transport', 'ws,sse,socket.io:websocket', '--scenario', 'push', '--link', 'rtt=40ms'],
    ...[
      '--clients',
      '3',
      '--messages',
      '40',
      '--rate',
      '10',
      '--repeat',
      String(repeat),
      '--retry-noisy',
      '0',
    ],
  );
  for (const { transport, reference, latency, clock, delivery, verdict } of trials) {
    if (reference) continue;
    const { p50, min = Number.NaN, errorNs: error = Number.NaN } = latency ?? {};
    // If a process had to wait, most ages are longer than the way, but the least is that of an event that did not wait.
    const [name, age] = verdict === 'valid' ? ['median', p50 ?? Number.NaN] : ['least', min];
    say(delivery.lost === 0, `${transport}: ${delivery.lost} lost of ${delivery.sent}`);
    say(
      Math.abs(age - halfMs * 1e6) <= error,
      `${transport} (${verdict}): ${name} age ${ms(age)}, half the round trip ${halfMs} ms, stated error ${ms(error)}`,
    );
    const { offsetNs = Number.NaN, driftPpm = Number.NaN, driftErrorPpm = Number.NaN } = clock ?? {};
    say(Math.abs(offsetNs - 123e9) < 1e9, `${transport}: offset ${ms(offsetNs)}`);
    say(
      Math.abs(driftPpm - 50) <= driftErrorPpm,
      `${transport}: drift ${driftPpm.toFixed(1)} ppm, stated error ${driftErrorPpm.toFixed(0)} ppm`,
    );
  }
}

async function somebodyElse(say: Say) {
  const names = ['ws-echo', 'sse', 'long-polling', 'socket.io'] as const;
  await using servers = await runServers(names.map((name) => examples[`${name}.cjs`] ?? ''));
  for (const [index, transport] of ['ws', 'sse', 'long-polling', 'socket.io'].entries()) {
    const { trials, plan } = await report(
      ...['--target', `http://127.0.0.1:${servers.ports[index]}`, '--transport', transport],
      ...['--clients', '4', '--messages', '10', '--rate', '5', '--retry-noisy', '0'],
    );
    const [trial] = trials;
    const owned = trial?.wire.layers.reduce((sum, { bytes }) => sum + bytes, 0);
    say(
      trial !== undefined && owned === trial.wire.socketBytes && trial.delivery.lost === 0,
      `${names[index]} (${plan.target?.kind}): ${owned} B of ${trial?.wire.socketBytes} B have an owner, ${trial?.delivery.lost} lost of ${trial?.delivery.sent}`,
    );
    say(trial?.resources.server === null, `${names[index]}: what the server spent is null`);
  }
}

export async function target(): Promise<boolean> {
  const { say, held } = tally();
  await twoMachines(say, 2);
  await somebodyElse(say);
  return held();
}

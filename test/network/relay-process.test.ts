import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import { CannotRun } from '../../src/base/failure.ts';
import { parseLink } from '../../src/network/link.ts';
import { startRelayProcess } from '../../src/network/relay-process.ts';
import { standStill } from '../support/stand-still.ts';
import { dial, eventually, serveEcho } from './sockets.ts';

const options = { host: '127.0.0.1', link: parseLink('rtt=10ms'), seed: 1 };
const at = ({ port }: { port: number }) => ({ host: '127.0.0.1', port });

/** `kill(pid, 0)` finds zombies too, and where PID 1 does not reap they stay: so the state is read. */
function isRunning(pid: number): boolean {
  try {
    // The command's name stands in brackets, and may hold spaces.
    const state = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '')[0];
    return state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

test('a relay in its own process carries, is cut, stalled and healed, and ends', async () => {
  await using server = await serveEcho();
  const startNs = realClock.now();
  const relay = await startRelayProcess(options, at(server));
  const client = dial(relay.endpoint);
  client.socket.write('hello');
  await client.until(5);
  const times = [
    startNs,
    await relay.link.stall(),
    await relay.link.heal(),
    await relay.link.cut(),
    await relay.link.heal(),
    realClock.now(),
  ];
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(await client.ended).toBe('ECONNRESET');
  await relay[Symbol.asyncDispose]();
  expect(isRunning(relay.pid)).toBe(false);
  expect(relay.gone.aborted).toBe(false);
});

test('a relay that was kept waiting says for how long', async () => {
  await using server = await serveEcho();
  await using relay = await startRelayProcess(options, at(server));
  await relay.resources.mark();
  process.kill(relay.pid, 'SIGSTOP');
  standStill(300);
  process.kill(relay.pid, 'SIGCONT');
  expect((await relay.resources.read()).loopDelayMaxMs).toBeGreaterThan(250);
});

const relayGone = new CannotRun({
  en: 'relay-gone: the relay process ended (SIGKILL)',
  ko: 'relay-gone: relay 프로세스가 끝났습니다(SIGKILL)',
});

test('a relay that dies is noticed, with its reason, also by whoever is waiting for an answer', async () => {
  await using server = await serveEcho();
  await using relay = await startRelayProcess(options, at(server));
  process.kill(relay.pid, 'SIGSTOP');
  const asked = relay.resources.read();
  process.kill(relay.pid, 'SIGKILL');
  await expect(asked).rejects.toEqual(relayGone);
  expect(relay.gone.reason).toEqual(relayGone);
  await expect(relay.link.cut()).rejects.toEqual(relayGone);
});

test('a question that nobody hears any more is answered by how the process ended', async () => {
  await using server = await serveEcho();
  await using relay = await startRelayProcess(options, at(server));
  process.kill(relay.pid, 'SIGKILL');
  // This process sees the end only in its next turn of the event loop: by then the pipe is broken.
  standStill(300);
  await expect(relay.resources.read()).rejects.toEqual(relayGone);
});

test('a relay that cannot listen says so, and leaves no process', async () => {
  await using server = await serveEcho();
  const elsewhere = { ...options, host: '203.0.113.1' };
  await expect(startRelayProcess(elsewhere, at(server))).rejects.toThrow('the relay: listen EADDRNOTAVAIL');
});

test('a killed parent leaves no relay behind', async () => {
  const module = new URL('../../dist/network/relay-process.js', import.meta.url).href;
  const parent = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { startRelayProcess } from '${module}';
     const relay = await startRelayProcess(${JSON.stringify(options)}, ${JSON.stringify(at({ port: 9 }))});
     process.stdout.write(String(relay.pid));`,
  ]);
  const [pid] = await once(parent.stdout, 'data');
  expect(isRunning(Number(pid))).toBe(true);
  parent.kill('SIGKILL');
  await once(parent, 'close');
  await eventually(() => !isRunning(Number(pid)));
});

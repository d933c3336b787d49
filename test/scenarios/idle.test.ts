/**
 * Idle: silence costs nothing on an open stream, one exchange for each tick of a poll grid, and memory at the server.
 */
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { headerBytes } from '../../src/laws/http-bytes.ts';
import { idleBytes } from '../../src/laws/websocket.ts';
import { measure } from '../../src/trial/measure.ts';
import { idle } from '../../src/trial/scenarios/idle.ts';
import type { Scenario } from '../../src/trial/scenarios/scenario.ts';
import { startServer } from '../../src/trial/server-of.ts';
import { measureNextDoor } from '../support/next-door.ts';
import { trialPlan } from '../support/plans.ts';

const load = { clients: 3, messages: 0, warmup: 0, durationMs: 500, pollIntervalMs: 40 };
const idleOf = (name: string, more = {}) =>
  measureNextDoor(trialPlan(name, { scenario: idle, load, ...more }));

test.concurrent.each(['ws', 'sse', 'sse:resume', 'socket.io:websocket', 'tcp'])(
  'WS4: an idle %s says nothing, in either direction',
  async (name) => {
    const trial = await idleOf(name);
    expect(trial.wire.layers.filter(({ phase, bytes }) => phase === 'steady' && bytes > 0)).toEqual([]);
    expect(trial.idle).toMatchObject({ bytes: 0, requests: 0, wakeUps: 0 });
    expect(trial.delivery.sent).toBe(0);
  },
);

test.concurrent('an idle long poll is parked: it asked once at most, and is not answered', async () => {
  const trial = await idleOf('long-polling');
  expect(trial.polls!.made).toBeLessThanOrEqual(load.clients);
  const down = trial.wire.layers.filter(({ phase, direction }) => phase === 'steady' && direction === 'down');
  expect(down.filter(({ bytes }) => bytes > 0)).toEqual([]);
});

test.concurrent('WS4: with a heartbeat an idle ws costs a ping and a pong each time, and nothing else', async () => {
  // For as long as three pings to each client take, however busy the machine is.
  const pings = vi.spyOn(WebSocket.prototype, 'ping');
  const scenario: Scenario = {
    ...idle,
    async drive(lab) {
      const before = pings.mock.calls.length;
      while (lab.phase === 'steady' && pings.mock.calls.length < before + 3 * load.clients)
        await lab.pass(20);
    },
  };
  const trial = await idleOf('ws', { heartbeatMs: 100, scenario });
  const frames = (way: string) =>
    trial.wire.layers
      .filter((row) => row.layer === 'websocket' && row.direction === way && row.phase === 'steady')
      .reduce((sum, { units, bytes }) => ({ units: sum.units + units, bytes: sum.bytes + bytes }), {
        units: 0,
        bytes: 0,
      });
  const { up, down } = { up: frames('up'), down: frames('down') };
  expect(down.units).toBeGreaterThan(load.clients);
  expect(down.bytes).toBe(idleBytes({ pings: down.units }).down);
  expect(up.bytes).toBe(idleBytes({ pings: up.units }).up);
});

test.concurrent('POLL3: idle polls follow the grid, all of them are empty, and each is one request', async () => {
  const trial = await idleOf('polling');
  const law = trial.predictions.find(({ law }) => law === 'POLL3')!;
  expect(law.verdict).toBe('holds');
  const { made, empty, skipped } = trial.polls!;
  expect(made + skipped).toBe(law.predicted);
  expect(empty).toBe(made);
  const { seconds, requests } = trial.idle!;
  expect(Math.round((requests * seconds * load.clients) / 3600)).toBe(made);
  // Every slot of the grid was polled or skipped; one poll may fall on either edge of the phase.
  expect(made + skipped).toBeGreaterThanOrEqual(
    load.clients * Math.floor(load.durationMs / load.pollIntervalMs),
  );
});

test.concurrent('the bytes of an idle poll are the same each time, so an hour of silence can be told from a second', async () => {
  const [bare, dressed] = [await idleOf('polling'), await idleOf('polling', { headers: { 'x-a': 'b' } })];
  const polled = [bare, dressed].map(
    ({ exchanges }) =>
      exchanges.find(({ phase, kind }) => phase === 'steady' && kind.endsWith(' 204'))!.sizes,
  );
  expect(polled.map((sizes) => sizes.length)).toEqual([1, 1]);
  expect(polled[1]![0]!.up - polled[0]![0]!.up).toBe(headerBytes('x-a', 'b'));
});

test('each ws connection keeps memory at the server: the slope over 400 clients rises', async () => {
  const plan = trialPlan('ws', { scenario: idle, load: { ...load, clients: 400, durationMs: 100 } });
  const { memory } = await measure(plan, await startServer(plan));
  expect(memory!.steps).toEqual([100, 200, 300, 400]);
  expect(memory!.serverBytes).toBeGreaterThan(0);
});

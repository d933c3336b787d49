/** A run of many trials needs no more memory than one: when a trial is over, nothing keeps its clients. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { measure } from '../../src/trial/measure.ts';
import { startServer } from '../../src/trial/server-of.ts';
import { trialPlan } from '../support/plans.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test.each(['ws', 'socket.io', 'sse', 'polling'])(
  'nothing keeps the clients of a trial over %s',
  async (name) => {
    // Of the whole run: it outlives every trial, and may never be aborted.
    const { signal } = new AbortController();
    const connections: WeakRef<object>[] = [];
    await (async () => {
      const plan = trialPlan(name, { signal });
      const connect: typeof plan.transport.connect = async (options) => {
        const connection = await plan.transport.connect(options);
        connections.push(new WeakRef(connection));
        return connection;
      };
      const watched = { ...plan, transport: { ...plan.transport, connect } };
      await measure(watched, await startServer(watched));
    })();
    expect(connections).toHaveLength(2);
    const kept = () => {
      collectGarbage();
      return connections.filter((one) => one.deref() !== undefined).length;
    };
    await expect.poll(kept).toBe(0);
    expect(signal.aborted).toBe(false);
  },
);

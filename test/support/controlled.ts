/** A control whose servers run in this process, by a clock of the test's choosing. */
import type { Clock } from '../../src/base/clock.ts';
import { behaviours } from '../../src/servers/behaviours.ts';
import { serverOf } from '../../src/servers/index.ts';
import { type RunningControl, startControl } from '../../src/target/far-control.ts';
import { serveHere } from '../../src/target/here.ts';

export const testToken = 'a-token-of-a-test';

export const controlHere = (clock: Clock): Promise<RunningControl> =>
  startControl({
    host: '127.0.0.1',
    port: 0,
    token: testToken,
    clock,
    open: async ({ server, behaviour, options }) =>
      serveHere(await serverOf(server), behaviours[behaviour]!(clock), {
        ...options,
        host: '127.0.0.1',
        port: 0,
      }),
  });

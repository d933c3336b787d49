/**
 * A server that may open fewer files than its clients: silence at the server, resets at the clients, and one clear
 * line.
 */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { serve } from '../../src/target/server-process.ts';
import { measure } from '../../src/trial/measure.ts';
import { trialPlan } from '../support/plans.ts';

/** Sets the soft limit of a running process; needs util-linux, on Linux. */
function allow(pid: number, files: number): void {
  execFileSync('prlimit', ['--pid', String(pid), `--nofile=${files}:`]);
}

test.runIf(process.platform === 'linux').each(['ws', 'sse', 'socket.io'])(
  'a server with fewer files than its %s clients: the connection that was shut before its first byte is named',
  async (transport) => {
    const serving = await serve(transport, 'echo', {
      host: '127.0.0.1',
      port: 0,
      holdMs: 25_000,
      mailboxSilenceMs: 60_000,
      keepAliveTimeoutMs: 60_000,
      heartbeatMs: null,
      compression: false,
      resume: false,
      messageBytes: 20,
      writeCostUs: 0,
    });
    allow(serving.pid, 40);
    const plan = trialPlan(transport, { load: { clients: 60 } });
    // `measure` ends the server with its trial.
    await expect(measure(plan, serving)).rejects.toThrow(
      /^connect-failed: \S+ client \d+: .*; closed before the first byte: the server may have no open file left/,
    );
  },
);

/** The server for both sides of a comparison: one process, pinned to the server's core, for all measurements. */
import { certificateFor } from '../src/base/certificate.ts';
import { isSealed, type Over } from '../src/protocols/over.ts';
import { type ServerProcess, serve } from '../src/target/server-process.ts';
import { cores } from './processes.ts';

export const host = '127.0.0.1';
const messageBytes = 64;

export async function serveEcho(
  name: 'ws' | 'http' | 'socket.io',
  over: Over = 'http',
): Promise<ServerProcess> {
  const serving = await serve(name, 'echo', {
    host,
    port: 0,
    holdMs: 25_000,
    mailboxSilenceMs: 60_000,
    keepAliveTimeoutMs: 60_000,
    heartbeatMs: null,
    compression: false,
    resume: false,
    messageBytes,
    writeCostUs: 0,
    over,
    tls: isSealed(over) ? { ...(await certificateFor('rsa', host)), version: '1.3' } : undefined,
  });
  cores.server(serving.pid);
  return serving;
}

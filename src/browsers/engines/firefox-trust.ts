/**
 * Firefox keeps exceptions for certificates by host and port, and ports of doors are not known when it starts. So it is asked
 * over WebDriver BiDi, by the process that keeps it, to accept what signs itself: that is all that is asked there.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** Firefox writes there where it listens. */
const whereItListens = 'WebDriverBiDiServer.json';
const everyMs = 20;
const withinMs = 20_000;

/** @param folder its profile. The exception holds as long as the connection that asked for it, so this process keeps it. */
export async function acceptOwnCertificates(folder: string): Promise<void> {
  const { host, port } = await listening(join(folder, whereItListens));
  const socket = new WebSocket(`ws://${host}:${port}/session`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  // When Firefox ends, so does this.
  socket.on('error', () => {});
  const answered = new Promise<string>((resolve, reject) =>
    socket
      .once('message', (data: Buffer) => resolve(data.toString()))
      .once('close', () => reject(new Error('Firefox has closed its remote agent'))),
  );
  const capabilities = { alwaysMatch: { acceptInsecureCerts: true } };
  socket.send(JSON.stringify({ id: 1, method: 'session.new', params: { capabilities } }));
  const answer = JSON.parse(await answered) as { type: string; message?: string };
  if (answer.type !== 'success') throw new Error(`Firefox: ${answer.message}`);
}

async function listening(file: string): Promise<{ readonly host: string; readonly port: number }> {
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += everyMs) {
    try {
      const { ws_host: host, ws_port: port } = JSON.parse(readFileSync(file, 'utf8'));
      return { host, port };
    } catch {
      // Not written yet, or half of it.
      await passed(everyMs);
    }
  }
  throw new Error(`Firefox has not written ${whereItListens} in ${withinMs / 1000} s`);
}

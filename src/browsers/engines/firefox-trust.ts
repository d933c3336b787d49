/**
 * Firefox keeps certificate exceptions by host and port, and the ports of doors are not known when it starts. So the
 * process that keeps it asks it over WebDriver BiDi to accept self-signed certificates, and nothing else.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** The file in which Firefox writes the address it listens at. */
const whereItListens = 'WebDriverBiDiServer.json';
const everyMs = 20;
const withinMs = 20_000;

/**
 * @param folder its profile. The exception lasts as long as the connection that asked for it, so this process keeps it
 * open.
 */
export async function acceptOwnCertificates(folder: string): Promise<void> {
  const { host, port } = await listening(join(folder, whereItListens));
  const socket = new WebSocket(`ws://${host}:${port}/session`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  // The connection fails when Firefox ends, and there is nothing left to do.
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
      // Not written yet, or only half.
      await passed(everyMs);
    }
  }
  throw new Error(`Firefox has not written ${whereItListens} in ${withinMs / 1000} s`);
}

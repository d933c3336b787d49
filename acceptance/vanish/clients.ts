/** The clients, in a namespace of their own: they connect, send nothing, and vanish when the parent tells them to. */
import { execFileSync } from 'node:child_process';
import { get } from 'node:http';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { paths } from '../../src/protocols/contract.ts';
import { clientAddress, type FromClients, serverAddress, type ToClients, type Way, ways } from './ways.ts';

const tell = (message: FromClients) => process.send?.(message);
const ip = (...args: string[]) => execFileSync('ip', args);

function connect(way: Way, port: number): Promise<void> {
  const origin = `${serverAddress}:${port}`;
  const closed = () => tell({ closed: way });
  return new Promise((resolve, reject) => {
    if (way.startsWith('ws')) {
      const socket = new WebSocket(`ws://${origin}${paths.socket}`);
      socket
        .once('open', () => resolve())
        .once('error', reject)
        .once('close', closed);
    } else if (way.startsWith('sse')) {
      const request = get(`http://${origin}${paths.events}?client=c001`, (response) => {
        response.resume().once('close', closed).once('error', closed);
        resolve();
      });
      request.once('error', reject);
    } else {
      const socket = io(`http://${origin}`, { transports: ['websocket'], reconnection: false });
      socket
        .once('connect', () => resolve())
        .once('connect_error', reject)
        .once('disconnect', closed);
    }
  });
}

process.once('disconnect', () => process.exit());
process.on('message', async (message: ToClients) => {
  if ('vanish' in message) {
    ip('addr', 'flush', 'dev', 'clients');
    return tell({ vanished: true });
  }
  ip('link', 'set', 'lo', 'up');
  ip('addr', 'add', `${clientAddress}/24`, 'dev', 'clients');
  ip('link', 'set', 'clients', 'up');
  await Promise.all(ways.map((way) => connect(way, message.connect[way])));
  tell({ connected: true });
});
tell({ ready: true });

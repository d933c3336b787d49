/**
 * The chat of the exercise: a ws server that greets whoever comes and sends each message on to everyone, and two
 * scripts for its page. One has the flaw that a tutorial's page has: it speaks to another library than its server.
 * The scripts are our own words.
 */
import { WebSocket } from 'ws';
import { type Serving, serveWs } from '../probes/serving.ts';

export const greeting = 'welcome';

/** Greets, and passes on. `connected` counts who got as far as a WebSocket. */
export async function serveChat(): Promise<Serving & { readonly connected: () => number }> {
  let connected = 0;
  const server = await serveWs((sockets) =>
    sockets.on('connection', (socket) => {
      connected++;
      socket.send(greeting);
      socket.on('message', (data: Buffer) => {
        for (const client of sockets.clients)
          if (client.readyState === WebSocket.OPEN) client.send(data.toString());
      });
    }),
  );
  return { ...server, connected: () => connected };
}

/** What both pages do with a message, and with the button. */
const shown = `
const list = document.getElementById('list');
const input = document.getElementById('input');
const show = (text) => {
  const item = document.createElement('li');
  item.textContent = text;
  list.append(item);
};`;

/** Socket.IO's client, in a page that has loaded no library, against a server that does not speak Socket.IO. */
export const flawedScript = `
const socket = io();
${shown}
socket.on('message', show);
document.getElementById('send').addEventListener('click', () => socket.send(input.value));`;

/** The repair: the client that browsers have built in, and that a ws server understands. */
export const repairedScript = `
const socket = new WebSocket('ws://' + location.host);
${shown}
socket.addEventListener('message', (event) => show(event.data));
document.getElementById('send').addEventListener('click', () => socket.send(input.value));`;

/** A plain ws echo with a list of clients and a page beside it. */
import http from 'node:http';
import { WebSocketServer } from 'ws';

const server = http.createServer((_request, response) => {
  response.setHeader('content-type', 'text/plain');
  response.end('a WebSocket is at /ws\n');
});
const wss = new WebSocketServer({ server, path: '/ws' });
const clients = new Map();
let nextId = 1;

wss.on('connection', (ws) => {
  const id = nextId++;
  clients.set(id, ws);
  ws.send(`hello, you are number ${id}`);
  ws.on('message', (message, isBinary) => {
    ws.send(message, { binary: isBinary });
  });
  ws.on('close', () => clients.delete(id));
  ws.on('error', (error) => console.error(`client ${id}: ${error.message}`));
});

server.listen(process.env.PORT, () => console.log(`listening on ${process.env.PORT}`));

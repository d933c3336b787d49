/**
 * An application over TLS: pages, an event stream, a WebSocket; HTTP/1.1 or HTTP/2, as its client asks.
 * @param argv key, certificate, port, newest version of TLS.
 */
import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { WebSocketServer } from 'ws';

const [key, cert, port, maxVersion] = process.argv.slice(2);
const server = createSecureServer(
  { key: readFileSync(key), cert: readFileSync(cert), allowHTTP1: true, maxVersion },
  (asked, response) => {
    if (asked.url !== '/events') return response.end(`page ${asked.url}`);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let events = 0;
    const timer = setInterval(() => {
      response.write(`data: event ${events}\n\n`);
      if (++events < 20) return;
      clearInterval(timer);
      response.end();
    }, 5);
  },
);
new WebSocketServer({ server }).on('connection', (socket) =>
  socket.on('message', (data) => socket.send(data)),
);
server.listen(Number(port), '127.0.0.1');

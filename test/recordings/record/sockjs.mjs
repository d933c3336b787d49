/** SockJS with its own client, by each transport that the client has in Node; htmlfile by hand. */
import { createServer } from 'node:http';
import { listening, pause, until } from '../stage.mjs';

export const packages = { sockjs: '0.3.24', 'sockjs-client': '1.6.1' };

const texts = ['first', 'sec\nd', '{"id":3}'];

async function server({ count, relay, after }) {
  const { default: sockjs } = await import('sockjs');
  const { default: FayeWebSocket } = await import('faye-websocket');
  const { ping } = FayeWebSocket.prototype;
  FayeWebSocket.prototype.ping = function (...args) {
    count.pings.down++;
    return ping.apply(this, args);
  };
  const echo = sockjs.createServer({ prefix: '/echo', heartbeat_delay: 200, log() {} });
  echo.on('connection', (connection) => {
    connection.on('data', (message) => {
      count.sent++;
      connection.write(message);
    });
  });
  const http = createServer();
  echo.installHandlers(http);
  after(() => {
    http.close();
    http.closeAllConnections();
  });
  return relay(await listening(http));
}

const by = (transport, stream, notes) => async (stage) => {
  const { count } = stage;
  const { default: SockJS } = await import('sockjs-client');
  const socket = new SockJS(`http://127.0.0.1:${await server(stage)}/echo`, null, { transports: transport });
  socket.onmessage = () => count.received++;
  socket.onheartbeat = () => count.pings.down++;
  await until(() => socket.readyState === 1, 'open');
  if (socket.transport !== transport) throw new Error(`it came by ${socket.transport}`);
  for (const text of texts) {
    const before = count.received;
    socket.send(text);
    await until(() => count.received > before, 'an echo');
  }
  const before = count.pings.down;
  await until(() => count.pings.down > before, 'a heartbeat');
  socket.close();
  await pause(50);
  return { library: 'SockJS', stream, notes };
};

export const recordings = {
  'sockjs-websocket': by(
    'websocket',
    'sockjs over websocket',
    'o, a[…], c[…]; upwards a JSON array; heartbeats are pings of WebSocket',
  ),
  'sockjs-xhr-streaming': by(
    'xhr-streaming',
    'sockjs over streaming responses',
    'a prelude of 2,048 h and a line feed, then o, a[…] and h, a line each; upwards POST …/xhr_send, answered 204',
  ),
  'sockjs-xhr-polling': by(
    'xhr-polling',
    'sockjs over polling',
    'a POST …/xhr is answered by one frame and a line feed; upwards POST …/xhr_send, answered 204',
  ),
  'sockjs-eventsource': by(
    'eventsource',
    'sockjs over an event stream',
    'the frames are data of events; upwards POST …/xhr_send, answered 204',
  ),
  'sockjs-htmlfile': async (stage) => {
    const { count } = stage;
    const url = `http://127.0.0.1:${await server(stage)}/echo/000/abcdefgh`;
    const over = new AbortController();
    const response = await fetch(`${url}/htmlfile?c=_jp.c`, { signal: over.signal });
    const reader = response.body.getReader();
    let heard = '';
    (async () => {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        heard += Buffer.from(value).toString();
      }
    })().catch(() => {});
    await until(() => heard.includes('p("o")'), 'open');
    for (const text of texts) {
      await fetch(`${url}/xhr_send`, { method: 'POST', body: JSON.stringify([text]) });
    }
    const times = (what) => heard.split(what).length - 1;
    await until(() => times('p("a[') === texts.length && times('p("h")') > 0, 'echoes and a heartbeat');
    count.received = times('p("a[');
    count.pings.down = times('p("h")');
    over.abort();
    await pause(50);
    return {
      library: 'SockJS',
      byHand: true,
      stream: 'sockjs over streaming responses',
      notes: 'the server is the library, the client made by hand with fetch: htmlfile needs a browser',
    };
  },
};

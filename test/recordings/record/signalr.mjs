/**
 * SignalR: the client is the library, the server made by hand from the public specifications of its transports and of
 * its hub protocol. Messages are written and read by the client's own protocol classes.
 */
import { createServer } from 'node:http';
import { listening, pause, until } from '../stage.mjs';

export const packages = {
  '@microsoft/signalr': '9.0.6',
  '@microsoft/signalr-protocol-msgpack': '9.0.6',
  ws: '7.5.10',
};

const quiet = { log() {} };
const body = async (request) => Buffer.concat(await request.toArray());

/** What a hub does with what it is told, whichever transport brought it. */
function hub(protocol, signalr, count, send) {
  let shaken = false;
  const write = (message) => send(protocol.writeMessage(message));
  return {
    hear(bytes) {
      if (!shaken) {
        shaken = true;
        const end = bytes.indexOf(0x1e) + 1;
        send('{}\x1e');
        if (bytes.length === end) return;
        bytes = bytes.subarray(end);
      }
      const isText = protocol.transferFormat === signalr.TransferFormat.Text;
      const input = isText ? bytes.toString() : Uint8Array.from(bytes).buffer;
      for (const { type, invocationId, target, arguments: args } of protocol.parseMessages(input, quiet)) {
        if (type === signalr.MessageType.Ping) count.pings.up++;
        if (type !== signalr.MessageType.Invocation) continue;
        count.sent++;
        if (invocationId)
          write({ type: signalr.MessageType.Completion, headers: {}, invocationId, result: args[0] });
        else
          write({
            type: signalr.MessageType.Invocation,
            headers: {},
            target,
            arguments: args,
            streamIds: [],
          });
      }
    },
    ping() {
      if (!shaken) return;
      count.pings.down++;
      write({ type: signalr.MessageType.Ping });
    },
  };
}

/** By its transport: what a hub says goes into a frame, an event, or the answer of the poll that waits. */
async function application({ count, relay, after }, transport, protocol, signalr) {
  const { default: ws } = await import('ws');
  const said = [];
  let way = null;
  let polls = 0;
  const flush = () => way && said.length > 0 && way(said.splice(0));
  const room = hub(protocol, signalr, count, (message) => {
    said.push(Buffer.from(message));
    flush();
  });
  const poll = (response) => {
    const answer = (all) => {
      clearTimeout(timeout);
      way = null;
      response.writeHead(200, { 'Content-Type': 'text/plain' }).end(Buffer.concat(all));
    };
    // A poll that nothing answers ends empty (after 90 s, usually), and so does the first.
    const timeout = setTimeout(() => {
      count.pings.down++;
      answer([]);
    }, 200);
    if (polls++ === 0) return answer([]);
    way = answer;
    flush();
  };
  const answers = {
    async POST(request, response) {
      const bytes = await body(request);
      if (!request.url.includes('/negotiate')) {
        response.writeHead(200).end();
        return room.hear(bytes);
      }
      const availableTransports = [{ transport, transferFormats: ['Text', 'Binary'] }];
      const ids = { connectionId: 'c', connectionToken: 't' };
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ negotiateVersion: 1, ...ids, availableTransports }));
    },
    GET(_request, response) {
      if (transport === 'LongPolling') return poll(response);
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
      response.write(':\r\n\r\n');
      way = (all) => {
        for (const message of all) response.write(`data: ${message}\r\n\r\n`);
      };
    },
    DELETE(_request, response) {
      response.writeHead(202).end();
      way?.([]);
    },
  };
  const http = createServer((request, response) => answers[request.method](request, response));
  const sockets = new ws.Server({ server: http });
  sockets.on('connection', (socket) => {
    const binary = protocol.transferFormat === signalr.TransferFormat.Binary;
    way = (all) => {
      for (const message of all) socket.send(binary ? message : message.toString(), { binary });
    };
    socket.on('message', (data) => room.hear(Buffer.from(data)));
  });
  const timer = transport === 'LongPolling' ? null : setInterval(room.ping, 200);
  after(() => {
    clearInterval(timer);
    http.close();
    http.closeAllConnections();
  });
  return relay(await listening(http));
}

const over =
  (transport, stream, { msgpack = false } = {}) =>
  async (stage) => {
    const signalr = await import('@microsoft/signalr');
    const { MessagePackHubProtocol } = await import('@microsoft/signalr-protocol-msgpack');
    const { count } = stage;
    const protocol = msgpack ? new MessagePackHubProtocol() : new signalr.JsonHubProtocol();
    const port = await application(stage, transport, protocol, signalr);
    const connection = new signalr.HubConnectionBuilder()
      .withUrl(`http://127.0.0.1:${port}/chat`, signalr.HttpTransportType[transport])
      .withHubProtocol(protocol)
      .configureLogging(signalr.LogLevel.None)
      .build();
    connection.keepAliveIntervalInMilliseconds = 150;
    connection.on('say', () => count.received++);
    await connection.start();
    for (const text of ['first', 'second', 'third']) {
      const before = count.received;
      await connection.send('say', text);
      await until(() => count.received > before, 'an echo');
    }
    await connection.invoke('ask', 'why');
    count.received++;
    const isPolling = transport === 'LongPolling';
    await until(() => (isPolling || count.pings.up > 1) && count.pings.down > 0, 'heartbeats');
    await connection.stop();
    await pause(50);
    return {
      library: `SignalR (${msgpack ? 'MessagePack' : 'JSON'})`,
      byHand: true,
      stream,
      notes:
        'the server is made by hand; the fourth message is invoked and answered by a completion; in long polling the heartbeats are polls answered by nothing; besides: negotiate, the handshake of the hub protocol',
    };
  };

export const recordings = {
  'signalr-websocket': over('WebSockets', 'websocket (signalr)'),
  'signalr-msgpack': over('WebSockets', 'websocket (signalr, binary)', { msgpack: true }),
  'signalr-sse': over('ServerSentEvents', 'signalr over an event stream; POSTs upwards'),
  'signalr-polling': over('LongPolling', 'signalr over long polling; POSTs upwards'),
};

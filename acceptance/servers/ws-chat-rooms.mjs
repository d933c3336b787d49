/** A chat with ws on a port of its own, which also ends cleanly. */
import { WebSocketServer } from 'ws';

const wss = new WebSocketServer({ port: Number(process.env.PORT) });

wss.on('connection', (ws) => {
  ws.on('error', console.error);
  ws.on('message', (data, binary) => {
    wss.clients.forEach((one) => {
      if (one.readyState === 1) one.send(data, { binary });
    });
  });
});

process.on('SIGTERM', () => {
  for (const one of wss.clients) one.terminate();
  wss.close(() => process.exit(0));
});

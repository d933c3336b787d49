/** Server-Sent Events with express. */
import express from 'express';

const app = express();
app.disable('x-powered-by');
let listeners = [];

app.get('/events', (req, res) => {
  res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', Connection: 'keep-alive' });
  res.flushHeaders();
  listeners.push(res);
  req.on('close', () => {
    listeners = listeners.filter((one) => one !== res);
  });
});

app.post('/message', express.text({ type: () => true, limit: '1mb' }), (req, res) => {
  const data = req.body
    .split('\n')
    .map((line) => `data: ${line}`)
    .join('\n');
  for (const one of listeners) one.write(`${data}\n\n`);
  res.sendStatus(204);
});

app.listen(process.env.PORT);

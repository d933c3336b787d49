/** Long polling with express: an emitter wakes those who wait. */
const express = require('express');
const { EventEmitter, once } = require('node:events');

const app = express();
const log = [];
const news = new EventEmitter();
news.setMaxListeners(0);

app.get('/poll', async (req, res) => {
  res.set('Cache-Control', 'no-store');
  const cursor = req.query.cursor === undefined ? null : Number.parseInt(req.query.cursor, 10);
  if (Number.isNaN(cursor) || cursor < 0) return res.status(400).end();
  if (cursor !== null && cursor >= log.length)
    await once(news, 'message', { signal: AbortSignal.timeout(25_000) }).catch(() => {});
  res.json({ cursor: log.length, messages: log.slice(cursor ?? log.length) });
});

app.post('/message', express.text({ type: '*/*', limit: '200kb' }), (req, res) => {
  log.push(typeof req.body === 'string' ? req.body : '');
  news.emit('message');
  res.status(204).end();
});

app.listen(Number(process.env.PORT), '127.0.0.1');

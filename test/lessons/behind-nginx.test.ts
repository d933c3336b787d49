/** Lesson 15 without nginx: behind the emulation each of the five transports gets the same as behind nginx. */
import { expect, test } from 'vitest';
import { heardThrough } from '../../src/questions/lessons/behind-nginx.ts';
import { newsCount, serveNews } from '../../src/questions/lessons/news-server.ts';
import { emulatedFront } from '../../src/questions/probes/stock-nginx.ts';

test('behind the emulation polling, long polling and Socket.IO hear all, SSE and ws nothing', async () => {
  const host = '127.0.0.1';
  await using server = await serveNews(host);
  await using front = await emulatedFront({ host, port: server.port });
  expect(front.who).toBe('--proxy strip-upgrade,buffering=4k,hold-head');
  const heard = await heardThrough(front.address, server.tell);
  expect(Object.fromEntries(heard)).toEqual({
    polling: newsCount,
    'long-polling': newsCount,
    'socket.io': newsCount,
    asked: newsCount,
    sse: 0,
    ws: 0,
  });
});

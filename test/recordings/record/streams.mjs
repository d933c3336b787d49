/** Streams of plain HTTP by Node itself: JSON lines, JSON text sequences, multipart, and compressed event streams. */
import { createServer, get } from 'node:http';
import {
  constants,
  createBrotliCompress,
  createBrotliDecompress,
  createDeflate,
  createGunzip,
  createGzip,
  createInflate,
} from 'node:zlib';
import { listening, pause, until } from '../stage.mjs';

export const packages = {};

const items = [
  { id: 1, text: 'first' },
  { id: 2, text: 'sec\nd' },
  { id: 3, text: 'third, with ünïcode' },
];

/**
 * One response, a part every 30 ms, read by `messagesIn` once it is whole. `coder` compresses each part and lets it go at
 * once, as servers of live streams do.
 */
async function one(stage, { type, parts, messagesIn, coder, opener, coding, headers = {} }) {
  const { count, relay, after } = stage;
  const http = createServer(async (_request, response) => {
    response.writeHead(200, {
      'Content-Type': type,
      'Cache-Control': 'no-store',
      ...(coding && { 'Content-Encoding': coding }),
      ...headers,
    });
    const out = coder ? coder() : response;
    if (coder) out.pipe(response);
    for (const part of parts) {
      out.write(part);
      if (coder) await new Promise((resolve) => out.flush(resolve));
      await pause(30);
    }
    out.end();
  });
  const port = await relay(await listening(http));
  const text = await new Promise((resolve, reject) => {
    const ask = { host: '127.0.0.1', port, path: '/stream', agent: false };
    get({ ...ask, headers: coding ? { 'Accept-Encoding': coding } : {} }, async (response) => {
      const body = opener ? response.pipe(opener()) : response;
      const pieces = [];
      for await (const piece of body) pieces.push(piece);
      resolve(Buffer.concat(pieces).toString());
    }).on('error', reject);
  });
  count.received = messagesIn(text);
  if (count.received !== items.length) throw new Error(`${count.received} of ${items.length} came`);
  after(() => http.close());
}

const byNode = (stream, notes, options) => async (stage) => {
  await one(stage, options);
  stage.count.pings.down = options.pings ?? 0;
  return { library: 'node:http', stream, notes };
};

const lines = (text) => text.split('\n').filter((line) => line.trim() !== '');
const json = (values) => values.map((value) => JSON.stringify(value));

const eventStream = { type: 'text/event-stream' };
const events = [': hello\n\n', ...json(items).map((data, index) => `id: ${index + 1}\ndata: ${data}\n\n`)];
const eventsIn = (text) => text.split('\n').filter((line) => line.startsWith('data:')).length;

const compressed = (coding, coder, opener) =>
  byNode(`event stream, ${coding}`, 'flushed after each event; the first is a comment', {
    ...{ ...eventStream, parts: events, messagesIn: eventsIn, coding, coder, opener },
  });

const boundary = '-';

export const recordings = {
  ndjson: byNode('JSON lines', 'the last line has no line feed; one line is empty, a heartbeat', {
    type: 'application/x-ndjson',
    parts: [`${json(items)[0]}\n`, '\r\n', `${json(items)[1]}\n`, json(items)[2]],
    messagesIn: (text) => lines(text).length,
    pings: 1,
  }),
  jsonl: byNode('JSON lines', 'two lines in one chunk', {
    type: 'application/jsonl',
    parts: [`${json(items)[0]}\n${json(items)[1]}\n`, `${json(items)[2]}\n`],
    messagesIn: (text) => lines(text).length,
  }),
  'stream-json': byNode('JSON lines', 'a line in two chunks', {
    type: 'application/stream+json',
    parts: [
      json(items)[0].slice(0, 9),
      `${json(items)[0].slice(9)}\n`,
      `${json(items)[1]}\n`,
      `${json(items)[2]}\n`,
    ],
    messagesIn: (text) => lines(text).length,
  }),
  'json-seq': byNode(
    'a JSON text sequence (RFC 7464)',
    'each text begins with RS and ends with a line feed',
    {
      type: 'application/json-seq',
      parts: json(items).map((text) => `\x1e${text}\n`),
      messagesIn: (text) => text.split('\x1e').length - 1,
    },
  ),
  multipart: byNode(
    'multipart/mixed (incremental delivery of GraphQL)',
    'boundary "-"; the parts are application/json; the last has hasNext false, then the closing delimiter',
    {
      type: `multipart/mixed;boundary="${boundary}";deferSpec=20220824`,
      parts: [
        `\r\n--${boundary}\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{"data":{"id":1},"hasNext":true}`,
        `\r\n--${boundary}\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{"incremental":[{"data":{"id":2},"path":[]}],"hasNext":true}`,
        `\r\n--${boundary}\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{"hasNext":false}\r\n--${boundary}--\r\n`,
      ],
      messagesIn: (text) => text.split('hasNext').length - 1,
    },
  ),
  'multipart-replace': byNode('multipart/x-mixed-replace', 'each part has its length', {
    type: 'multipart/x-mixed-replace; boundary=frame',
    parts: json(items).map(
      (text) =>
        `--frame\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}\r\n`,
    ),
    messagesIn: (text) => text.split('--frame').length - 1,
  }),
  'sse-gzip': compressed(
    'gzip',
    () => createGzip({ flush: constants.Z_SYNC_FLUSH }),
    () => createGunzip(),
  ),
  'sse-deflate': compressed(
    'deflate',
    () => createDeflate({ flush: constants.Z_SYNC_FLUSH }),
    () => createInflate(),
  ),
  'sse-br': compressed(
    'br',
    () => createBrotliCompress({ flush: constants.BROTLI_OPERATION_FLUSH }),
    () => createBrotliDecompress(),
  ),
  'sse-unfinished': async (stage) => {
    const { count, relay, after } = stage;
    const http = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('retry: 1000\n\n');
      for (const text of ['first', 'second']) response.write(`event: note\ndata: ${text}\n\n`);
      response.write('event: note\ndata: thi');
    });
    const port = await relay(await listening(http));
    const request = get({ host: '127.0.0.1', port, path: '/events', agent: false }, (response) => {
      response.on('error', () => {});
      let text = '';
      response.on('data', (piece) => {
        text += piece;
        count.received = text.split('\n\n').filter((event) => event.includes('data:')).length - 1;
      });
    });
    request.on('error', () => {});
    await until(() => count.received === 2, 'two whole events');
    await pause(30);
    request.destroy();
    after(() => http.close());
    return {
      library: 'node:http',
      stream: 'event stream',
      notes: 'the client leaves within the third event; none of the chunked coding is ended',
    };
  },
};

#!/usr/bin/env bash
# EventSource libraries: a stream that breaks inside an event loses it, halves it, or resumes it, by library.
#
# A good guess: Server-Sent Events with ids lose nothing: after a break the client says `Last-Event-ID`, the server
#   replays what came later. An event counts when its blank line has come (HTML §9.2.6).
# What happens: the id usually stands before the data, so it matters when a client believes it.
#   - @microsoft/fetch-event-source believes it at its own line. If the stream ends after `id: 2` and before the blank
#     line, it comes back saying 2: event 2 is lost for good, silently.
#   - eventsource 2 hands out what had come of the event as if it were whole, and says 2, too: a message of two lines
#     arrives as one line.
#   - undici, eventsource 3, 4 and 5, eventsource-client and launchdarkly-eventsource resume rightly. But eventsource 3
#     and 4, eventsource-client and launchdarkly-eventsource pass over an id that comes without data, which the
#     specification allows as a checkpoint ("you have seen all until 2"): they ask again for what came before it.
# Versions: undici 7.30.2, eventsource 2.0.2, 3.0.7, 4.1.1, 5.1.5, eventsource-client 1.2.0, launchdarkly-eventsource
#   2.2.0, @microsoft/fetch-event-source 2.0.1; Node 20.20.2, 22.23.3, 24.21.0.
# Why it matters: "SSE resumes by itself" is a reason to prefer it to a WebSocket. With the first two it is at most
#   once; where checkpoints are used, four others repeat. A server that writes `id` as the last line of the event (the
#   order of fields is free) loses nothing with any of them, as the second part shows (eventsource 2 still hands out
#   the half before the whole). Streams end in mid-event when a server dies behind a proxy that ends its answer well.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund undici@7.30.2 es2@npm:eventsource@2.0.2 es3@npm:eventsource@3.0.7 \
  es4@npm:eventsource@4.1.1 es5@npm:eventsource@5.1.5 eventsource-client@1.2.0 launchdarkly-eventsource@2.2.0 \
  @microsoft/fetch-event-source@2.0.1

cat > find.mjs <<'JS'
import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import Two from 'es2';
import { EventSource as Three } from 'es3';
import { EventSource as Four } from 'es4';
import { EventSource as Five } from 'es5';
import { createEventSource } from 'eventsource-client';
import { EventSource as LaunchDarkly } from 'launchdarkly-eventsource';
import { EventSource as Undici } from 'undici';
import { fetchEventSource } from '@microsoft/fetch-event-source';

globalThis.window = globalThis; // fetch-event-source is written for pages
globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };

const standard = (EventSource, options) => (url, note) => {
  const source = new EventSource(url, options);
  source.onmessage = ({ data }) => note(data);
  source.onerror = () => {};
  return () => source.close();
};
const clients = {
  'undici 7': standard(Undici),
  'eventsource 5': standard(Five),
  'eventsource 4': standard(Four),
  'eventsource 3': standard(Three),
  'eventsource 2': standard(Two),
  'launchdarkly-eventsource': standard(LaunchDarkly, { initialRetryDelayMillis: 50 }),
  'eventsource-client': (url, note) => {
    const source = createEventSource({ url, onMessage: ({ data }) => note(data) });
    return () => source.close();
  },
  'fetch-event-source': (url, note) => {
    const ending = new AbortController();
    void fetchEventSource(url, {
      signal: ending.signal,
      fetch,
      openWhenHidden: true,
      onmessage: ({ data }) => data && note(data),
      onclose() { throw new Error('come back, as an EventSource does'); },
    });
    return () => ending.abort();
  },
};

const idFirst = ['id: 1\ndata: one\n\n', 'id: 2\ndata: two,\ndata: whole\n\n', 'id: 3\ndata: three\n\n'];
const idLast = ['data: one\nid: 1\n\n', 'data: two,\ndata: whole\nid: 2\n\n', 'data: three\nid: 3\n\n'];
const torn = ([first, second]) => `${first}${second.slice(0, second.indexOf('data: whole'))}`;
const cases = {
  'torn inside event 2, id first': [idFirst, torn(idFirst)],
  'torn inside event 2, id last': [idLast, torn(idLast)],
  'event 1, then id 2 without data': [idFirst, `${idFirst[0]}id: 2\n\n`],
};

// The first answer ends after `first`; the second replays what is later than Last-Event-ID.
async function deliver(start, events, first) {
  const said = [];
  const server = http.createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (said.push(request.headers['last-event-id'] ?? 'nothing') === 1) return response.end(`retry: 50\n\n${first}`);
    response.write(`:\n\n${events.slice(Number(said.at(-1)) || 0).join('')}`);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const got = [];
  const stop = start(`http://127.0.0.1:${server.address().port}/`, (data) => got.push(JSON.stringify(data)));
  for (let i = 0; i < 500 && !got.includes('"three"'); i++) await sleep(10);
  stop();
  server.closeAllConnections();
  server.close();
  return `says ${said[1]}, delivered ${got.join(' ')}`;
}

const all = 'delivered "one" "two,\\nwhole" "three"';
const right = [`says 1, ${all}`, `says 1, ${all}`, 'says 2, delivered "one" "three"'];
const withoutCheckpoint = [right[0], right[1], `says 1, ${all}`];
const wanted = {
  'undici 7': right,
  'eventsource 5': right,
  'eventsource 4': withoutCheckpoint,
  'eventsource 3': withoutCheckpoint,
  'eventsource 2': ['says 2, delivered "one" "two," "three"', 'says 1, delivered "one" "two," "two,\\nwhole" "three"', right[2]],
  'launchdarkly-eventsource': withoutCheckpoint,
  'eventsource-client': withoutCheckpoint,
  'fetch-event-source': ['says 2, delivered "one" "three"', right[1], right[2]],
};

console.log(`Node ${process.version}`);
for (const [i, [title, [events, first]]] of Object.entries(cases).entries()) {
  console.log(`\n${title}`);
  for (const [name, start] of Object.entries(clients)) {
    const seen = await deliver(start, events, first);
    const held = seen === wanted[name][i];
    console.log(`${held ? 'as found' : 'CHANGED '}  ${name.padEnd(26)} ${seen}`);
    if (!held) process.exitCode = 1;
  }
}
process.exit();
JS
timeout 180 node --no-warnings find.mjs

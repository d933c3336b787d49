#!/usr/bin/env bash
# Event stream parsers: of ten, two read twenty streams, cut at every byte, as the specification says.
#
# A good guess: the grammar of Server-Sent Events is one page (HTML §9.2.5–6); on valid streams all parsers agree, and
#   where the network cuts the bytes makes no difference.
# What happens: undici and eventsource-parser 4 are right on all. The others differ, also in what people really send:
#   - a keep-alive comment (`:` and a blank line) is handed out as a message with empty data by fetch-event-source,
#     so a handler that parses JSON throws at each heartbeat;
#   - a message of two lines ended by CRLF falls into two messages if the cut comes between CR and LF, with
#     eventsource-parser 1 and parse-sse: the same bytes, another meaning, depending on the segments of TCP;
#   - the last event of a stream with CR line ends stays in eventsource-parser 3 until the next byte comes;
#   - an `event:` without data is a message for openai, @anthropic-ai/sdk, fetch-event-source and fetch-event-stream,
#     or gives its name to the next one (@azure/core-sse); the specification says neither;
#   - an event that the end of the stream cut short is delivered by parse-sse; empty messages are swallowed by
#     parse-sse, fetch-event-stream and @azure/core-sse; fetch-event-stream trims blanks from data.
# Versions: see the install line; undici 7.30.2's parser through a deep path. Node 20.20.2, 22.23.3, 24.21.0.
# Why it matters: events are read by libraries of very different age, and the answers of language models are events, too.
#   What all ten read alike: LF, a space after the colon, no comment blocks of their own, no event without data.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund undici@7.30.2 parser1@npm:eventsource-parser@1.1.2 \
  parser3@npm:eventsource-parser@3.1.1 parser4@npm:eventsource-parser@4.1.3 @microsoft/fetch-event-source@2.0.1 \
  fetch-event-stream@0.1.6 parse-sse@0.1.0 @azure/core-sse@2.3.0 openai@6.49.0 @anthropic-ai/sdk@1.14.0

cat > find.mjs <<'JS'
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { createSseStream } from '@azure/core-sse';
import { events } from 'fetch-event-stream';
import { parseServerSentEvents } from 'parse-sse';
import { createParser as createParser1 } from 'parser1';
import { createParser as createParser3 } from 'parser3';
import { createParser as createParser4 } from 'parser4';

const inside = (path) => import(pathToFileURL(`${import.meta.dirname}/node_modules/${path}`));
const { EventSourceStream } = createRequire(import.meta.url)('./node_modules/undici/lib/web/eventsource/eventsource-stream.js');
const pages = await inside('@microsoft/fetch-event-source/lib/cjs/parse.js');
const { _iterSSEMessages: openai } = await inside('openai/core/streaming.mjs');
const { _iterSSEMessages: anthropic } = await inside('@anthropic-ai/sdk/core/streaming.mjs');

const stream = (chunks) => ReadableStream.from(chunks);
const response = (chunks) => new Response(stream(chunks), { headers: { 'content-type': 'text/event-stream' } });
const told = (name, data) => `${name || 'message'} ${JSON.stringify(data)}`;

const push = (create) => async (chunks) => {
  const out = [];
  const parser = create(({ event, data }) => out.push(told(event, data)));
  const decoder = new TextDecoder();
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
  return out;
};
const pull = (read, name = 'event') => async (chunks) => {
  const out = [];
  for await (const event of read(chunks)) out.push(told(event[name], event.data));
  return out;
};
const readers = {
  undici: async (chunks) => {
    const out = [];
    const parser = new EventSourceStream({ eventSourceSettings: { lastEventId: '', reconnectionTime: 1, origin: '' } });
    parser.on('data', ({ type, options }) => out.push(told(type, options.data)));
    for (const chunk of chunks) parser.write(chunk);
    parser.end();
    await once(parser, 'end');
    return out;
  },
  'eventsource-parser 4': push((onEvent) => createParser4({ onEvent })),
  'eventsource-parser 3': push((onEvent) => createParser3({ onEvent })),
  'eventsource-parser 1': push((onEvent) => createParser1((parsed) => parsed.type === 'event' && onEvent(parsed))),
  openai: pull((chunks) => openai(response(chunks), new AbortController())),
  '@anthropic-ai/sdk': pull((chunks) => anthropic(response(chunks), new AbortController())),
  '@azure/core-sse': pull((chunks) => createSseStream(stream(chunks))),
  'fetch-event-source': async (chunks) => {
    const out = [];
    const messages = pages.getMessages(() => {}, () => {}, ({ event, data }) => out.push(told(event, data)));
    await pages.getBytes(stream(chunks), pages.getLines(messages));
    return out;
  },
  'fetch-event-stream': pull((chunks) => events(response(chunks))),
  'parse-sse': pull((chunks) => parseServerSentEvents(response(chunks)), 'type'),
};

// What each stream says, by the specification.
const streams = {
  'LF': ['data: a\n\ndata: b\n\n', ['message "a"', 'message "b"']],
  'CRLF': ['data: a\r\n\r\ndata: b\r\n\r\n', ['message "a"', 'message "b"']],
  'CRLF, two lines': ['data: a\r\ndata: b\r\n\r\n', ['message "a\\nb"']],
  'CR': ['data: a\r\rdata: b\r\r', ['message "a"', 'message "b"']],
  'all line ends': ['data: a\r\ndata: b\rdata: c\n\n', ['message "a\\nb\\nc"']],
  'a keep-alive comment': [': still here\n\ndata: a\n\n', ['message "a"']],
  'a comment inside': ['data: a\n: d\ndata: b\n\n', ['message "a\\nb"']],
  'data, no colon': ['data\n\n', ['message ""']],
  'data, nothing after': ['data:\n\n', ['message ""']],
  'two empty lines': ['data\ndata\n\n', ['message "\\n"']],
  'an empty line between': ['data: a\ndata:\ndata: b\n\n', ['message "a\\n\\nb"']],
  'no space': ['data:a\n\n', ['message "a"']],
  'two spaces': ['data:  a \n\n', ['message " a "']],
  'a colon in data': ['data: a:b\n\n', ['message "a:b"']],
  'a name': ['event: e\ndata: a\n\ndata: b\n\n', ['e "a"', 'message "b"']],
  'an empty name': ['event:\ndata: a\n\n', ['message "a"']],
  'a name without data': ['event: e\n\ndata: a\n\n', ['message "a"']],
  'unknown fields': ['foo: 1\nDATA: x\n data: y\ndata: a\n\n', ['message "a"']],
  'retry with a letter': ['retry: 1s\ndata: a\n\n', ['message "a"']],
  'no last blank line': ['data: a\n\ndata: b\n', ['message "a"']],
};

// In one piece, in two at every place, and byte by byte.
const cuttings = (bytes) => [
  [bytes],
  ...Array.from({ length: bytes.length - 1 }, (_, i) => [bytes.subarray(0, i + 1), bytes.subarray(i + 1)]),
  Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)),
];

const always = (...names) => Object.fromEntries(names.map((name) => [name, 'always']));
const wanted = {
  undici: {},
  'eventsource-parser 4': {},
  'eventsource-parser 3': always('CR'),
  'eventsource-parser 1': { 'CRLF, two lines': 'cut', 'all line ends': 'cut' },
  openai: always('a name without data'),
  '@anthropic-ai/sdk': always('a name without data'),
  '@azure/core-sse': always('data, no colon', 'two empty lines', 'a name without data'),
  'fetch-event-source': always('a keep-alive comment', 'two empty lines', 'a name without data'),
  'fetch-event-stream': always('data, no colon', 'two empty lines', 'two spaces', 'a name without data'),
  'parse-sse': {
    'CRLF, two lines': 'cut',
    'all line ends': 'cut',
    ...always('data, no colon', 'data, nothing after', 'no last blank line'),
  },
};

console.log(`Node ${process.version}: what differs from the specification\n`);
for (const [name, read] of Object.entries(readers)) {
  const differs = {};
  const lines = [];
  for (const [title, [text, says]] of Object.entries(streams)) {
    const cut = cuttings(new TextEncoder().encode(text));
    const wrong = [];
    for (const chunks of cut) {
      const heard = (await read(chunks)).join(' · ');
      if (heard !== says.join(' · ')) wrong.push(heard);
    }
    if (wrong.length === 0) continue;
    differs[title] = wrong.length === cut.length ? 'always' : 'cut';
    lines.push(`    ${title}: ${wrong.length} of ${cut.length} cuttings, such as ${wrong[0] || 'nothing'}`);
  }
  const held = JSON.stringify(Object.entries(differs).sort()) === JSON.stringify(Object.entries(wanted[name]).sort());
  console.log(`${held ? 'as found' : 'CHANGED '}  ${name}${lines.length ? '' : ': nothing'}`);
  for (const line of lines) console.log(line);
  if (!held) process.exitCode = 1;
}
JS
timeout 180 node --no-warnings find.mjs

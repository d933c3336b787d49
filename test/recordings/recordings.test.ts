/**
 * Traffic of other people's libraries, recorded by the scripts beside this file, read as an inspection reads it. What a
 * fixture's first line says was counted in the callbacks of the libraries themselves.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createBooks } from '../../src/inspection/books.ts';
import { imbalances } from '../../src/inspection/imbalances.ts';
import { anyConversations } from '../../src/protocols/detect.ts';
import type { Chunk } from '../../src/tap/tape.ts';

const folder = new URL('fixtures/', import.meta.url);
const names = readdirSync(folder)
  .map((file) => file.replace(/\.jsonl$/, ''))
  .sort();

type Recorded = Pick<Chunk, 'at' | 'connection' | 'direction'> & { readonly bytes: string };

const linesOf = (name: string) =>
  readFileSync(new URL(`${name}.jsonl`, folder), 'utf8')
    .trimEnd()
    .split('\n');

interface Header {
  readonly versions: Readonly<Record<string, string>>;
  /** Messages of the application. */
  readonly sent: number;
  readonly received: number;
  /** Messages that the WebSocket receivers got, whatever they meant to the library. */
  readonly webSocket?: { readonly messages: Both; readonly pings: Both };
}

interface Both {
  readonly up: number;
  readonly down: number;
}

const headerOf = (name: string): Header => JSON.parse(linesOf(name)[0]!);

function chunksOf(name: string): Chunk[] {
  const [, ...lines] = linesOf(name);
  return lines.map((line) => {
    const { bytes, ...where } = JSON.parse(line) as Recorded;
    return { ...where, phase: 'steady', bytes: Buffer.from(bytes, 'base64') };
  });
}

function cut(chunk: Chunk, length: number): Chunk[] {
  const pieces: Chunk[] = [];
  for (let at = 0; at < chunk.bytes.length; at += length)
    pieces.push({ ...chunk, bytes: chunk.bytes.subarray(at, at + length) });
  return pieces;
}

/** As the relay of an inspection feeds its books: a connection is open from its first chunk to its last. */
function read(name: string, pieces = Number.POSITIVE_INFINITY) {
  const chunks = chunksOf(name).flatMap((chunk) => cut(chunk, pieces));
  const books = createBooks(anyConversations());
  const passed = new Map<number, { up: number; down: number }>();
  const last = new Map(chunks.map(({ connection }, index) => [connection, index]));
  for (const [index, chunk] of chunks.entries()) {
    const { connection, at } = chunk;
    const count = passed.get(connection) ?? { up: 0, down: 0 };
    if (!passed.has(connection)) books.open(connection, at / 1e6);
    count[chunk.direction] += chunk.bytes.length;
    passed.set(connection, count);
    books.take(chunk);
    if (last.get(connection) === index) books.close(connection, { failed: false, ...count, atMs: at / 1e6 });
  }
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0);
  return { ...books.read((chunks.at(-1)?.at ?? 0) / 1e6), recordedBytes: bytes };
}

/** What an inspection says of a recording, short enough to be held against a line. */
function readAs(name: string, pieces?: number) {
  const { messages, fields, libraries, perConnection, frames } = read(name, pieces);
  const owners: Record<string, number> = {};
  for (const { layer, bytes } of fields) owners[layer] = (owners[layer] ?? 0) + bytes;
  const speaks = [...new Set(perConnection.flatMap((one) => one.speaks))].sort();
  return { messages, pings: frames.pings, speaks, libraries, owners };
}

/**
 * Protocols whose own messages (handshakes, acks, results that end a subscription) an inspection counts as well: to it
 * they are frames and events like any other. How many WebSocket messages they are the receivers of `ws` have counted.
 */
const withMessagesOfTheirOwn =
  /^(actioncable|bayeux|centrifuge|graphql|mcp|mqtt|phoenix|pusher|signalr|sockjs|stomp|trpc|vite|wamp|y-websocket)/;

const known: Readonly<Record<string, ReturnType<typeof readAs>>> = JSON.parse(
  readFileSync(new URL('read-as.json', import.meta.url), 'utf8'),
);

for (const name of names) {
  test(`${name}: the books balance to the byte, and nothing is unparsed`, () => {
    const seen = read(name);
    expect(imbalances(seen)).toEqual([]);
    expect(seen.wire.socketBytes).toBe(seen.recordedBytes);
    expect(seen.fields.filter(({ layer }) => layer === 'unparsed')).toEqual([]);
  });

  test(`${name}: counts, names and owners are those of its line in read-as.json`, () => {
    expect(readAs(name)).toEqual(known[name]);
  });

  test(`${name}: is read alike in pieces of five bytes`, () => {
    expect(readAs(name, 5)).toEqual(known[name]);
  });

  const { sent, received, webSocket } = headerOf(name);
  if (!withMessagesOfTheirOwn.test(name))
    test(`${name}: as many messages as its library says`, () => {
      expect(known[name]?.messages).toEqual({ up: sent, down: received });
    });
  else if (webSocket && known[name]?.speaks.join() === 'websocket')
    test(`${name}: as many messages and pings as ws has heard`, () => {
      expect(known[name]).toMatchObject({
        messages: webSocket.messages,
        pings: webSocket.pings.up + webSocket.pings.down,
      });
    });
}

test('MQTT.js writes a packet in pieces; aedes answers so as well', () => {
  // Counted by hand in the fixture: 12 packets in 52 messages up, heads of 6 B; 11 in 43 down, heads of 2 B.
  const { packets, messages, headBytes } = read('mqtt').mqtt;
  expect([packets, messages, headBytes]).toEqual([23, 95, 40 * 6 + 32 * 2]);
  expect(read('mqtt', 5).mqtt).toEqual(read('mqtt').mqtt);
});

interface Script {
  readonly packages: Readonly<Record<string, string>>;
  readonly recordings: Readonly<Record<string, unknown>>;
}

test('each fixture was made by its script, with the versions that it pins', async () => {
  const made: string[] = [];
  for (const file of readdirSync(new URL('record/', import.meta.url))) {
    const { packages, recordings }: Script = await import(`./record/${file}`);
    for (const name of Object.keys(recordings)) {
      const { node, ...versions } = headerOf(name).versions;
      expect(versions, name).toEqual(packages);
      made.push(name);
    }
  }
  expect(made.sort()).toEqual(names);
});

/** Header blocks as node:http2 (nghttp2) writes them, each read on the wire of a real connection. */
import { once } from 'node:events';
import {
  type ClientHttp2Session,
  connect,
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { Duplex } from 'node:stream';
import { huffmanBytes } from '../../protocols/http2/hpack/huffman.ts';
import { listen } from '../../servers/listening.ts';
import type { RecordedSpan } from '../../tap/spans.ts';
import type { Direction } from '../../wire/span.ts';
import { createRecorder } from '../probes/recorder.ts';

export type WrittenBlock = readonly RecordedSpan[];

export interface Exchanges {
  readonly requests: readonly OutgoingHttpHeaders[];
  readonly answer: OutgoingHttpHeaders;
  /** How much the client remembers of the server's headers: SETTINGS_HEADER_TABLE_SIZE. */
  readonly tableBytes?: number;
}

const host = '127.0.0.1';

/** One request after the other, over one connection; the blocks of each direction, in their order. */
export async function headerBlocks({ requests, answer, tableBytes = 4096 }: Exchanges) {
  const server = createServer();
  server.on('stream', (stream: ServerHttp2Stream, _headers: IncomingHttpHeaders) => {
    stream.respond(answer, { endStream: true, sendDate: false } as object);
  });
  const { port, close } = await listen(server, { host, port: 0, writeCostUs: 0 });
  const recorder = createRecorder(host, port);
  const session = connect(`http://${host}:${port}`, {
    settings: { headerTableSize: tableBytes },
    createConnection() {
      const socket = recorder.dialer.dial();
      // Over a socket that has a handle Node would read and write past the tap.
      return Duplex.from({ readable: socket, writable: socket });
    },
  });
  // Its settings have to be known, or the first answer is written by those before.
  await once(session, 'localSettings');
  for (const headers of requests) await exchange(session, headers);
  session.close();
  const spans = await recorder.spans();
  await close();
  return { requests: blocksOf(spans, 'up'), answers: blocksOf(spans, 'down') };
}

async function exchange(session: ClientHttp2Session, headers: OutgoingHttpHeaders): Promise<void> {
  const stream = session.request(headers, { endStream: true });
  stream.resume();
  await once(stream, 'close');
}

function blocksOf(spans: readonly RecordedSpan[], way: Direction): WrittenBlock[] {
  const blocks = new Map<RecordedSpan['message'], RecordedSpan[]>();
  for (const span of spans)
    if (span.layer === 'http' && span.message.direction === way)
      blocks.set(span.message, [...(blocks.get(span.message) ?? []), span]);
  return [...blocks.values()];
}

export const blockBytes = (block: WrittenBlock): number => block.reduce((sum, { length }) => sum + length, 0);

/** What it would weigh if its strings were not Huffman-coded; their lengths take one byte either way. */
export const plainBytes = (block: WrittenBlock): number =>
  block.reduce((sum, { name, value = '', length, shorthand }) => {
    const strings = (shorthand?.huffman ?? []).map((which) => (which === 'name' ? name : value));
    return sum + length + strings.reduce((more, one) => more + one.length - huffmanBytes(one), 0);
  }, 0);

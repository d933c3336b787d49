/** Header blocks that node:http2 (nghttp2) makes, read by our decoder and by two others. */
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createHeaderDecoder } from '../../src/protocols/http2/hpack/header-decoder.ts';
import { bytesOf, type Script } from '../support/bytes.ts';
import { hpackJsOracle, hpackOracle } from '../support/header-oracles.ts';
import { recordedHttp2 } from '../support/http2-recorded.ts';

const prefaceBytes = 24;

/** The header blocks of one direction; Node neither pads nor prioritises, but a long block goes on in CONTINUATION. */
function blocksOf(script: Script, direction: 'up' | 'down'): Buffer[] {
  const all = Buffer.concat(script.filter(([one]) => one === direction).map(([, data]) => bytesOf(data)));
  const blocks: Buffer[] = [];
  let parts: Buffer[] = [];
  for (let at = direction === 'up' ? prefaceBytes : 0; at < all.length; ) {
    const [type, flags, end] = [all[at + 3]!, all[at + 4]!, at + 9 + all.readUIntBE(at, 3)];
    const isHeaders = type === 1;
    const skipped = isHeaders && flags & 0x20 ? 5 : 0;
    if (isHeaders || type === 9) parts.push(all.subarray(at + 9 + skipped, end));
    if ((isHeaders || type === 9) && flags & 0x04) {
      blocks.push(Buffer.concat(parts));
      parts = [];
    }
    at = end;
  }
  return blocks;
}

test('six hundred blocks of a real client and server: names and values as two other decoders read them', async () => {
  const { script } = await recordedHttp2({
    // Smaller tables, so that both sides have to say so, and have to forget.
    server: { settings: { headerTableSize: 1000 } },
    client: { settings: { headerTableSize: 2000 } },
    serve: (server) =>
      server.on('stream', (stream, headers) => {
        stream.respond({
          ':status': Number(headers['x-want']),
          'content-type': 'text/plain; charset=utf-8',
          'x-answer': `to ${headers[':path']}`,
          'set-cookie': [`a=${headers['x-id']}`, 'b=2'],
          etag: `"${Number(headers['x-id']) % 7}"`,
        });
        stream.end();
      }),
    async talk(session) {
      for (let id = 0; id < 300; id += 10) {
        const asked = Array.from({ length: 10 }, (_, one) => {
          const path = `/${'path/'.repeat(id % 5)}?id=${id + one}`;
          const headers = {
            ':path': path,
            'x-id': String(id + one),
            'x-want': String([200, 204, 404, 418][(id + one) % 4]),
            'user-agent': `agent ${id % 3}`,
            cookie: 'session=0123456789abcdef0123456789; b=2',
            [`x-${(id + one) % 11}`]: 'v'.repeat((id + one) % 90),
            authorization: 'Bearer abc',
          };
          return text(session.request(headers).end());
        });
        await Promise.all(asked);
      }
    },
  });
  let blocks = 0;
  let updates = 0;
  for (const direction of ['up', 'down'] as const) {
    const decoder = createHeaderDecoder(4096);
    const both = [hpackOracle(4096), hpackJsOracle(4096)];
    for (const block of blocksOf(script, direction)) {
      const pieces = decoder.decode(block);
      if (typeof pieces === 'string') throw new Error(`${direction}: ${pieces}`);
      expect(Buffer.concat(pieces.map(({ bytes }) => bytes)).equals(block)).toBe(true);
      const pairs = pieces.flatMap((piece) =>
        piece.kind === 'size-update' ? [] : [[piece.name, piece.value]],
      );
      for (const oracle of both) expect(oracle(block)).toEqual(pairs);
      updates += pieces.length - pairs.length;
      blocks++;
    }
  }
  expect(blocks).toBe(600);
  expect(updates).toBe(2);
});

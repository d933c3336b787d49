/** The answer under way: how its content begins, whether that is a stream, and when its chunks came. */
import type { Layer } from '../protocols/layers.ts';
import { exchangeEnd, type Message, type Response } from '../wire/message.ts';
import { latin1 } from '../wire/source.ts';
import type { Span } from '../wire/span.ts';

/** So much of it is kept: longer than anything that says nothing. */
const longestKept = 4;

export function watchAnswer() {
  const chunks = watchChunks();
  let current: Message | null = null;
  let content = '';
  let isStream = false;
  let bodyBytes = 0;
  return {
    tell({ message, layer, name, length, clear }: Span<Layer>, beginning: () => Uint8Array, atNs: number) {
      const response = exchangeEnd(message);
      if (response !== current) {
        [current, content, isStream, bodyBytes] = [response, '', false, 0];
        chunks.begin();
      }
      if (layer === 'ndjson' || layer === 'multipart') isStream = true;
      if (layer === 'payload') bodyBytes += length;
      if (layer === 'http') isStream ||= message.kind === 'response' && isEventStream(message);
      else if (layer === 'chunk') {
        if (name === 'size') chunks.add(atNs);
      } else if (name !== 'compressed' && content.length < longestKept)
        content += latin1(clear && length === 0 ? clear() : beginning()).slice(0, longestKept);
    },
    /** Of the answer that is complete. */
    content: () => content,
    isStream: () => isStream,
    bodyBytes: () => bodyBytes,
    complete() {
      if (!isStream) chunks.end();
    },
    slowBodies: chunks.read,
  };
}

/** So many chunks over such a while are a stream, whatever is in it. */
const leastChunks = 3;
const leastWhileNs = 1e9;

function watchChunks() {
  const sum = { responses: 0, chunks: 0, ms: 0 };
  let count = 0;
  let firstNs = 0;
  let lastNs = 0;
  return {
    begin() {
      count = 0;
    },
    add(atNs: number) {
      if (count++ === 0) firstNs = atNs;
      lastNs = atNs;
    },
    /** The answer is complete, and nobody knows how to read it. */
    end() {
      if (count < leastChunks || lastNs - firstNs < leastWhileNs) return;
      sum.responses++;
      sum.chunks += count;
      sum.ms += (lastNs - firstNs) / 1e6;
    },
    read: () => ({ ...sum }),
  };
}

export const isEventStream = ({ status, headers, peer }: Response): boolean =>
  status === 200 &&
  peer?.method !== 'HEAD' &&
  /^text\/event-stream\b/i.test(headers.get('content-type') ?? '');

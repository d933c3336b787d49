/**
 * Answers under way: how their content begins, whether that is a stream, and when its pieces came. Several share a
 * connection.
 */
import type { Layer } from '../protocols/layers.ts';
import { exchangeEnd, type Response } from '../wire/message.ts';
import { latin1 } from '../wire/source.ts';
import type { Span } from '../wire/span.ts';

/** Bytes of the content that are kept: longer than any empty answer (see `nothing` in requests.ts). */
const longestKept = 4;

interface Answer {
  content: string;
  isStream: boolean;
  bodyBytes: number;
  /** Chunks, or frames of HTTP/2 with content. */
  pieces: number;
  firstNs: number;
  lastNs: number;
}

const none: Readonly<Answer> = {
  content: '',
  isStream: false,
  bodyBytes: 0,
  pieces: 0,
  firstNs: 0,
  lastNs: 0,
};

export function watchAnswers() {
  const answers = new WeakMap<Response, Answer>();
  const slowBodies = { responses: 0, chunks: 0, ms: 0 };
  const of = (response: Response): Answer => {
    const known = answers.get(response) ?? { ...none };
    answers.set(response, known);
    return known;
  };
  return {
    tell({ message, layer, name, length, clear }: Span<Layer>, beginning: () => Uint8Array, atNs: number) {
      const response = exchangeEnd(message);
      if (response?.kind !== 'response') return;
      const answer = of(response);
      if (layer === 'ndjson' || layer === 'multipart') answer.isStream = true;
      if (layer === 'payload') answer.bodyBytes += length;
      if (layer === 'http') answer.isStream ||= message.kind === 'response' && isEventStream(message);
      else if (layer === 'chunk' || layer === 'http2') {
        if (name === 'size' || name === 'data-head') addPiece(answer, atNs);
      } else if (name !== 'compressed' && answer.content.length < longestKept)
        answer.content += latin1(clear ? clear() : beginning()).slice(0, longestKept);
    },
    /** What is known of it. */
    of: (response: Response): Readonly<Answer> => answers.get(response) ?? none,
    complete(response: Response) {
      const { isStream, pieces, firstNs, lastNs } = of(response);
      if (isStream || pieces < leastPieces || lastNs - firstNs < leastWhileNs) return;
      slowBodies.responses++;
      slowBodies.chunks += pieces;
      slowBodies.ms += (lastNs - firstNs) / 1e6;
    },
    slowBodies: () => ({ ...slowBodies }),
  };
}

/** At least this many pieces over at least this time are a stream, whatever it contains. */
const leastPieces = 3;
const leastWhileNs = 1e9;

function addPiece(answer: Answer, atNs: number): void {
  if (answer.pieces++ === 0) answer.firstNs = atNs;
  answer.lastNs = atNs;
}

export const isEventStream = ({ status, headers, peer }: Response): boolean =>
  status === 200 &&
  peer?.method !== 'HEAD' &&
  /^text\/event-stream\b/i.test(headers.get('content-type') ?? '');

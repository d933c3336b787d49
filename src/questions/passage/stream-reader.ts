/** Reads an answer piece by piece, requested as a browser would, and notes when each piece arrived. */
import { type IncomingMessage, request } from 'node:http';
import type { Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip } from 'node:zlib';
import type { Address } from '../../target/target.ts';

export interface StreamPiece {
  readonly atMs: number;
  /** Before they were coded. */
  readonly bytes: number;
}

export interface StreamRead {
  /** Null where no answer came. */
  readonly status: number | null;
  /** After the request, as the next ones. */
  readonly headMs: number;
  readonly endMs: number;
  readonly coding: string | null;
  readonly deliveries: readonly StreamPiece[];
  /** The stream went on, but the reader stopped reading. */
  readonly isStopped: boolean;
}

/** The reader gives up when nothing at all has arrived for this long. */
const patienceMs = 10_000;
/** A stream that trickles for this long has shown its pace. */
const longestMs = 15_000;
const browserHead = { accept: 'text/event-stream', 'accept-encoding': 'gzip, deflate, br' };

/** Resolves when it has ended, in whatever way; `soFar` holds what has arrived until now. */
export function readStream(
  { host, port }: Address,
  path: string,
  signal?: AbortSignal,
): Promise<StreamRead> & { readonly soFar: StreamRead } {
  const startedMs = performance.now();
  const sinceMs = () => performance.now() - startedMs;
  const deliveries: StreamPiece[] = [];
  const soFar = {
    status: null as number | null,
    headMs: 0,
    endMs: 0,
    coding: null as string | null,
    isStopped: false,
    deliveries,
  };
  const over = new Promise<StreamRead>((resolve) => {
    const ended = () => {
      clearTimeout(longest);
      resolve(Object.assign(soFar, { endMs: sinceMs() }));
    };
    const asked = request({ host, port, path, agent: false, headers: browserHead }, (response) => {
      const { statusCode = null, headers } = response;
      Object.assign(soFar, {
        status: statusCode,
        headMs: sinceMs(),
        coding: headers['content-encoding'] ?? null,
      });
      const body = decoded(response);
      body.on('data', ({ length }: Buffer) => deliveries.push({ atMs: performance.now(), bytes: length }));
      for (const event of ['end', 'error', 'close']) body.on(event, ended);
      response.on('error', () => body.destroy());
    });
    asked.setTimeout(patienceMs, () => asked.destroy());
    const longest = setTimeout(() => {
      soFar.isStopped = true;
      asked.destroy();
    }, longestMs);
    asked.on('error', ended);
    signal?.addEventListener('abort', () => asked.destroy());
    asked.end();
  });
  return Object.assign(over, { soFar });
}

/** Whatever has been flushed comes out at once. */
function decoded(response: IncomingMessage): Readable {
  const coding = response.headers['content-encoding'];
  if (coding === 'br') return response.pipe(createBrotliDecompress());
  if (coding !== 'gzip') return response;
  return response.pipe(createGunzip({ flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH }));
}

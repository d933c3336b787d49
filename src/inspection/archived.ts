/**
 * An inspection of an archive (HAR): its exchanges are written again as HTTP/1.1 and go through the relay's books, for
 * counts and names. Bytes are not taken from the books: an archive knows at most those of whole exchanges, so they
 * cannot be divided among layers.
 */
import type { Archive } from '../document/archive.ts';
import type { Totals } from '../document/inspection.ts';
import { anyConversations } from '../protocols/detect.ts';
import { type Har, type HarEntry, isAnswered, isHttp1, isSent } from '../tap/archive/har.ts';
import { headBytes, isUnheardStream, requestPiece, responsePieces } from '../tap/archive/rewritten.ts';
import { createBooks } from './books.ts';
import { hintsOf } from './hints.ts';

/** Hints that rest on counts, and on no bytes that were written again. */
const countedHints = [
  ...['empty-polls', 'connection-per-request', 'upgrade-stripped', 'upgrade-refused', 'compression-refused'],
  ...['stays-with-polling', 'versions-differ', 'heartbeats'],
];

export interface ArchivedInspection {
  readonly seen: Archive;
  /** The books' totals, to be compared with thresholds about counts. */
  readonly counted: Totals;
}

export function inspectArchive(target: string, { log: { creator, entries } }: Har): ArchivedInspection {
  const sent = entries.filter(isSent).sort((a, b) => a.startedDateTime - b.startedDateTime);
  const answered = sent.filter(isAnswered);
  // Firefox writes the server's port for the connection.
  const connectionOf = ({ connection }: HarEntry) => (/firefox/i.test(creator.name) ? '' : connection);
  const withoutConnection = answered.filter((entry) => connectionOf(entry) === '').length;
  const isKnown = withoutConnection === 0;
  const counted = replay(target, sent, connectionOf);
  const { schemaVersion, kind, startedAt, durationMs, requests, messages, libraries } = counted;
  const { polls, engineIo, handshakes, plainRequests, singleRequests, steadyMessages } = counted;
  const isTrue = (hint: string) =>
    countedHints.includes(hint) && (isKnown || hint !== 'connection-per-request');
  const seen: Archive = {
    schemaVersion,
    kind,
    target,
    startedAt,
    durationMs,
    connections: isKnown ? new Set(answered.map(connectionOf)).size : null,
    requests,
    messages,
    libraries,
    polls,
    engineIo,
    handshakes,
    plainRequests,
    singleRequests: isKnown ? singleRequests : null,
    steadyMessages: steadyMessages.map(({ bytes: _, ...message }) => message),
    exchanges: exchangesOf(sent),
    source: {
      kind: 'har',
      creator: `${creator.name} ${creator.version}`.trim(),
      entries: entries.length,
      leftOut: entries.length - sent.length,
      unanswered: sent.length - answered.length,
      computed: answered.filter(isComputed).length,
      unweighed: answered.map(weigh).filter(({ up, down }) => up === null || down === null).length,
      withoutConnection,
      unheardStreams: answered.filter(isUnheardStream).length,
      unheardSockets: answered.filter(
        ({ response, _webSocketMessages }) => response.status === 101 && !_webSocketMessages,
      ).length,
    },
    hints: hintsOf(counted).filter((hint) => isTrue(hint.kind)),
  };
  return { seen, counted };
}

/**
 * Replays one exchange after the other: those of HTTP/2 overlap on their connection, and as HTTP/1.1 an answer would be
 * taken for that of another request.
 */
function replay(
  target: string,
  sent: readonly HarEntry[],
  connectionOf: (entry: HarEntry) => string,
): Totals {
  const books = createBooks(anyConversations());
  const ordinals = new Map<string, number>();
  const startedMs = sent[0]?.startedDateTime ?? 0;
  let endedMs = startedMs;
  let opened = 0;
  const open = (entry: HarEntry): number => {
    const name = isAnswered(entry) ? connectionOf(entry) : '';
    const ordinal = ordinals.get(name) ?? opened++;
    if (!ordinals.has(name)) books.open(ordinal, entry.startedDateTime - startedMs);
    // An exchange without a connection's name, or without an answer, gets a connection of its own.
    if (name !== '') ordinals.set(name, ordinal);
    return ordinal;
  };
  for (const entry of sent) {
    const connection = open(entry);
    for (const { direction, atMs, bytes } of [
      requestPiece(entry),
      ...(isAnswered(entry) ? responsePieces(entry) : []),
    ]) {
      endedMs = Math.max(endedMs, atMs);
      books.take({ connection, direction, phase: 'steady', bytes, at: (atMs - startedMs) * 1e6 });
    }
  }
  const durationMs = endedMs - startedMs;
  // The last messages count when their connection closes. An archive has no sockets, so their bytes are 0.
  for (let ordinal = 0; ordinal < opened; ordinal++)
    books.close(ordinal, { failed: false, up: 0, down: 0, atMs: durationMs });
  return {
    schemaVersion: 1,
    kind: 'inspection',
    target,
    startedAt: new Date(startedMs).toISOString(),
    durationMs,
    ...books.read(durationMs),
    delay: null,
  };
}

const isComputed = (entry: HarEntry): boolean =>
  isHttp1(entry) && [entry.request, entry.response].some(({ headersSize }) => headersSize === null);

interface Weight {
  readonly up: number | null;
  readonly down: number | null;
}

/** Null for HTTP/2 and 3: they compress their headers, so the archive's header sizes are not bytes on the wire. */
function weigh(entry: HarEntry): Weight {
  if (!isHttp1(entry) || !isAnswered(entry)) return { up: null, down: null };
  const { request, response } = entry;
  const heads = headBytes(entry);
  const noBody = [101, 204, 304].includes(response.status) || request.method === 'HEAD';
  return {
    up: plus(request.headersSize ?? heads.up, request.bodySize ?? (request.postData ? null : 0)),
    down: plus(response.headersSize ?? heads.down, response.bodySize ?? (noBody ? 0 : null)),
  };
}

const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

/** Kinds of exchange that are listed, as in a live inspection. */
const kindsKept = 1000;

function exchangesOf(sent: readonly HarEntry[]): Archive['exchanges'] {
  const sums = new Map<string, Archive['exchanges'][number]>();
  for (const entry of sent) {
    const { method, url } = entry.request;
    const asked = `${method} ${new URL(url).pathname}`;
    const kind = isAnswered(entry) ? `${asked} ${entry.response.status}` : asked;
    const kept = sums.has(kind) || sums.size < kindsKept ? kind : 'other';
    const before = sums.get(kept) ?? { count: 0, up: 0, down: 0 };
    const { up, down } = weigh(entry);
    sums.set(kept, {
      kind: kept,
      count: before.count + 1,
      up: plus(before.up, up),
      down: plus(before.down, down),
      ...(isAnswered(entry) || kept === 'other' ? {} : { isUnfinished: true as const }),
    });
  }
  return [...sums.values()];
}

/**
 * What a span is a part of: one request or response, one chunk, frame, event or packet. The dissector makes one object
 * for each, so that a listener need not find out again where it begins, which request it answers and what its first
 * line says. The same for every protocol.
 */
export interface WireConnection {
  /** Among all connections that are read together. */
  readonly ordinal: number;
  /** How many messages have begun on it. */
  messages: number;
}

interface Common {
  /** In the order in which messages begin on their connection, from 0. */
  readonly id: number;
  readonly connection: WireConnection;
  /** Number of its stream where several share the connection; 0 where there is only one. */
  readonly stream: number;
  /** `up` is client → server. */
  readonly direction: 'up' | 'down';
  /** What carries it: the frame of a packet, the response of an event, the handshake of a frame. */
  readonly parent: Message | null;
  /** Bytes on the wire so far, including those of the messages it carries. */
  bytes: number;
}

/** Values by lower-case name; the values of repeated fields are joined by commas (RFC 9110 §5.2). */
export type Fields = ReadonlyMap<string, string>;

export interface Request extends Common {
  readonly kind: 'request';
  /** As the start line has it, `HTTP/1.0`; empty where there is none. */
  version: string;
  readonly method: string;
  /** As sent, query included. */
  readonly target: string;
  /** All there once the head is complete. */
  readonly headers: Map<string, string>;
  /** Their names as HTTP/1 spelled them, a line each; empty where names have no case. */
  spelled: string;
  /** The response, once it has begun. */
  peer: Response | null;
}

export interface Response extends Common {
  readonly kind: 'response';
  /** As the start line has it; empty where there is none. */
  version: string;
  /** Interim responses (1xx) are part of the final one; until that arrives, this is the interim status. */
  status: number;
  readonly headers: Map<string, string>;
  /** See `Request`. */
  spelled: string;
  /** The request it answers; null if that request was not seen. */
  readonly peer: Request | null;
}

export interface Part extends Common {
  /** `message`: an application message without framing. `unread`: bytes that begin nothing known. */
  readonly kind: 'chunk' | 'frame' | 'event' | 'line' | 'part' | 'packet' | 'record' | 'message' | 'unread';
  /** Its type in its protocol's words: `text` of a frame, `ping` of a packet; empty where it has none. */
  readonly type: string;
  readonly peer: null;
}

export type Message = Request | Response | Part;

/** Where a message begins: its connection, stream and direction. */
type Place = Pick<Common, 'connection' | 'stream' | 'direction'>;

const begin = (
  { connection, stream, direction }: Place,
  parent: Message | null,
  kind: Part['kind'],
  type: string,
): Part => ({
  id: connection.messages++,
  kind,
  type,
  connection,
  stream,
  direction,
  parent,
  peer: null,
  bytes: 0,
});

/** Something that begins within another message. */
export const partOf = (parent: Message, kind: Part['kind'], type = ''): Part =>
  begin(parent, parent, kind, type);

/** Something that no other message carries. */
export const outermost = (
  connection: WireConnection,
  direction: Message['direction'],
  kind: Part['kind'],
  type = '',
  stream = 0,
): Part => begin({ connection, stream, direction }, null, kind, type);

/** Method, path without query, status. A tunnel has no path; the origin of an absolute-form target is left out. */
export function exchangeKind({ method, target }: Pick<Request, 'method' | 'target'>, status: number): string {
  const path = (target.split('?', 1)[0] ?? '').replace(/^https?:\/\/[^/]*/i, '');
  return method === 'CONNECT' && !path.startsWith('/')
    ? `${method} ${status}`
    : `${method} ${path} ${status}`;
}

/** @param direction `down` for a request that the server makes in its client's place. */
export const openRequest = (
  connection: WireConnection,
  method: string,
  target: string,
  stream = 0,
  direction: Message['direction'] = 'up',
): Request => ({
  id: connection.messages++,
  kind: 'request',
  version: '',
  method,
  target,
  headers: new Map(),
  spelled: '',
  connection,
  stream,
  direction,
  parent: null,
  peer: null,
  bytes: 0,
});

/** Opens the response to a request and sets it as the request's `peer`. */
export function openResponse(
  connection: WireConnection,
  request: Request | null,
  stream = request?.stream ?? 0,
): Response {
  const response: Response = {
    id: connection.messages++,
    kind: 'response',
    version: '',
    status: 0,
    headers: new Map(),
    spelled: '',
    connection,
    stream,
    direction: 'down',
    parent: null,
    peer: request,
    bytes: 0,
  };
  if (request) request.peer = response;
  return response;
}

/** The request or response that a message is, or that carries it; null where there is none. */
export function exchangeEnd(message: Message): Request | Response | null {
  let one: Message | null = message;
  while (one && one.kind !== 'request' && one.kind !== 'response') one = one.parent;
  return one;
}

/** The request of the exchange that a message belongs to; null if none was seen. */
export function requestOf(message: Message): Request | null {
  const end = exchangeEnd(message);
  return end?.kind === 'response' ? end.peer : end;
}

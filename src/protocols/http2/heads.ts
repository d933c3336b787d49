/**
 * Header blocks as heads of requests and responses (RFC 9113 §8.3): the parts of HTTP/1.1's start line are
 * pseudo-header fields here, and stay among the headers under their names.
 */
import {
  openRequest,
  openResponse,
  type Request,
  type Response,
  type WireConnection,
} from '../../wire/message.ts';
import type { Direction } from '../../wire/span.ts';
import type { StreamExchange } from './exchanges.ts';
import type { Representation } from './hpack/header-decoder.ts';

export function beginRequest(
  connection: WireConnection,
  pieces: readonly Representation[],
  stream: number,
  direction: Direction,
): Request {
  const fields = fieldsOf(pieces);
  // A CONNECT without a path asks for a host (§8.5).
  const target = fields.get(':path') ?? fields.get(':authority') ?? '';
  const request = openRequest(connection, fields.get(':method') ?? '', target, stream, direction);
  for (const [name, value] of fields) request.headers.set(name, value);
  return request;
}

/** Begins a response, or continues it: interim responses before it belong to the same response. */
export function beginResponse(
  connection: WireConnection,
  pieces: readonly Representation[],
  stream: number,
  exchange: StreamExchange,
): Response {
  const response = exchange.response ?? openResponse(connection, exchange.request, stream);
  const fields = fieldsOf(pieces);
  const status = fields.get(':status') ?? '';
  exchange.response = response;
  response.status = /^\d{3}$/.test(status) ? Number(status) : 0;
  response.headers.clear();
  for (const [name, value] of fields) response.headers.set(name, value);
  return response;
}

export const isInterim = ({ status }: Response): boolean => status >= 100 && status < 200;

/** Joins values of repeated fields with a comma, as in HTTP/1.1; cookies with a semicolon (§8.2.3). */
function fieldsOf(pieces: readonly Representation[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (const piece of pieces) {
    if (piece.kind === 'size-update') continue;
    const { name, value } = piece;
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ', '}${value}`);
  }
  return fields;
}

/**
 * An entry of an archive, rewritten as HTTP/1.1, so that the same dissectors read it: heads from their fields, the body
 * decoded, messages of a WebSocket in frames. It serves to count and name messages. Its size in bytes is used only for
 * heads of HTTP/1.x, and only if the archive does not say how long they were.
 */
import type { Direction } from '../../wire/span.ts';
import type { HarEntry } from './har.ts';

interface Piece {
  readonly direction: Direction;
  /** Since 1970. */
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

/** These fields are left out, because the body is not coded here as it was on the wire. */
const framing = ['content-length', 'transfer-encoding', 'content-encoding'];
type Fields = HarEntry['request']['headers'];

function headOf(first: string, fields: Fields): string {
  const lines = fields
    // HTTP/2 has pseudo-headers, which begin with a colon, instead of a start line.
    .filter(({ name }) => !name.startsWith(':'))
    // Chromium joins the values of fields of one name, mostly Set-Cookie, with line ends.
    .flatMap(({ name, value }) => value.split(/[\r\n]+/).map((one) => `${name}: ${one}`));
  return `${[first, ...lines].join('\r\n')}\r\n\r\n`;
}

function firstLines({ request: { method, url }, response: { status, statusText } }: HarEntry) {
  const { pathname, search } = new URL(url);
  return { up: `${method} ${pathname}${search} HTTP/1.1`, down: `HTTP/1.1 ${status} ${statusText}` };
}

/** Bytes of both heads as HTTP/1.1 writes them. */
export function headBytes(entry: HarEntry): Readonly<Record<Direction, number>> {
  const { up, down } = firstLines(entry);
  return {
    up: Buffer.byteLength(headOf(up, entry.request.headers)),
    down: Buffer.byteLength(headOf(down, entry.response.headers)),
  };
}

const contentOf = (text: string, encoding: string): Buffer =>
  Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8');

/** If the archive lacks the text, the body is zeros of the same length. */
function bodyOf({ response: { content } }: HarEntry): Buffer {
  const { text, encoding, size } = content;
  return typeof text === 'string' ? contentOf(text, encoding) : Buffer.alloc(size ?? 0);
}

/** An event stream whose text is not in the archive: its events are not known. */
export const isUnheardStream = ({ response: { headers, content } }: HarEntry): boolean =>
  !content.text &&
  headers.some(({ name, value }) => /^content-type$/i.test(name) && /^text\/event-stream\b/i.test(value));

/** @param body null if there can be none; else a length is added, or all that follows would be read as the body. */
function withBody(first: string, fields: Fields, body: Uint8Array | null): Buffer {
  const kept = fields.filter(({ name }) => !framing.includes(name.toLowerCase()));
  const length = body ? [{ name: 'Content-Length', value: String(body.length) }] : [];
  return Buffer.concat([Buffer.from(headOf(first, [...kept, ...length])), body ?? Buffer.alloc(0)]);
}

export function requestPiece(entry: HarEntry): Piece {
  const { request, startedDateTime } = entry;
  const body = request.postData ? contentOf(request.postData.text, request.postData.encoding) : null;
  return {
    direction: 'up',
    atMs: startedDateTime,
    bytes: withBody(firstLines(entry).up, request.headers, body),
  };
}

export function responsePieces(entry: HarEntry): Piece[] {
  const { request, response, startedDateTime, time, _webSocketMessages } = entry;
  const upgraded = response.status === 101;
  const isBodiless = upgraded || request.method === 'HEAD' || [204, 304].includes(response.status);
  const body = isBodiless ? null : isUnheardStream(entry) ? Buffer.alloc(0) : bodyOf(entry);
  const answer: Piece = {
    direction: 'down',
    // For a WebSocket, `time` is how long it was open.
    atMs: upgraded ? startedDateTime : startedDateTime + time,
    bytes: withBody(firstLines(entry).down, response.headers, body),
  };
  const said = (_webSocketMessages ?? []).filter(
    ({ type, opcode }) => ['send', 'receive'].includes(type) && [1, 2].includes(opcode),
  );
  return [answer, ...(upgraded ? said.map(framePiece) : [])];
}

/** RFC 6455 §5.2, masked with zeros. */
function framePiece(message: NonNullable<HarEntry['_webSocketMessages']>[number]): Piece {
  const { type, opcode, data, time } = message;
  const payload = contentOf(data, opcode === 2 ? 'base64' : '');
  const direction = type === 'send' ? 'up' : 'down';
  const head = Buffer.alloc(10);
  head[0] = 0x80 | opcode;
  head[1] = 127 | (direction === 'up' ? 0x80 : 0);
  head.writeBigUInt64BE(BigInt(payload.length), 2);
  const mask = Buffer.alloc(direction === 'up' ? 4 : 0);
  return { direction, atMs: time * 1000, bytes: Buffer.concat([head, mask, payload]) };
}

/** A unit in a few words: its title, and its content as text. */
import type { Text } from '../../base/text.ts';
import { hexOf, line, textOf } from '../../protocols/explanation.ts';
import { byteCount, find, isCarrier, type RawField, type Unit } from '../../protocols/unit.ts';
import { opcodeOf, opcodes } from '../../protocols/websocket/explanation.ts';

/** `GET /mailbox`, `204 No Content`, `text frame`, `TLS certificate`, `HTTP/2 SETTINGS`. */
export function titleOf(unit: Unit): Text {
  switch (unit.kind) {
    case 'request':
      return same(requestTitle(unit));
    case 'response':
      return same(find(unit.fields, 'http', 'status-line', ':status')?.value ?? '');
    case 'frame':
      return frameTitle(unit);
    case 'record':
      return same(`TLS ${saidIn(unit).join(', ')}`);
    case 'chunk':
      return find(unit.fields, 'chunk', 'last-chunk')
        ? line('last chunk', '마지막 청크')
        : line('chunk', '청크');
    case 'body':
      return bodyTitle(unit);
    case 'message':
      return line('message', '메시지');
    case 'unparsed':
      return line(`${byteCount(unit)} B unread`, `읽지 못한 ${byteCount(unit)} B`);
  }
}

/** Keeps only those parts of a query that distinguish requests. */
function requestTitle({ message }: Unit): string {
  if (message.kind !== 'request') return '';
  const { method, target } = message;
  const [path = '', query] = target.split('?');
  const parameters = new URLSearchParams(query);
  const [cursor, transport] = [parameters.get('cursor'), parameters.get('transport')];
  if (cursor !== null) return `${method} ${path}?cursor=${cursor}`;
  // A POST with packets is always of the polling transport, so only a GET needs its name.
  return transport !== null && method === 'GET' ? `${method} ${path} ${transport}` : `${method} ${path}`;
}

const same = (text: string): Text => line(text, text);

/** Title of a WebSocket frame, or of an HTTP/2 frame without HTTP content. */
function frameTitle({ fields, message }: Unit): Text {
  const start = find(fields, 'websocket', 'opcode');
  const opcode = start && opcodes[opcodeOf(start)];
  if (opcode) return line(`${opcode.en} frame`, `${opcode.ko} 프레임`);
  if (message.kind !== 'frame' || !find(fields, 'http2')) return line('frame', '프레임');
  const { type, stream } = message;
  const name = type === 'preface' ? type : type.replace(/-ack$/, ' ack').toUpperCase().replaceAll('-', '_');
  const of = stream > 0 ? line(`, stream ${stream}`, `, 스트림 ${stream}`) : same('');
  return line(`HTTP/2 ${name}${of.en}`, `HTTP/2 ${name}${of.ko}`);
}

/** Fields around the content of a record. */
const sealing = new Set(['record-head', 'nonce', 'content-type', 'padding', 'tag']);

/** The handshake messages or the alert in a record that carries nothing else; the record's type if it is empty. */
export function saidIn({ fields, message }: Unit<RawField>): string[] {
  const said = fields.filter(({ layer, name }) => layer === 'tls' && !sealing.has(name));
  if (said.length === 0 && message.kind === 'record') return [message.type];
  return said.map(({ name, value }) => (name === 'alert' ? `alert ${value}` : name));
}

function bodyTitle({ fields, message }: Unit): Text {
  if (find(fields, 'sse', 'data')) return line('event', '이벤트');
  if (find(fields, 'sse', 'comment')) return line('comment', '주석');
  if (message.kind === 'line') return line('line', '줄');
  if (message.kind === 'frame') return line('rest of a frame', '프레임의 나머지');
  if (message.kind === 'chunk') return line('rest of a chunk', '청크의 나머지');
  return fields.some(({ name }) => name.startsWith('trailer:'))
    ? line('trailers', '트레일러')
    : line('body', '본문');
}

const frames = new Set(['opcode', 'length', 'masking-key']);

/** Fields whose value sums up an HTTP/2 frame. */
const telling = ['settings', 'window-increment', 'error-code'];

/** The content of a unit: a body, a message, an event; in hexadecimal if it is not text, empty if there is none. */
export function contentOf({ fields }: Unit): string {
  const content = fields.filter(
    ({ layer, name }) =>
      layer !== 'http' &&
      layer !== 'chunk' &&
      !isCarrier(layer) &&
      !(layer === 'websocket' && frames.has(name)),
  );
  const code = find(content, 'websocket', 'close-code');
  if (code) return String(((code.clear[0] ?? 0) << 8) | (code.clear[1] ?? 0));
  const bytes = Buffer.concat(content.map(({ clear }) => clear));
  if (bytes.length === 0) return find(fields, 'http2', ...telling)?.value ?? '';
  return textOf(bytes) ?? hexOf(bytes);
}

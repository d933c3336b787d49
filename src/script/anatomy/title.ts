/** A unit in a few words: what it is called, and what it carries, as it would be written down. */
import type { Text } from '../../base/text.ts';
import { hexOf, line, textOf } from '../../protocols/explanation.ts';
import { byteCount, find, type Unit } from '../../protocols/unit.ts';
import { opcodeOf, opcodes } from '../../protocols/websocket/explanation.ts';

/** `GET /mailbox`, `204 No Content`, `text frame`. */
export function titleOf(unit: Unit): Text {
  const start = unit.fields[0];
  switch (unit.kind) {
    case 'request':
      return same(requestTitle(start?.value ?? ''));
    case 'response':
      return same(start?.value ?? '');
    case 'frame': {
      const opcode = start && opcodes[opcodeOf(start)];
      return opcode ? line(`${opcode.en} frame`, `${opcode.ko} 프레임`) : line('frame', '프레임');
    }
    case 'chunk':
      return find(unit.fields, 'chunk', 'last-chunk')
        ? line('last chunk', '마지막 청크')
        : line('chunk', '청크');
    case 'message':
      return line('message', '메시지');
    case 'unparsed':
      return line(`${byteCount(unit)} B unread`, `읽지 못한 ${byteCount(unit)} B`);
  }
}

/** Of a query only what tells one question from the next. */
function requestTitle(line: string): string {
  const [method = '', target = ''] = line.split(' ');
  const [path = '', query] = target.split('?');
  const parameters = new URLSearchParams(query);
  const [cursor, transport] = [parameters.get('cursor'), parameters.get('transport')];
  if (cursor !== null) return `${method} ${path}?cursor=${cursor}`;
  // Packets go up by POST only where they poll.
  return transport !== null && method === 'GET' ? `${method} ${path} ${transport}` : `${method} ${path}`;
}

const same = (text: string): Text => line(text, text);

const frames = new Set(['opcode', 'length', 'masking-key']);

/** What a unit carries: a body, a message, an event; hexadecimal where it is no text, empty where there is nothing. */
export function contentOf({ fields }: Unit): string {
  const content = fields.filter(
    ({ layer, name }) =>
      layer !== 'http' && layer !== 'chunk' && !(layer === 'websocket' && frames.has(name)),
  );
  const code = find(content, 'websocket', 'close-code');
  if (code) return String(((code.clear[0] ?? 0) << 8) | (code.clear[1] ?? 0));
  const bytes = Buffer.concat(content.map(({ clear }) => clear));
  return bytes.length === 0 ? '' : (textOf(bytes) ?? hexOf(bytes));
}

/**
 * Messages inside the frames of SockJS (github.com/sockjs/sockjs-protocol): `a["one","two"]` down, `["one"]` up,
 * whatever carries them; `o`, `h` and `c[…]` are no messages. A stream of frames is one endless body, so it is read
 * line by line.
 */
import type { Layer } from '../protocols/layers.ts';
import { type Message, type Request, requestOf } from '../wire/message.ts';
import type { Direction, Span } from '../wire/span.ts';

/** A server id of three digits, a session, a transport. */
const transport =
  /\/\d{3}\/[\w-]+\/(websocket|xhr|xhr_streaming|xhr_send|eventsource|htmlfile|jsonp|jsonp_send)(\?|$)/;

/** Characters kept of a line; a longer line counts as one message. */
const longestLine = 1024 * 1024;
const lineFeed = '\n';

export function watchSockjs() {
  const counted: Record<Direction, number> = { up: 0, down: 0 };
  /** What has come of a line that has not ended. */
  const open: Record<Direction, { carrier: Message; line: string } | null> = { up: null, down: null };
  /** The request that was looked at last. */
  let looked = { request: null as Request | null, isOfSockjs: false };
  return {
    /** Whether the path is one of SockJS; only the frames themselves show that it is SockJS. */
    isItsPlace(message: Message): boolean {
      const request = requestOf(message);
      if (request !== looked.request)
        looked = { request, isOfSockjs: request !== null && transport.test(request.target) };
      return looked.isOfSockjs;
    },
    /** @param bytes all of the span's, as on the wire. */
    tell({ message, layer, clear, mark }: Span<Layer>, bytes: Uint8Array) {
      if (layer !== 'payload') return;
      const { direction } = message;
      const before = open[direction];
      const isNew = before === null || mark === 'unit' || before.carrier !== message;
      if (isNew && before) counted[direction] += messagesIn(before.line);
      const text = Buffer.from(clear ? clear() : bytes).toString('latin1');
      const lines = ((isNew ? '' : before.line) + text).split(lineFeed);
      const last = lines.pop() ?? '';
      for (const line of lines) counted[direction] += messagesIn(line);
      open[direction] = { carrier: message, line: last.slice(0, longestLine) };
    },
    read: (): Readonly<Record<Direction, number>> => ({
      up: counted.up + messagesIn(open.up?.line ?? ''),
      down: counted.down + messagesIn(open.down?.line ?? ''),
    }),
  };
}

function messagesIn(line: string): number {
  const frame = frameOf(line.trim());
  const array = /^a?(\[.*)$/s.exec(frame)?.[1];
  if (array === undefined) return /^".*"$/s.test(frame) ? 1 : 0;
  const said = parsed(array);
  if (Array.isArray(said)) return said.length;
  return line.length === longestLine ? 1 : 0;
}

/** The frame in a line: bare, as a script's argument (htmlfile, JSONP), or as a form's only value. */
function frameOf(line: string): string {
  const [, literal] = /^(?:\/\*\*\/)?[\w.]+\((".*")\);?$/s.exec(line) ?? [];
  if (literal !== undefined) return String(parsed(literal));
  if (!line.startsWith('d=')) return line;
  try {
    return decodeURIComponent(line.slice(2).replaceAll('+', ' '));
  } catch {
    return '';
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

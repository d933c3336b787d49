/**
 * What a WebSocket conversation is made of, read off the wire: the opening handshake (RFC 6455 §4), data frames
 * (§5.2) and the closing handshake (§7.1), closed once from either side.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket, type WebSocketServer } from 'ws';
import type { RecordedSpan } from '../../tap/spans.ts';
import type { Message } from '../../wire/message.ts';
import type { Direction } from '../../wire/span.ts';
import { type Fact, fact, yes } from './fact.ts';
import { createRecorder } from './recorder.ts';
import { host, patienceMs, type Serving, serveWs, withinMs } from './serving.ts';

/** The server of these probes: it echoes, and says goodbye when asked to. */
const echoAndBye = (sockets: WebSocketServer) => {
  sockets.on('connection', (socket) =>
    socket.on('message', (data: Buffer, isBinary) => {
      if (data.toString() === 'bye') socket.close(1000);
      else socket.send(data, { binary: isBinary });
    }),
  );
};
const serveEcho = () => serveWs(echoAndBye);

/** RFC 6455 §1.3: SHA-1 of the key and this GUID, in base64. */
const acceptOf = (key: string) =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

type Spans = readonly RecordedSpan[];

const text = ({ bytes }: RecordedSpan) => Buffer.from(bytes).toString('latin1').trim();
const lineOf = (spans: Spans, name: string) => spans.find((span) => span.name === name);
const fieldOf = (spans: Spans, field: string): string => lineOf(spans, field)?.value ?? '';

/** Opens a socket whose bytes are recorded, does something with it, and reads what went over the wire. */
async function record(serve: () => Promise<Serving>, talk: (socket: WebSocket) => Promise<unknown>) {
  await using server = await serve();
  const recorder = createRecorder(host, server.port);
  const socket = new WebSocket(`ws://${host}:${server.port}/`, {
    perMessageDeflate: false,
    createConnection: () => recorder.dialer.dial(),
  });
  socket.on('error', () => {});
  const opened = await withinMs(
    patienceMs,
    once(socket, 'open').then(
      () => true,
      () => false,
    ),
  );
  // A conversation that breaks off is a finding: what was recorded shows how.
  if (opened) await withinMs(patienceMs, talk(socket)).catch(() => {});
  socket.terminate();
  return recorder.spans();
}

/** The handshake, and its accept value computed again from the key. */
export async function handshake(serve = serveEcho): Promise<Fact[]> {
  const spans = await record(serve, async () => {});
  const request = lineOf(spans, 'request-line');
  const status = lineOf(spans, 'status-line');
  const accept = fieldOf(spans, 'sec-websocket-accept');
  return [
    fact('handshake-request', 'ws', request ? text(request) : null),
    fact('handshake-is-get', 'ws', yes(!!request && text(request).startsWith('GET '))),
    fact('handshake-upgrade', 'ws', yes(fieldOf(spans, 'upgrade').toLowerCase() === 'websocket')),
    fact('handshake-status', 'ws', status ? Number(status.value?.split(' ')[0]) : null),
    fact('handshake-accept', 'ws', accept || null),
    fact('accept-recomputed', 'ws', yes(accept === acceptOf(fieldOf(spans, 'sec-websocket-key')))),
  ];
}

interface Frame {
  readonly direction: Direction;
  readonly opcode: number;
  readonly final: boolean;
  readonly headerBytes: number;
  /** What the length field says. */
  readonly length: number;
  readonly payload: Uint8Array;
}

/** Puts the spans of frames together. */
function framesOf(spans: Spans): Frame[] {
  const frames = new Map<Message, { head: RecordedSpan[]; body: Uint8Array[] }>();
  for (const span of spans) {
    if (span.message.kind !== 'frame') continue;
    const frame = frames.get(span.message) ?? { head: [], body: [] };
    frames.set(span.message, frame);
    if (/^(opcode|length|masking-key)$/.test(span.name)) frame.head.push(span);
    else frame.body.push(span.clear);
  }
  return [...frames].map(([{ direction }, { head, body }]) => {
    const [first, length] = head.map(({ bytes }) => bytes);
    return {
      direction,
      opcode: (first?.[0] ?? 0) & 0x0f,
      final: ((first?.[0] ?? 0) & 0x80) !== 0,
      headerBytes: head.reduce((sum, { bytes }) => sum + bytes.length, 0),
      length: lengthOf(length ?? new Uint8Array(0)),
      payload: Buffer.concat(body),
    };
  });
}

function lengthOf(field: Uint8Array): number {
  const short = (field[0] ?? 0) & 0x7f;
  return short < 126 ? short : field.subarray(1).reduce((value, byte) => value * 256 + byte, 0);
}

/** Frames of text and binary, small and large, and whether every field says what is there. */
export async function frames(serve = serveEcho): Promise<Fact[]> {
  const said = ['hello', Buffer.from([0, 128, 255]), 'x'.repeat(200), Buffer.alloc(70_000, 7)];
  const spans = await record(serve, async (socket) => {
    for (const message of said) {
      socket.send(message);
      await once(socket, 'message');
    }
  });
  const data = framesOf(spans).filter(({ opcode }) => opcode === 1 || opcode === 2);
  const expected = said.flatMap((message) => [message, message]);
  const same = (frame: Frame, index: number) => Buffer.from(expected[index] ?? '').equals(frame.payload);
  const kind = (frame: Frame, index: number) =>
    frame.opcode === (typeof expected[index] === 'string' ? 1 : 2);
  const all = (holds: (frame: Frame, index: number) => boolean) =>
    yes(data.length === expected.length && data.every(holds));
  const headers = data.map(({ headerBytes }) => headerBytes);
  return [
    fact('frames', 'ws', data.length),
    fact('frame-kind-told', 'ws', all(kind)),
    fact(
      'frame-end-told',
      'ws',
      all(({ final }) => final),
    ),
    fact(
      'frame-length-told',
      'ws',
      all(({ length, payload }) => length === payload.length),
    ),
    fact('frame-payload-intact', 'ws', all(same)),
    fact('frame-header-least', 'ws', headers.length > 0 ? Math.min(...headers) : null),
    fact('frame-header-most', 'ws', headers.length > 0 ? Math.max(...headers) : null),
  ];
}

/**
 * Closes once from the client and once from the server: which side sends a close frame, in which order, with which
 * code.
 */
export async function closing(serve = serveEcho): Promise<Fact[]> {
  const from = async (initiator: 'client' | 'server'): Promise<Fact[]> => {
    let ended = false;
    const spans = await record(serve, async (socket) => {
      const closed = once(socket, 'close').then(() => {
        ended = true;
      });
      if (initiator === 'client') socket.close(1000);
      else socket.send('bye');
      await closed;
    });
    const closes = framesOf(spans).filter(({ opcode }) => opcode === 8);
    const first: Direction = initiator === 'client' ? 'up' : 'down';
    const codes = closes.map(({ payload }) => Buffer.from(payload).subarray(0, 2).toString('hex'));
    return [
      fact(`close-begun-${initiator}`, 'ws', yes(closes[0]?.direction === first)),
      // 03e8 is 1000, "normal closure" (§7.4.1).
      fact(
        `close-confirmed-${initiator}`,
        'ws',
        yes(closes.length === 2 && codes.every((code) => code === '03e8')),
      ),
      fact(`close-ended-${initiator}`, 'ws', yes(ended)),
    ];
  };
  return [...(await from('client')), ...(await from('server'))];
}

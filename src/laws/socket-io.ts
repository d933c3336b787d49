/**
 * Socket.IO's bytes: what its two envelopes (an Engine.IO packet type, a Socket.IO packet) add to a message.
 * How a connection is made is in `socket-io-connect.ts`.
 *
 * Socket.IO protocol revision 5, Engine.IO protocol revision 4; frames by RFC 6455 (WS1).
 */
import { decimalDigits } from './digits.ts';
import type { Law, Parameter } from './law.ts';
import { n } from './notation.ts';
import { type BothWays, type FrameDirection, frameOverhead } from './websocket.ts';

/**
 * What stands around every packet: the namespace (its name with the slash; leave out `/`, which is not written)
 * and the acknowledgement's number (leave out when none is asked for).
 */
export interface Envelope {
  readonly namespaceBytes?: number;
  readonly ackId?: number;
}

/** An event whose one argument is a string. `payloadBytes` is its UTF-8 after JSON escaping. */
export interface SocketIoEvent extends Envelope {
  readonly nameBytes: number;
  readonly payloadBytes: number;
}

/** `/chat` becomes `/chat,`: a namespace adds its length + 1. An id adds its digits. */
const envelopeBytes = ({ namespaceBytes = 0, ackId }: Envelope): number =>
  (namespaceBytes > 0 ? namespaceBytes + 1 : 0) + (ackId === undefined ? 0 : decimalDigits(ackId));

/** SIO1: bytes of the packet `42["name","payload"]`: n + len(name) + 9, plus the envelope. */
export const eventPacketBytes = (event: SocketIoEvent): number =>
  event.payloadBytes + event.nameBytes + 9 + envelopeBytes(event);

/**
 * SIO1: what an event adds to its payload over WebSocket, frame included. The frame's length class is decided
 * by the whole packet, so with the event `echo` the step comes at n = 113, not at 126: 19 up and 15 down up to
 * n = 112, 21 and 17 from there.
 */
export function eventOverhead(direction: FrameDirection, event: SocketIoEvent): number {
  const packet = eventPacketBytes(event);
  return packet - event.payloadBytes + frameOverhead(direction, packet);
}

const eventNameLength: Parameter = {
  name: 'len(e)',
  unit: 'B',
  meaning: { en: 'length of the event’s name', ko: '이벤트 이름의 길이' },
};

export const sio1 = {
  id: 'SIO1',
  exact: true,
  title: { en: 'An event is a JSON array', ko: '이벤트는 JSON 배열' },
  statement: {
    en: 'Socket.IO sends emit("echo", "hi") as the text 42["echo","hi"]: 4 says Engine.IO message, 2 says event, and the rest is JSON. Brackets, quotes, comma and the name add len(e) + 9 bytes to what a bare WebSocket sends: 13 for "echo". In return each message says what it is, and the program needs no dispatch of its own.',
    ko: 'Socket.IO는 emit("echo", "hi")를 42["echo","hi"]라는 텍스트로 보냅니다. 4는 Engine.IO 메시지, 2는 이벤트라는 뜻이고 나머지는 JSON입니다. 괄호, 따옴표, 쉼표, 이름이 더해져 순수 WebSocket보다 len(e) + 9바이트가 더 들고, “echo”라면 13바이트입니다. 그 대신 메시지마다 종류가 적혀 있어 프로그램이 직접 분류할 필요가 없습니다.',
  },
  formula: 'packet = n + len(e) + 9; overhead adds WS1 of the packet: "echo" 19 up / 15 down for n ≤ 112',
  source: 'Socket.IO protocol v5; Engine.IO protocol v4; measured with socket.io 4.8.4',
  parameters: [n, eventNameLength],
  plot: {
    x: { label: { en: 'payload (event "echo")', ko: '페이로드 (이벤트 "echo")' }, unit: 'B' },
    y: { label: { en: 'overhead, upstream', ko: '오버헤드, 상향' }, unit: 'B' },
    from: 0,
    to: 250,
    curve: (x) => eventOverhead('up', { nameBytes: 4, payloadBytes: Math.round(x) }),
  },
} satisfies Law;

/** SIO2: bytes of the acknowledgement `43ID["payload"]` of an event that asked for one: n + 6 + digits(id). */
export const ackPacketBytes = (p: { payloadBytes: number; ackId: number; namespaceBytes?: number }): number =>
  p.payloadBytes + 6 + envelopeBytes(p);

export const sio2 = {
  id: 'SIO2',
  exact: true,
  title: { en: 'Acknowledgements and namespaces', ko: '확인 응답과 네임스페이스' },
  statement: {
    en: 'An acknowledgement is a number written into the packet: the event grows by its digits, and the reply 43ID["…"] needs no event name, n + 6 + digits(id). A namespace other than / is named in every packet, its length and a comma. So long namespaces cost bytes on each message, and the ack counter grows a digit now and then.',
    ko: '확인 응답은 패킷에 적힌 번호입니다. 이벤트는 그 자릿수만큼 길어지고, 응답 43ID["…"]에는 이벤트 이름이 필요 없어 n + 6 + digits(id)바이트입니다. /가 아닌 네임스페이스를 쓰면 모든 패킷에 그 이름과 쉼표가 들어갑니다. 그래서 긴 네임스페이스는 메시지마다 바이트가 더 들고, 번호가 커지면 가끔 한 자리씩 늘어납니다.',
  },
  formula: 'event + digits(id); reply = n + 6 + digits(id); a namespace adds len + 1 to each packet',
  source: 'Socket.IO protocol v5; measured with socket.io 4.8.4',
  parameters: [
    n,
    {
      name: 'id',
      unit: '',
      meaning: { en: 'number of the acknowledgement, from 0', ko: '확인 응답 번호, 0부터' },
    },
  ],
} satisfies Law;

/** `{"_placeholder":true,"num":}` without its number. */
const placeholderBytes = 28;

/**
 * SIO3: bytes of the text packet that announces `attachments` binary arguments: `451-["name",{…}]`, len(name) +
 * 38 for one; each further attachment adds a comma and its placeholder, and every number its digits. The
 * attachments follow, one frame each, as they are. Zero attachments is a text event: use SIO1.
 */
export function binaryHeaderBytes(p: Envelope & { nameBytes: number; attachments?: number }): number {
  const count = p.attachments ?? 1;
  let placeholders = 0;
  for (let num = 0; num < count; num++) placeholders += 1 + placeholderBytes + decimalDigits(num);
  // 45 N - [ "name" , {…} , {…} ]
  return 2 + decimalDigits(count) + 1 + 1 + (p.nameBytes + 2) + placeholders + 1 + envelopeBytes(p);
}

/** SIO3: what a binary event with these attachments adds to them over WebSocket, all frames included. */
export function binaryEventOverhead(
  direction: FrameDirection,
  p: Envelope & { nameBytes: number; attachmentBytes: readonly number[] },
): number {
  const header = binaryHeaderBytes({ ...p, attachments: p.attachmentBytes.length });
  const frames = p.attachmentBytes.map((bytes) => frameOverhead(direction, bytes));
  return header + frameOverhead(direction, header) + frames.reduce((sum, bytes) => sum + bytes, 0);
}

export const sio3 = {
  id: 'SIO3',
  exact: true,
  title: { en: 'Binary needs two frames', ko: '바이너리 데이터는 프레임 두 개' },
  statement: {
    en: 'JSON cannot hold bytes, so Socket.IO takes them out of the message: a text frame with a placeholder goes first, and each attachment follows in a binary frame of its own. A small binary message therefore costs more than the same text: len(e) + 38 bytes and two frame headers. The bytes themselves travel as they are, without base64.',
    ko: 'JSON에는 바이트를 넣을 수 없으므로 Socket.IO는 그것을 메시지에서 따로 뺍니다. 자리표시자를 담은 텍스트 프레임이 먼저 가고, 첨부마다 바이너리 프레임이 하나씩 뒤따릅니다. 그래서 작은 바이너리 메시지는 같은 크기의 텍스트보다 len(e) + 38바이트와 프레임 헤더 두 개가 더 듭니다. 대신 바이트는 base64 없이 그대로 갑니다.',
  },
  formula: 'text frame of len(e) + 38 B, then one frame per attachment, each with its own WS1',
  source: 'Socket.IO protocol v5; measured with socket.io 4.8.4',
  parameters: [eventNameLength],
} satisfies Law;

/** SIO8: bytes of this many heartbeats over WebSocket: the packets `2` down (3 B) and `3` up (7 B). */
export const heartbeatBytes = (heartbeats: number): BothWays => ({
  up: heartbeats * (1 + frameOverhead('up', 1)),
  down: heartbeats * (1 + frameOverhead('down', 1)),
});

export const sio8 = {
  id: 'SIO8',
  exact: true,
  title: { en: 'Ten bytes a heartbeat', ko: '하트비트마다 10바이트' },
  statement: {
    en: 'Every 25 seconds the server sends the packet "2" and the client answers "3": 3 bytes down and 7 up, 1,440 bytes an hour. It finds dead connections and keeps middleboxes awake. A bare WebSocket sends nothing unless the program asks for it, so compare both with the same heartbeat, or say so.',
    ko: '서버는 25초마다 패킷 “2”를 보내고 클라이언트는 “3”으로 응답합니다. 하향 3바이트, 상향 7바이트로 한 시간에 1,440바이트입니다. 하트비트는 끊어진 연결을 찾아내고 중간 장비가 연결을 끊지 않게 합니다. 순수 WebSocket은 프로그램이 시키지 않으면 아무것도 보내지 않으므로, 하트비트를 같게 맞추고 비교하거나 다르다고 밝혀야 합니다.',
  },
  formula: '3 B down + 7 B up each 25 s',
  source: 'Engine.IO protocol v4 (heartbeat); measured with socket.io 4.8.4',
  parameters: [],
} satisfies Law;

/** SIO10: bytes of n binary bytes over the polling transport: `b` and base64, 4·ceil(n/3) + 1. */
export const pollingBinaryBytes = (payloadBytes: number): number => 4 * Math.ceil(payloadBytes / 3) + 1;

export const sio10 = {
  id: 'SIO10',
  exact: true,
  title: { en: 'Binary over polling is base64', ko: '폴링의 바이너리 데이터는 base64' },
  statement: {
    en: 'The polling transport carries text, so an attachment is written as the letter b and its base64: four characters for every three bytes. A third more bytes, and the work of coding at both ends; after the upgrade to WebSocket both disappear.',
    ko: '폴링은 텍스트만 보낼 수 있으므로 첨부는 글자 b와 base64로 적습니다. 3바이트마다 글자 네 개가 됩니다. 바이트가 3분의 1 늘고 양쪽에서 변환하는 작업도 생깁니다. WebSocket으로 업그레이드하고 나면 둘 다 사라집니다.',
  },
  formula: 'bytes = 4·ceil(n/3) + 1',
  source: 'Engine.IO protocol v4 (packet encoding); RFC 4648 §4',
  parameters: [n],
  plot: {
    x: { label: { en: 'payload', ko: '페이로드' }, unit: 'B' },
    y: { label: { en: 'bytes on the wire', ko: '실제 전송 바이트' }, unit: 'B' },
    from: 0,
    to: 300,
    curve: (x) => pollingBinaryBytes(Math.round(x)),
  },
} satisfies Law;

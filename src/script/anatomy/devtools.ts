/**
 * What the DevTools of a browser count of the bytes on the wire, and what they leave out: a name for every portion of an
 * exchange, and the figure of the Network panel that counts it. As Chromium counts: a test holds each portion against
 * Chromium's own figures, byte by byte. A binary frame is counted in bytes, a text frame in characters.
 */
import { type Text, text } from '../../base/text.ts';
import { unmask } from '../../protocols/websocket/mask.ts';
import type { Span } from '../../tap/spans.ts';
import type { Direction } from '../../wire/span.ts';

/** A figure that the Network panel shows: what it is called there. */
export const figures = {
  /** `encodedDataLength` of the protocol's `Network.loadingFinished`. */
  size: text('Size', 'Size'),
  /** The length of `payloadData` in `Network.webSocketFrameSent` and `…Received`. */
  length: text('Length, tab Messages', 'Messages 탭의 Length'),
} as const satisfies Readonly<Record<string, Text>>;

export type Figure = keyof typeof figures;

interface PortionRule {
  readonly name: Text;
  /** Null: no figure of DevTools counts it. */
  readonly counted: Figure | null;
  /** Where it can be seen all the same, or why not. */
  readonly where: Text;
}

/** Every byte of an exchange belongs to exactly one of these, in this order on the page. */
export const portions = {
  'request-head': {
    name: text('request line and headers', '요청 줄과 헤더'),
    counted: null,
    where: text(
      'Tab Headers shows them as text. No figure counts what the browser sends.',
      'Headers 탭에 글자로 보입니다. 브라우저가 보낸 바이트를 세는 숫자는 없습니다.',
    ),
  },
  'request-body': {
    name: text('body of the request', '요청 본문'),
    counted: null,
    where: text(
      'Tab Payload shows it as text. No figure counts it.',
      'Payload 탭에 글자로 보입니다. 세는 숫자는 없습니다.',
    ),
  },
  'response-head': {
    name: text('status line and headers', '상태 줄과 헤더'),
    counted: 'size',
    where: text(
      'A part of Size, and text in the tab Headers.',
      'Size에 들어가고, Headers 탭에 글자로 보입니다.',
    ),
  },
  'upgrade-head': {
    name: text('status line and headers of the answer 101', '101 응답의 상태 줄과 헤더'),
    counted: null,
    where: text(
      'Text in the tab Headers. The Size of a WebSocket stays 0.',
      'Headers 탭에 글자로 보입니다. WebSocket의 Size는 0으로 남습니다.',
    ),
  },
  'chunk-framing': {
    name: text('sizes and line ends of chunks', '청크의 크기와 줄바꿈'),
    counted: 'size',
    where: text(
      'A part of Size, though no tab shows them.',
      'Size에는 들어가지만 어느 탭에도 보이지 않습니다.',
    ),
  },
  'response-body': {
    name: text('body of the response', '응답 본문'),
    counted: 'size',
    where: text('A part of Size, and text in the tab Response.', 'Size에 들어가고, Response 탭에 보입니다.'),
  },
  'event-framing': {
    name: text('field names and line ends of events', '이벤트의 필드 이름과 줄바꿈'),
    counted: 'size',
    where: text(
      'A part of Size. Tab EventStream leaves them out.',
      'Size에는 들어가지만 EventStream 탭에는 나오지 않습니다.',
    ),
  },
  'event-data': {
    name: text('data of events', '이벤트의 데이터'),
    counted: 'size',
    where: text(
      'A part of Size, and text in the tab EventStream.',
      'Size에 들어가고, EventStream 탭에 글자로 보입니다.',
    ),
  },
  'frame-header': {
    name: text('opcode and length of frames', '프레임의 opcode와 길이'),
    counted: null,
    where: text('Nothing shows them.', '어디에도 보이지 않습니다.'),
  },
  mask: {
    name: text('masks of frames', '프레임의 마스크'),
    counted: null,
    where: text(
      'Nothing shows them; what the browser sends is shown unmasked.',
      '어디에도 보이지 않습니다. 브라우저가 보낸 내용은 마스킹하기 전 모습으로 보입니다.',
    ),
  },
  characters: {
    name: text('messages, a byte for each character', '메시지, 글자마다 1바이트'),
    counted: 'length',
    where: text('Length counts characters.', 'Length는 글자 수를 셉니다.'),
  },
  'wide-characters': {
    name: text('further bytes of characters that take more than one', '2바이트 이상인 글자의 나머지 바이트'),
    counted: null,
    where: text(
      'Length counts a Korean syllable as 1; UTF-8 takes 3 bytes for it.',
      'Length는 한글 한 글자를 1로 세지만, UTF-8에서는 3바이트입니다.',
    ),
  },
  'control-frame': {
    name: text('pings, pongs and close frames', 'ping, pong, close 프레임'),
    counted: null,
    where: text('Tab Messages has no row for them.', 'Messages 탭에 줄이 없습니다.'),
  },
  unread: {
    name: text('bytes that could not be read', '읽을 수 없던 바이트'),
    counted: null,
    where: text('Torn off by the end of a connection.', '연결이 끝나며 잘린 바이트입니다.'),
  },
} as const satisfies Readonly<Record<string, PortionRule>>;

export type Portion = keyof typeof portions;

export const portionNames = Object.keys(portions) as readonly Portion[];

/** One frame as it comes in: what its header said decides whose the bytes after it are. */
interface Frame {
  readonly isControl: boolean;
  readonly isText: boolean;
  mask: Uint8Array | null;
  /** So much of its payload has been seen: the mask goes on from there. */
  at: number;
}

type Told = Pick<Span, 'direction' | 'layer' | 'name' | 'bytes'>;

/** The spans of one exchange, each with the portions that its bytes are. `isUpgraded` once the answer 101 has begun. */
export function openPortions(): (span: Told, isUpgraded: boolean) => readonly (readonly [Portion, number])[] {
  const frames: Partial<Record<Direction, Frame>> = {};
  let isStream = false;
  return (span, isUpgraded) => {
    const { direction, layer, name, bytes } = span;
    if (layer === 'unparsed') return [['unread', bytes.length]];
    if (layer === 'websocket' && name === 'opcode') frames[direction] = frameOf(bytes[0] ?? 0);
    const frame = frames[direction];
    if (frame) return framePortions(frame, span);
    isStream ||= layer === 'sse';
    if (direction === 'up') return [[layer === 'http' ? 'request-head' : 'request-body', bytes.length]];
    return [[answerPortion(layer, isUpgraded, isStream), bytes.length]];
  };
}

function answerPortion(layer: Span['layer'], isUpgraded: boolean, isStream: boolean): Portion {
  if (layer === 'http') return isUpgraded ? 'upgrade-head' : 'response-head';
  if (layer === 'chunk') return 'chunk-framing';
  if (layer === 'sse') return 'event-framing';
  return isStream ? 'event-data' : 'response-body';
}

/** RFC 6455 §5.2: opcodes from 8 on are control frames; 2 is binary, and what continues a message is taken for text. */
const frameOf = (first: number): Frame => ({
  ...{ isControl: (first & 0x0f) >= 8, isText: (first & 0x0f) !== 2, mask: null, at: 0 },
});

function framePortions(frame: Frame, { layer, name, bytes }: Told): readonly (readonly [Portion, number])[] {
  if (frame.isControl) return [['control-frame', bytes.length]];
  if (layer === 'websocket' && name === 'masking-key') {
    frame.mask = bytes;
    return [['mask', bytes.length]];
  }
  if (layer === 'websocket') return [['frame-header', bytes.length]];
  const clear = frame.mask ? unmask(bytes, frame.mask, frame.at) : bytes;
  frame.at += bytes.length;
  const characters = frame.isText ? charactersIn(clear) : bytes.length;
  return [
    ['characters', characters],
    ['wide-characters', bytes.length - characters],
  ];
}

/** As JavaScript counts: UTF-16 code units, two for what takes four bytes of UTF-8. Cuts within a character do no harm. */
const charactersIn = (bytes: Uint8Array): number =>
  bytes.reduce((sum, byte) => sum + ((byte & 0xc0) === 0x80 ? 0 : byte >= 0xf0 ? 2 : 1), 0);

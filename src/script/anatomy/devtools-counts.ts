/**
 * Which bytes on the wire a browser's DevTools count, and which they leave out: a name for every portion of an
 * exchange, and the figure of the Network panel that counts it. As in Chromium: a test compares each portion with
 * Chromium's own figures, byte by byte. A binary frame is counted in bytes, a text frame in characters.
 */
import { type Text, text } from '../../base/text.ts';
import type { RecordedSpan } from '../../tap/spans.ts';
import type { Message, Part } from '../../wire/message.ts';

/** The figures that the Network panel shows, with their names there. */
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
  /** Where else it can be seen, or why not. */
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

/** The portions that the bytes of a span belong to. */
export function portionsOf(span: RecordedSpan): readonly (readonly [Portion, number])[] {
  const { message, layer, length } = span;
  if (layer === 'unparsed') return [['unread', length]];
  const frame = frameOf(message);
  if (frame) return framePortions(frame, span);
  if (message.direction === 'up') return [[layer === 'http' ? 'request-head' : 'request-body', length]];
  return [[answerPortion(span), length]];
}

function answerPortion({ message, layer }: RecordedSpan): Portion {
  if (layer === 'http')
    return message.kind === 'response' && message.status === 101 ? 'upgrade-head' : 'response-head';
  if (layer === 'chunk') return 'chunk-framing';
  if (layer === 'sse') return 'event-framing';
  return message.kind === 'event' ? 'event-data' : 'response-body';
}

/** The frame that a message is, or that carries it. */
function frameOf(message: Message): Part | null {
  let one: Message | null = message;
  while (one && one.kind !== 'frame') one = one.parent;
  return one;
}

function framePortions(
  { type }: Part,
  { layer, name, length, clear }: RecordedSpan,
): readonly (readonly [Portion, number])[] {
  if (type === 'close' || type === 'ping' || type === 'pong') return [['control-frame', length]];
  if (layer === 'websocket') return [[name === 'masking-key' ? 'mask' : 'frame-header', length]];
  const characters = type === 'binary' ? length : charactersIn(clear);
  return [
    ['characters', characters],
    ['wide-characters', length - characters],
  ];
}

/** As in JavaScript: UTF-16 code units, two for four bytes of UTF-8. Works on pieces cut within a character, too. */
const charactersIn = (bytes: Uint8Array): number =>
  bytes.reduce((sum, byte) => sum + ((byte & 0xc0) === 0x80 ? 0 : byte >= 0xf0 ? 2 : 1), 0);

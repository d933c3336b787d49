/** Frames of HTTP/2 (RFC 9113 §4, §6): their nine bytes, and the fields of frames without content or headers. */
import type { Text } from '../../base/text.ts';
import { bytesEn, type Explain, line, means, written } from '../explanation.ts';
import type { RawField } from '../unit.ts';
import { type FrameHead, type FrameType, flags, headOf } from './http2-frames.ts';
import { settingsOf } from './names.ts';

export const explainHttp2: Explain = ({ field }) => {
  const { name } = field;
  if (name.endsWith('-head')) return frameHead(field);
  switch (name) {
    case 'preface':
      return means(
        'RFC 9113 §3.4',
        line(
          'what a client of HTTP/2 says first: a server of HTTP/1.1 takes it for an error at once',
          'HTTP/2 클라이언트가 맨 먼저 보냅니다. HTTP/1.1 서버라면 바로 오류로 처리합니다',
        ),
      );
    case 'settings':
      return means('RFC 9113 §6.5.2', ...settingsOf(field.clear).map(setting));
    case 'window-increment':
      return means(
        'RFC 9113 §6.9',
        line(
          `the other side may send ${bytesEn(Number(field.value))} of DATA more`,
          `상대가 DATA를 ${field.value}바이트 더 보낼 수 있습니다`,
        ),
      );
    case 'ping-data':
      return means(
        'RFC 9113 §6.7',
        line('any eight bytes; the answer has the same', '아무 8바이트입니다. 응답에 똑같이 담겨 돌아옵니다'),
      );
    case 'error-code':
      return means('RFC 9113 §7', line(`why: ${field.value}`, `이유: ${field.value}`));
    case 'last-stream':
      return means(
        'RFC 9113 §6.8',
        line(
          `streams after number ${field.value} have not been looked at`,
          `${field.value}번보다 뒤의 스트림은 처리하지 않았습니다`,
        ),
      );
    case 'debug-data':
      return means('RFC 9113 §6.8', line(written(field.clear), written(field.clear)));
    case 'table-size-update':
      return means(
        'RFC 7541 §6.3',
        line(
          `from now on the table of repeated fields holds ${bytesEn(Number(field.value))}`,
          `이제부터 반복되는 필드의 표는 ${field.value}바이트까지 담습니다`,
        ),
      );
    default:
      return own(name);
  }
};

/** Fields that mean the same whatever is in them. */
const fixed: Readonly<Record<string, readonly [specification: string | null, text: Text]>> = {
  'pad-length': [
    'RFC 9113 §6.1',
    line('how many bytes of padding end this frame', '이 프레임 끝에 붙은 채움 바이트의 수입니다'),
  ],
  padding: [
    'RFC 9113 §6.1',
    line('zeros that hide how long the content is', '내용의 길이를 숨기려고 채운 0입니다'),
  ],
  priority: [
    'RFC 9113 §5.3.2',
    line(
      'which stream goes first: nobody heeds it any more',
      '스트림의 우선순위입니다. 이제는 쓰이지 않습니다',
    ),
  ],
  'promised-stream': [
    'RFC 9113 §6.6',
    line('the stream on which the server will answer unasked', '서버가 요청 없이 응답을 보낼 스트림입니다'),
  ],
  'discarded-data': [
    'RFC 9113 §5.1',
    line(
      'content of a stream that has ended: nobody reads it',
      '이미 끝난 스트림의 내용이라 아무도 읽지 않습니다',
    ),
  ],
  'extension-data': [
    'RFC 9113 §5.5',
    line('content of a frame of another specification', '다른 명세에서 정한 프레임의 내용입니다'),
  ],
};

function own(name: string) {
  const [specification, text] = Object.hasOwn(fixed, name) ? (fixed[name] ?? []) : [];
  return text ? means(specification ?? null, text) : null;
}

/** Section, and what it is for. */
const frames: Readonly<Record<FrameType, readonly [section: string, text: Text]>> = {
  data: ['§6.1', line('content of a request or a response', '요청이나 응답의 내용입니다')],
  headers: [
    '§6.2',
    line(
      'header fields open a request or a response, or end it',
      '요청이나 응답의 헤더(또는 트레일러)입니다',
    ),
  ],
  priority: ['§6.3', line('a wish about the order of streams', '스트림 순서에 대한 바람입니다')],
  'rst-stream': [
    '§6.4',
    line('this stream ends here; the connection goes on', '이 스트림만 여기서 끝납니다. 연결은 그대로입니다'),
  ],
  settings: ['§6.5', line('what this side can take', '이쪽이 받아들일 수 있는 값을 알립니다')],
  'settings-ack': [
    '§6.5.3',
    line('the other side’s settings hold from here on', '여기부터 상대의 설정을 따릅니다'),
  ],
  'push-promise': [
    '§6.6',
    line('a request that the server asks itself', '서버가 스스로 만들어 낸 요청입니다'),
  ],
  ping: ['§6.7', line('is the other side still there?', '상대가 아직 있는지 묻습니다')],
  'ping-ack': ['§6.7', line('still here', '아직 있다는 응답입니다')],
  goaway: ['§6.8', line('no new streams on this connection', '이 연결에 새 스트림을 열지 말라고 알립니다')],
  'window-update': ['§6.9', line('more may be sent', '더 보내도 된다고 알립니다')],
  continuation: ['§6.10', line('the header fields go on', '헤더가 이어집니다')],
  extension: ['§5.5', line('a frame of another specification', '다른 명세에서 정한 프레임입니다')],
};

function frameHead({ clear }: RawField) {
  const head = headOf(clear);
  const [section, text] = frames[head.type];
  return means(
    `RFC 9113 §4.1, ${section}`,
    text,
    line(
      `three bytes: ${bytesEn(head.length)} follow; type ${clear[3]}; flags ${flagsOf(head)}`,
      `3바이트: 뒤에 ${head.length}바이트가 이어집니다. 종류 ${clear[3]}, 플래그 ${flagsOf(head)}`,
    ),
    head.stream === 0
      ? line('stream 0: the connection itself', '스트림 0: 연결 자체를 가리킵니다')
      : line(`stream ${head.stream}`, `스트림 ${head.stream}`),
  );
}

const flagNames: readonly (readonly [bit: number, name: string, of: readonly FrameType[]])[] = [
  [flags.endStream, 'END_STREAM', ['data', 'headers']],
  [flags.ack, 'ACK', ['settings-ack', 'ping-ack']],
  [flags.endHeaders, 'END_HEADERS', ['headers', 'push-promise', 'continuation']],
  [flags.padded, 'PADDED', ['data', 'headers', 'push-promise']],
  [flags.priority, 'PRIORITY', ['headers']],
];

/** `END_HEADERS, END_STREAM`; those without a name as a number. */
function flagsOf({ type, flags }: FrameHead): string {
  const names = flagNames
    .filter(([bit, , of]) => (flags & bit) !== 0 && of.includes(type))
    .map(([, name]) => name);
  return names.length > 0 ? names.join(', ') : String(flags);
}

const meanings: Readonly<Record<string, (value: number) => Text>> = {
  HEADER_TABLE_SIZE: (value) =>
    line(
      `the other side may repeat itself by a table of ${bytesEn(value)}`,
      `상대는 ${value}바이트까지의 표로 반복되는 헤더를 줄일 수 있습니다`,
    ),
  ENABLE_PUSH: (value) =>
    value === 0
      ? line('the server may not push', '서버 푸시를 받지 않습니다')
      : line('the server may push', '서버 푸시를 받습니다'),
  MAX_CONCURRENT_STREAMS: (value) =>
    line(`at most ${value} streams at once`, `동시에 열 수 있는 스트림은 ${value}개까지입니다`),
  INITIAL_WINDOW_SIZE: (value) =>
    line(
      `each stream may send ${bytesEn(value)} before it has to wait`,
      `스트림마다 기다리지 않고 ${value}바이트까지 보낼 수 있습니다`,
    ),
  MAX_FRAME_SIZE: (value) =>
    line(`no frame longer than ${bytesEn(value)}`, `프레임은 ${value}바이트까지입니다`),
  MAX_HEADER_LIST_SIZE: (value) =>
    line(`no head longer than ${bytesEn(value)}`, `헤더는 모두 ${value}바이트까지입니다`),
  ENABLE_CONNECT_PROTOCOL: (value) =>
    value === 0
      ? line('a stream cannot become a WebSocket', '스트림을 WebSocket으로 쓸 수 없습니다')
      : line('a stream may become a WebSocket (RFC 8441)', '스트림을 WebSocket으로 쓸 수 있습니다(RFC 8441)'),
};

function setting({ name, value }: ReturnType<typeof settingsOf>[number]): Text {
  const meaning = Object.hasOwn(meanings, name) ? meanings[name] : undefined;
  const { en, ko } = meaning?.(value) ?? line('not of this specification', '이 명세에 없는 설정입니다');
  return line(`${name} = ${value}: ${en}`, `${name} = ${value}: ${ko}`);
}

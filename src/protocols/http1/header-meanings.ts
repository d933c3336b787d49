/**
 * What the header fields of our transports mean, each with its section. A field that is not here belongs to the
 * application, and is explained as such.
 */
import { cursorHeader } from '../contract.ts';
import { line } from '../explanation.ts';
import { pseudoHeaders } from '../http2/pseudo-headers.ts';
import { browserHeaders } from './browser-headers.ts';
import { handshakeHeaders } from './handshake-fields.ts';
import { fixed, type HeaderMeaning } from './header-meaning.ts';

const contentHeaders: Readonly<Record<string, HeaderMeaning>> = {
  'content-type': fixed('RFC 9110 §8.3', 'what the body is', '본문의 종류'),
  'content-length': {
    specification: 'RFC 9110 §8.6',
    lines: (value) => [
      line(
        `the body has ${value} bytes: so its end is known`,
        `본문은 ${value}바이트: 어디서 끝나는지 알 수 있음`,
      ),
    ],
  },
  'transfer-encoding': fixed(
    'RFC 9112 §6.1',
    'the body comes in chunks: nobody knows yet how long it will be',
    '본문이 청크로 옴: 전체 길이는 아직 알 수 없음',
  ),
  'cache-control': {
    specification: 'RFC 9111 §5.2',
    lines: (value) => [
      /no-store/.test(value)
        ? line(
            'no cache may keep this: the next question, too, is for the server itself',
            '어떤 캐시도 이 응답을 저장하면 안 됨: 다음 요청도 서버가 직접 받음',
          )
        : line('a cache must ask the server before it uses this', '캐시는 쓰기 전에 서버에 확인해야 함'),
    ],
  },
  'x-accel-buffering': {
    specification: null,
    lines: (value) => [
      value === 'no'
        ? line(
            'asks a proxy to pass each piece on as it comes; nginx does so',
            '조각이 오는 대로 넘겨 달라고 프록시에 요청함(nginx가 따름)',
          )
        : line('whether a proxy may collect the answer first', '프록시가 응답을 모아 두었다가 보내도 되는지'),
    ],
  },
  [cursorHeader]: {
    specification: null,
    lines: (value) => [
      line(
        `of this tool: the next question begins at message ${value}`,
        `이 도구의 헤더: 다음 요청은 ${value}번 메시지부터`,
      ),
    ],
  },
};

const connectionHeaders: Readonly<Record<string, HeaderMeaning>> = {
  host: fixed(
    'RFC 9110 §7.2',
    'which server is meant: many may share an address',
    '요청할 서버의 이름: 한 주소를 여러 서버가 함께 쓸 수 있음',
  ),
  connection: {
    specification: 'RFC 9110 §7.6.1',
    lines: (value) => [
      /upgrade/i.test(value)
        ? line('this connection shall change its protocol', '이 연결의 프로토콜을 바꾸도록 요청')
        : /close/i.test(value)
          ? line('closed after this answer', '이 응답 뒤에 연결을 닫음')
          : line('keep the TCP connection for the next request', 'TCP 연결을 다음 요청에도 사용'),
    ],
  },
  'keep-alive': {
    specification: 'RFC 2068 §19.7.1.1',
    lines: (value) => {
      const seconds = /timeout=(\d+)/.exec(value)?.[1] ?? '?';
      return [
        line(`the server closes it when idle for ${seconds} s`, `${seconds}초 동안 쓰지 않으면 서버가 닫음`),
      ];
    },
  },
  upgrade: {
    specification: 'RFC 9110 §7.8',
    lines: (value) => [line(`the protocol to change to: ${value}`, `바꿀 프로토콜: ${value}`)],
  },
  date: fixed('RFC 9110 §6.6.1', 'when the server made this answer', '서버가 이 응답을 만든 시각'),
};

export const headers: Readonly<Record<string, HeaderMeaning>> = {
  ...connectionHeaders,
  ...contentHeaders,
  ...handshakeHeaders,
  ...browserHeaders,
  ...pseudoHeaders,
};

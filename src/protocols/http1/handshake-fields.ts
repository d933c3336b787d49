/**
 * The handshake of WebSocket (RFC 6455 §4): a key, and the answer that proves that the server has understood what it
 * agrees to. The answer is computed again here, and compared.
 */
import { createHash } from 'node:crypto';
import { line } from '../explanation.ts';
import type { HeaderMeaning } from './header-meaning.ts';

/** What a server must answer to a key (§4.2.2): SHA-1 of the key and a fixed text, as base64. */
export const acceptOf = (key: string): string =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

export const handshakeHeaders: Readonly<Record<string, HeaderMeaning>> = {
  'sec-websocket-version': {
    specification: 'RFC 6455 §11.3.5',
    lines: () => [line('the version of RFC 6455 is 13', 'RFC 6455의 버전은 13')],
  },
  'sec-websocket-key': {
    specification: 'RFC 6455 §11.3.1',
    lines: (value) => [
      line(
        `${Buffer.from(value, 'base64').length} random bytes as base64; the server must answer to them, so a plain HTTP server cannot agree by accident`,
        `임의로 만든 ${Buffer.from(value, 'base64').length}바이트 키(base64). 서버가 이 키로 응답을 계산해야 하므로, 일반 HTTP 서버가 실수로 받아들일 수 없음`,
      ),
    ],
  },
  'sec-websocket-accept': {
    specification: 'RFC 6455 §4.2.2',
    lines: (value, asked) => {
      const accept = acceptOf(asked?.headers.get('sec-websocket-key') ?? '');
      return [
        line(
          'base64(SHA-1(key + a fixed text)); computed again:',
          'base64(SHA-1(키 + 정해진 문자열)). 다시 계산하면:',
        ),
        accept === value
          ? line(`${accept}: equal, the server understood`, `${accept}: 일치, 서버가 WebSocket 요청을 이해함`)
          : line(
              `${accept}: NOT equal, the client must fail`,
              `${accept}: 불일치, 클라이언트는 연결을 끊어야 함`,
            ),
      ];
    },
  },
  'sec-websocket-extensions': {
    specification: 'RFC 6455 §11.3.2',
    lines: (_value, _asked, direction) => [
      direction === 'up'
        ? line(
            'an extension the client offers (compression, RFC 7692)',
            '클라이언트가 제안하는 확장(압축, RFC 7692)',
          )
        : line('the extension the server takes', '서버가 받아들인 확장'),
    ],
  },
};

/**
 * The handshake of WebSocket (RFC 6455 §4): a key, and the answer that proves that the server has understood what it
 * agrees to. The answer is computed again here, and compared.
 */
import { createHash } from 'node:crypto';
import type { HeaderMeaning } from './headers.ts';
import { line } from './reading.ts';

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
        `임의의 ${Buffer.from(value, 'base64').length}바이트를 base64로. 서버가 여기에 답해야 하므로 평범한 HTTP 서버가 우연히 동의할 수 없다`,
      ),
    ],
  },
  'sec-websocket-accept': {
    specification: 'RFC 6455 §4.2.2',
    lines: (value, asked) => {
      const accept = acceptOf(asked?.key ?? '');
      return [
        line(
          'base64(SHA-1(key + a fixed text)); computed again:',
          'base64(SHA-1(키 + 정해진 글)). 다시 계산하면:',
        ),
        accept === value
          ? line(`${accept}: equal, the server understood`, `${accept}: 같다. 서버가 이해했다`)
          : line(`${accept}: NOT equal, the client must fail`, `${accept}: 다르다. 클라이언트는 끊어야 한다`),
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
        : line('the extension the server takes', '서버가 받아들이는 확장'),
    ],
  },
};

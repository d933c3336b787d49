/**
 * HTTP/2: what a frame adds, the bytes of a repeated head, and how many connections a client needs.
 *
 * RFC 9113 §4.1 (frames), RFC 7541 §6 (header compression), RFC 8441 (WebSocket over HTTP/2). The sender chooses what
 * to index; the choices here are those of nghttp2 as bundled with Node.
 */
import type { Law } from './law.ts';
import { n } from './notation.ts';

/** H2A, H2D: header of a frame; a WebSocket frame travels in a DATA frame. Source: RFC 9113 §4.1, RFC 8441 §5. */
export const frameHeadBytes = 9;

/** A field whose value is written out, while its name is in a table. */
export interface Literal {
  /** Index in the static table, which has 61 entries. */
  readonly nameIndex: number;
  /** Its value, Huffman-coded. */
  readonly valueBytes: number;
}

/** A literal without indexing has four bits for the index of its name, and a further byte if that is above 14. */
const literalBytes = ({ nameIndex, valueBytes }: Literal): number =>
  (nameIndex > 14 ? 2 : 1) + 1 + valueBytes;

/**
 * H2B: bytes of a header block with indexed fields, one byte each, and literals: the values that change, and those that
 * a sender never indexes. Values are shorter than 127 bytes. Source: RFC 7541 §6.1, §6.2.2.
 */
export const repeatedBlockBytes = (p: { indexed: number; literals: readonly Literal[] }): number =>
  p.literals.reduce((sum, literal) => sum + literalBytes(literal), p.indexed);

export const h2a = {
  id: 'H2A',
  exact: true,
  title: { en: 'Nine bytes a frame', ko: '프레임마다 9바이트' },
  statement: {
    en: 'Everything on an HTTP/2 connection is in frames, and each begins with nine bytes: its length, its type, flags, and the stream it belongs to. They take the place of chunk sizes and line ends: an event costs nine bytes for its DATA frame where HTTP/1.1 writes a chunk of six. So a pushed event is a little heavier over HTTP/2, and it is the heads of requests that become lighter.',
    ko: 'HTTP/2 연결에서는 모든 것이 프레임에 담기고, 프레임마다 길이, 종류, 플래그, 스트림 번호로 9바이트를 씁니다. 이것이 청크 크기와 줄바꿈을 대신합니다. HTTP/1.1에서 6바이트 청크로 보내던 이벤트에 DATA 프레임 9바이트가 듭니다. 그래서 푸시된 이벤트는 HTTP/2에서 조금 더 무겁고, 가벼워지는 것은 요청의 헤더입니다.',
  },
  formula: 'frame = 9 + n',
  source: 'RFC 9113 §4.1',
  parameters: [n],
} satisfies Law;

export const h2b = {
  id: 'H2B',
  exact: true,
  title: { en: 'What was said before costs a byte', ko: '이미 보낸 헤더는 1바이트' },
  statement: {
    en: 'HPACK keeps a table of fields on both sides. A field with the same value as before is one byte, whether it is a cookie of a kilobyte or a user agent. Written out each time are values that change and those that a sender does not keep: Node’s nghttp2 never keeps the path, the length of a body, authorization and short cookies. So a repeated POST has a head of 24 bytes instead of 137, and the date of the answer costs 24 more once a second.',
    ko: 'HPACK은 양쪽에 헤더 필드의 표를 둡니다. 앞에서 보낸 것과 값이 같은 필드는 1 kB짜리 쿠키든 User-Agent든 1바이트입니다. 값이 바뀌는 필드와 보내는 쪽이 저장하지 않는 필드만 매번 다시 적습니다. Node의 nghttp2는 경로, 본문 길이, Authorization, 짧은 쿠키를 저장하지 않습니다. 그래서 되풀이되는 POST의 헤더는 137바이트가 아니라 24바이트이고, 응답의 Date 때문에 1초에 한 번 24바이트가 더 듭니다.',
  },
  formula: 'head = 9 + fields said before + Σ (1 or 2 for the name + 1 + Huffman(value))',
  source: 'RFC 7541 §6.1, §6.2.2, appendix A, B; choices of nghttp2 in Node 20.20.2',
  parameters: [
    {
      name: 'value',
      unit: 'B',
      meaning: { en: 'what is written out again', ko: '다시 적는 값' },
    },
  ],
} satisfies Law;

export const h2c = {
  id: 'H2C',
  exact: true,
  title: { en: 'One connection for all streams', ko: '모든 스트림에 연결 하나' },
  statement: {
    en: 'Over HTTP/1.1 a request that waits for its answer blocks its connection, so browsers open up to six to an origin, and six open event streams leave none for anything else. Over HTTP/2 requests are streams of one connection, a hundred at a time by default: one handshake, one slow start, and a lost packet holds up all of them.',
    ko: 'HTTP/1.1에서는 응답을 기다리는 요청이 연결을 차지하므로 브라우저는 한 출처에 연결을 여섯 개까지 엽니다. 이벤트 스트림 여섯 개를 열어 두면 다른 요청에 쓸 연결이 없습니다. HTTP/2에서는 요청이 연결 하나의 스트림이 되고, 기본으로 백 개까지 동시에 보냅니다. 핸드셰이크도 느린 시작도 한 번이지만, 패킷 하나를 잃으면 모든 스트림이 함께 기다립니다.',
  },
  formula: 'connections of a client = 1',
  source: 'RFC 9113 §5, §9.1; RFC 9112 §9.4',
  parameters: [],
} satisfies Law;

export const h2d = {
  id: 'H2D',
  exact: true,
  title: { en: 'A WebSocket over HTTP/2 pays twice', ko: 'HTTP/2 위의 WebSocket은 이중으로 부담' },
  statement: {
    en: 'By extended CONNECT a stream of HTTP/2 becomes a WebSocket. Its frames stay as they are, masks included, and each travels in a DATA frame: nine bytes more. In exchange it shares the connection, and its handshake is a head that HPACK makes small. It needs one round trip more where nothing was asked before, because the server has to say first that it takes such a request.',
    ko: '확장 CONNECT로 HTTP/2 스트림 하나가 WebSocket이 됩니다. 프레임은 마스크까지 그대로이고 저마다 DATA 프레임에 담기므로 9바이트가 더 듭니다. 그 대신 연결을 함께 쓰고, 핸드셰이크는 HPACK이 줄인 헤더 하나입니다. 아직 아무 요청도 하지 않은 연결이라면 왕복이 한 번 더 듭니다. 이런 요청을 받는다고 서버가 먼저 알려야 하기 때문입니다.',
  },
  formula: 'frame up = 9 + 6 + n, down = 9 + 2 + n, for n ≤ 125',
  source: 'RFC 8441 §3 to §5',
  parameters: [n],
} satisfies Law;

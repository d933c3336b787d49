/**
 * TLS: what a record adds, the bytes of a handshake, and how many round trips it takes.
 *
 * RFC 8446 (TLS 1.3) §4, §5; RFC 5246 (TLS 1.2) §6, §7; RFC 5288 (AES-GCM in 1.2). Sizes of hellos and tickets are
 * those of OpenSSL as bundled with Node.
 */
import type { Law, Parameter } from './law.ts';
import { n } from './notation.ts';
import type { BothWays } from './websocket.ts';

export type TlsVersion = '1.2' | '1.3';

/** The most content of a record (RFC 8446 §5.1). */
const longestPlain = 2 ** 14;
/** The record's header, and the tag that authenticates the content. */
const headBytes = 5;
const tagBytes = 16;
/** TLS 1.3 hides the content's type inside; TLS 1.2 with AES-GCM writes a part of the nonce. */
const ofVersion = { '1.3': 1, '1.2': 8 } as const;

/** TLS1: what an encrypted record adds to its content: 22 B in TLS 1.3, 29 B in TLS 1.2 with AES-GCM. */
export const recordOverhead = (version: TlsVersion): number => headBytes + ofVersion[version] + tagBytes;

/** TLS1: what TLS adds to `plainBytes` written at once: one record, and one more beyond each 16,384 B. */
export const sealingBytes = (version: TlsVersion, plainBytes: number): number =>
  recordOverhead(version) * Math.max(1, Math.ceil(plainBytes / longestPlain));

export const tls1 = {
  id: 'TLS1',
  exact: true,
  title: { en: 'Twenty-two bytes a record', ko: '레코드마다 22바이트' },
  statement: {
    en: 'TLS 1.3 puts five bytes before each record, and the content’s true type and an authentication tag of sixteen bytes behind it. A record is what was written at once, up to 16,384 bytes, so it is the flush and not the message that costs: an event in its chunk, or a head and its body, share one. TLS 1.2 with AES-GCM needs 29 bytes, because it also writes a part of the nonce.',
    ko: 'TLS 1.3은 레코드마다 앞에 5바이트, 뒤에 내용의 진짜 종류 1바이트와 16바이트 인증 태그를 붙입니다. 한 번에 쓴 것이 최대 16,384바이트까지 레코드 하나가 됩니다. 그래서 비용은 메시지가 아니라 쓰기 횟수에 따라 듭니다. 청크에 담긴 이벤트나 헤더와 본문은 레코드 하나를 나누어 씁니다. AES-GCM을 쓰는 TLS 1.2는 nonce의 일부도 적으므로 29바이트가 듭니다.',
  },
  formula: 'record = n + 22 (TLS 1.3), n + 29 (TLS 1.2, AES-GCM); one more beyond each 16,384 B',
  source: 'RFC 8446 §5.1, §5.2; RFC 5246 §6.2.3; RFC 5288 §3',
  parameters: [n],
  plot: {
    x: { label: { en: 'bytes written at once', ko: '한 번에 쓴 바이트' }, unit: 'B' },
    y: { label: { en: 'added by TLS 1.3', ko: 'TLS 1.3이 더하는 바이트' }, unit: 'B' },
    from: 1,
    to: 65_536,
    curve: (x) => sealingBytes('1.3', Math.round(x)),
  },
} satisfies Law;

export interface FullHandshake {
  readonly version: TlsVersion;
  /** Of the server's certificate, in DER. */
  readonly certificateBytes: number;
  /** The signature over the handshake: 256 for RSA-2048, 70 to 72 for ECDSA P-256. */
  readonly signatureBytes: number;
  /** Offered and chosen by ALPN; empty without ALPN. */
  readonly protocol: string;
  /** OpenSSL from 3.5 on offers X25519MLKEM768, which resists quantum computers and is some 1.2 kB longer. */
  readonly hybrid: boolean;
}

const messageHead = 4;
/** With SHA-384, the hash of OpenSSL's first choice; in TLS 1.2 twelve bytes for any hash. */
const finishedBytes = { '1.3': messageHead + 48, '1.2': messageHead + 12 } as const;
/** An extension, a list, a name with its length. */
const alpnBytes = (protocol: string): number => (protocol === '' ? 0 : 7 + protocol.length);

/** Without server name (the server is an address) and without ALPN. */
const clientHelloBytes = 344;
const hybridShares = { up: 1219, down: 1088 } as const;
const serverHelloBytes = { '1.3': 122, '1.2': 65 } as const;
const ticketBytes = 265;

/**
 * TLS2: bytes of the handshake messages of a full handshake, both ways, without records. A ticket of TLS 1.2 contains
 * the session, and with it the protocol, in blocks of sixteen.
 */
export function handshakeMessages(p: FullHandshake): BothWays {
  const alpn = alpnBytes(p.protocol);
  const hello = clientHelloBytes + alpn + (p.hybrid ? hybridShares.up : 0);
  if (p.version === '1.2') {
    const keyExchange = messageHead + 33;
    const ticket = 202 + (alpn > 0 ? 16 : 0);
    const certificate = messageHead + 6 + p.certificateBytes;
    const signedShare = messageHead + 40 + p.signatureBytes;
    const done = messageHead;
    return {
      up: hello + keyExchange + finishedBytes['1.2'],
      down:
        serverHelloBytes['1.2'] + (alpn + certificate + signedShare + done) + (ticket + finishedBytes['1.2']),
    };
  }
  const extensions = messageHead + 2 + alpn;
  const certificate = messageHead + 9 + p.certificateBytes;
  const verify = messageHead + 4 + p.signatureBytes;
  return {
    up: hello + finishedBytes['1.3'],
    down:
      serverHelloBytes['1.3'] +
      (p.hybrid ? hybridShares.down : 0) +
      (extensions + certificate + verify) +
      finishedBytes['1.3'] +
      2 * ticketBytes,
  };
}

/** TLS2: the same with records and ChangeCipherSpec: all bytes of a connection before its first application data. */
export function handshakeBytes(p: FullHandshake): BothWays {
  const { up, down } = handshakeMessages(p);
  const changeCipherSpec = headBytes + 1;
  const sealed = recordOverhead(p.version);
  return p.version === '1.2'
    ? {
        // ClientHello and key exchange in clear records, Finished in an encrypted one; five clear ones from the server.
        up: up + 2 * headBytes + changeCipherSpec + sealed,
        down: down + 5 * headBytes + changeCipherSpec + sealed,
      }
    : {
        up: up + headBytes + changeCipherSpec + sealed,
        // Encrypted: four messages, and two tickets.
        down: down + headBytes + changeCipherSpec + 6 * sealed,
      };
}

/** TLS2: round trips that a full handshake adds to those of TCP. Source: RFC 8446 §2, RFC 5246 §7.3. */
export const handshakeTrips = { '1.3': 1, '1.2': 2 } as const satisfies Record<TlsVersion, number>;

const certificate: Parameter = {
  name: 'C',
  unit: 'B',
  meaning: { en: 'the server’s certificate', ko: '서버 인증서' },
};
const signature: Parameter = {
  name: 'S',
  unit: 'B',
  meaning: {
    en: 'its signature: 256 with RSA-2048, 70 to 72 with ECDSA P-256',
    ko: '인증서 키의 서명: RSA-2048은 256, ECDSA P-256은 70~72',
  },
};

export const tls2 = {
  id: 'TLS2',
  exact: true,
  title: { en: 'A handshake is mostly certificate', ko: '핸드셰이크는 대부분 인증서' },
  statement: {
    en: 'A full handshake of TLS 1.3 takes one round trip more than TCP alone, one of TLS 1.2 takes two. Its bytes are the hellos, the certificate with a signature, and two tickets for coming back; the certificate decides, and public servers send two or three of them. OpenSSL from 3.5 on also offers a key share that quantum computers cannot break, 1.2 kB more up and 1.1 kB more down. A connection that lives for hours pays this once, one that is opened for each poll pays it each time.',
    ko: 'TLS 1.3의 전체 핸드셰이크는 TCP만 쓸 때보다 왕복이 한 번 더 들고, TLS 1.2는 두 번 더 듭니다. 바이트는 Hello 메시지, 인증서와 서명, 다시 올 때 쓸 티켓 두 장으로 이루어집니다. 크기를 좌우하는 것은 인증서이며, 공개 서버는 두세 개를 보냅니다. OpenSSL 3.5부터는 양자 컴퓨터로도 깰 수 없는 키 공유 값을 함께 제안하므로 상향 1.2 kB, 하향 1.1 kB가 더 듭니다. 몇 시간 동안 열려 있는 연결은 이 비용을 한 번만 내고, 폴링마다 여는 연결은 매번 냅니다.',
  },
  formula:
    '1.3: up 396 + ALPN, down 731 + ALPN + C + S; 1.2: up 397 + ALPN, down 341 + ALPN + C + S (+ 16 in the ticket with ALPN); with X25519MLKEM768 up + 1,219, down + 1,088 (1.3)',
  source: 'RFC 8446 §2, §4; RFC 5246 §7; measured with OpenSSL 3.0 and 3.5 of Node 20.20.2 and 24',
  parameters: [certificate, signature],
} satisfies Law;

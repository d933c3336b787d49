/** What each field of a TLS record means (RFC 8446 §5), and what each message of a handshake is for (§4). */
import type { Text } from '../../base/text.ts';
import { bytesEn, type Explain, line, means } from '../explanation.ts';
import type { RawField } from '../unit.ts';
import { contentTypes } from './tls.ts';

const record = 'RFC 8446 §5.1';
const sealing = 'RFC 8446 §5.2';

type Meaning = readonly [specification: string, ...lines: Text[]];

const fixed: Readonly<Record<string, Meaning>> = {
  nonce: [
    'RFC 5288 §3',
    line(
      'the part of the nonce that TLS 1.2 writes into each record; TLS 1.3 counts records instead',
      'TLS 1.2가 레코드마다 적는 nonce의 일부. TLS 1.3은 적지 않고 레코드를 셈',
    ),
  ],
  'content-type': [
    sealing,
    line(
      'the true type of the content; outside, every sealed record says application data',
      '내용의 진짜 종류. 밖에서는 암호화된 레코드가 모두 application data로 보임',
    ),
  ],
  padding: [sealing, line('zeros that hide how long the content is', '내용의 길이를 숨기려고 붙인 0')],
  tag: [
    sealing,
    line(
      'the authentication tag: a record that somebody changed is refused',
      '인증 태그: 누군가 바꾼 레코드는 거부됨',
    ),
  ],
  'change-cipher-spec': [
    'RFC 8446 §D.4',
    line(
      'means something in TLS 1.2 only; TLS 1.3 sends it so that old middleboxes let the connection pass',
      'TLS 1.2에서만 뜻이 있음. TLS 1.3은 오래된 중간 장비가 연결을 막지 않도록 보냄',
    ),
  ],
  'client-hello': [
    'RFC 8446 §4.1.2',
    line(
      'the client offers versions, cipher suites and a key share; a post-quantum share adds some 1.2 kB',
      '클라이언트가 버전, 암호 모음, 키 공유 값을 제안함. 양자 내성 키 공유 값은 약 1.2 kB를 더함',
    ),
  ],
  'server-hello': [
    'RFC 8446 §4.1.3',
    line(
      'the server chooses; from here on both can compute the keys',
      '서버가 고름. 이제부터 둘 다 키를 계산할 수 있음',
    ),
  ],
  'hello-retry-request': [
    'RFC 8446 §4.1.4',
    line(
      'the server asks for another key share: one round trip more',
      '서버가 다른 키 공유 값을 요구함: 왕복이 한 번 더 필요함',
    ),
  ],
  'encrypted-extensions': [
    'RFC 8446 §4.3.1',
    line('what else the server agrees to, such as h2 by ALPN', '그 밖에 서버가 동의한 것. 예: ALPN의 h2'),
  ],
  certificate: [
    'RFC 8446 §4.4.2',
    line(
      'who the server is, with the certificates that vouch for it; a public one brings two or three of them',
      '서버가 누구인지와 이를 보증하는 인증서. 공개 서버는 두세 개를 보냄',
    ),
  ],
  'certificate-verify': [
    'RFC 8446 §4.4.3',
    line(
      'a signature over the handshake: 256 bytes with RSA-2048, 70 to 72 with ECDSA P-256',
      '핸드셰이크 전체에 대한 서명: RSA-2048은 256바이트, ECDSA P-256은 70~72바이트',
    ),
  ],
  'certificate-request': [
    'RFC 8446 §4.3.2',
    line('the server asks who the client is', '서버가 클라이언트의 인증서를 요구함'),
  ],
  'certificate-status': [
    'RFC 6066 §8',
    line('that the certificate has not been revoked', '인증서가 폐기되지 않았다는 증명'),
  ],
  'server-key-exchange': [
    'RFC 5246 §7.4.3',
    line("TLS 1.2: the server's key share, signed", 'TLS 1.2: 서명된 서버의 키 공유 값'),
  ],
  'server-hello-done': [
    'RFC 5246 §7.4.5',
    line('TLS 1.2: now it is the client’s turn', 'TLS 1.2: 이제 클라이언트 차례'),
  ],
  'client-key-exchange': [
    'RFC 5246 §7.4.7',
    line("TLS 1.2: the client's key share", 'TLS 1.2: 클라이언트의 키 공유 값'),
  ],
  finished: [
    'RFC 8446 §4.4.4',
    line(
      'a checksum over the whole handshake: nobody has changed it on the way',
      '핸드셰이크 전체의 검사값: 도중에 아무도 바꾸지 않았음',
    ),
  ],
  'new-session-ticket': [
    'RFC 8446 §4.6.1',
    line(
      'a ticket with which the next connection needs no certificate; Node sends two',
      '다음 연결에서 인증서를 생략하게 해 주는 티켓. Node는 두 장을 보냄',
    ),
  ],
  'key-update': ['RFC 8446 §4.6.3', line('new keys from here on', '여기서부터 새 키를 씀')],
  'compressed-certificate': ['RFC 8879', line('the certificate, compressed', '압축된 인증서')],
  'hello-request': [
    'RFC 5246 §7.4.1.1',
    line('TLS 1.2: shake hands again', 'TLS 1.2: 핸드셰이크를 다시 요청함'),
  ],
  'end-of-early-data': ['RFC 8446 §4.5', line('early data ends here', '0-RTT 데이터가 여기서 끝남')],
  'handshake-message': [
    'RFC 8446 §4',
    line('a handshake message of another kind', '다른 종류의 핸드셰이크 메시지'),
  ],
};

export const explainTls: Explain = ({ field }) => {
  if (field.name === 'record-head') return means(record, head(field));
  if (field.name === 'alert')
    return means('RFC 8446 §6', line(`an alert: ${field.value}`, `알림: ${field.value}`));
  const known = fixed[field.name];
  return known ? means(...known) : null;
};

function head({ clear }: RawField): Text {
  const [, major = 0, minor = 0, high = 0, low = 0] = clear;
  const length = (high << 8) | low;
  const version = `${major}.${minor}`;
  const type = `${clear[0]} (${contentTypes[clear[0] ?? 0]})`;
  const follow = `${bytesEn(length)} ${length === 1 ? 'follows' : 'follow'}`;
  return line(
    `head of a record: type ${type}, version ${version} for old middleboxes, ${follow}`,
    `레코드의 머리: 종류 ${type}, 오래된 중간 장비를 위한 버전 ${version}, ${length}바이트가 이어짐`,
  );
}

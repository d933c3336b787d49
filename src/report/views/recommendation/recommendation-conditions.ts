/** The conditions under which a recommendation holds, and what it leaves out. */
import { type Reader, say, text } from '../../../base/text.ts';
import {
  dateBytes,
  handshakes,
  recordBytes,
  tcpHeaders,
} from '../../../questions/recommendation/assumptions.ts';
import { bytes, count } from '../../blocks/quantities.ts';
import { type RecommendationTelling, span } from './recommendation-tables.ts';

const conditions = {
  setup: text(
    'To connect {transport} takes {bytes} a client, once. Laws: {laws} (see `rtcompare explain`).',
    '{transport}: 연결에 드는 바이트는 클라이언트당 한 번 {bytes}입니다. 법칙: {laws} (`rtcompare explain` 참고).',
  ),
  application: text(
    'Application: by law, with heads ({headers}) and handshakes as they were weighed just now; heartbeat {heartbeat}, by a fixed clock, as ws servers and Socket.IO send it; no compression. Messages come by chance (Poisson).',
    '애플리케이션: 법칙으로 계산하며, 헤더({headers})와 핸드셰이크는 방금 측정한 값입니다. 하트비트 {heartbeat}(ws 서버와 Socket.IO처럼 일정한 간격), 압축 없음. 메시지는 무작위로(푸아송) 생깁니다.',
  ),
  http: text(
    'HTTP/1.1. Over HTTP/2 heads that were sent before weigh a fraction (law H2B), and requests cost less: --over h2.',
    'HTTP/1.1로 계산했습니다. HTTP/2에서는 앞에서 보낸 헤더가 훨씬 작아져(법칙 H2B) 요청 비용이 줄어듭니다: --over h2.',
  ),
  h2: text(
    'HTTP/2: one connection for all streams of a client (law H2C), which stays open; heads as HPACK leaves them when they were sent before (H2B); the first answer in each second writes its date out, {date} B more.',
    'HTTP/2로 계산했습니다. 클라이언트마다 모든 스트림이 연결 하나를 함께 쓰고(법칙 H2C) 그 연결은 계속 열려 있습니다. 헤더는 앞에서 보낸 것이 HPACK으로 줄어든 크기이며(H2B), 1초마다 첫 응답은 Date를 다시 적어 {date} B가 더 듭니다.',
  ),
  none: text('none', '없음'),
  tls: text(
    'TLS: an estimate, not measured: {record} B a record of TLS 1.3 AES-GCM (5 head, 1 type, 16 tag; RFC 8446 §5.2), a record a write; a connection opened anew resumes its session ({resumed} B), as it can while the ticket lives (nginx 5 min, Node 2 h); who cannot pays {full} B, with ML-KEM some 4.1 kB, with a long chain more. Without: --tls none.',
    'TLS: 측정이 아니라 추정입니다. TLS 1.3 AES-GCM 레코드마다 {record} B(헤더 5, 타입 1, 태그 16. RFC 8446 §5.2), 쓰기마다 레코드 하나. 다시 여는 연결은 티켓이 유효한 동안(nginx 5분, Node 2시간) 세션을 재개합니다({resumed} B. 재개할 수 없으면 {full} B, ML-KEM이면 4.1 kB 정도, 인증서 체인이 길면 더). 빼려면 --tls none.',
  ),
  tcp: text(
    'TCP/IP: computed (law BY6): IPv4 and TCP headers of {bytes} B a segment, a segment a write of up to 1,500 B; an answer carries the acknowledgement of its question, anything else has one of its own, delayed by 40 ms (Linux); 7 segments to open and close. No losses. Others: --tcp timestamps, plain, none.',
    'TCP/IP: 계산한 값입니다(법칙 BY6). IPv4와 TCP 헤더는 세그먼트마다 {bytes} B, 1,500 B까지의 쓰기마다 세그먼트 하나. 응답에는 요청의 확인이 함께 실리고, 나머지는 40 ms 늦게(Linux) 따로 확인합니다. 여닫는 데 세그먼트 7개. 손실 없음. 바꾸려면 --tcp timestamps, plain, none.',
  ),
  radio: text(
    'Radio: it stays up {tail} after the last packet and is woken by the next (Huang 2012, MobiSys: 11.6 s on LTE; --radio-tail sets another, or none). A server closes a silent connection after 5 s, which keeps the radio up once more.',
    '무선: 마지막 패킷 뒤 {tail} 동안 켜져 있다가 다음 패킷에 다시 깨어납니다(Huang 2012, MobiSys: LTE에서 11.6초. --radio-tail로 바꾸거나 none으로 뺍니다). 서버는 조용한 연결을 5초 뒤에 닫으며, 이것도 무선을 더 켜 둡니다.',
  ),
  times: text(
    'Times are the link’s alone: add what server and client take, a name to look up, and a radio to wake.',
    '시간은 링크의 지연만 나타냅니다. 서버와 클라이언트가 쓰는 시간, 이름 조회, 무선을 깨우는 시간을 더해야 합니다.',
  ),
  server: text(
    'CPU and memory: measured just now on this machine’s server, at 50 clients and 20 messages a second each, and 200 idle ones (laws FAN1, FAN2).',
    'CPU와 메모리: 방금 이 컴퓨터의 서버에서 측정했습니다. 클라이언트 50개가 각각 초당 메시지 20개를 받을 때와 200개가 쉬고 있을 때입니다(법칙 FAN1, FAN2).',
  ),
  notMeasured: text(
    'Not measured: the server’s CPU for a message, its memory for a connection, what a cut loses. {command} measures them, in about half a minute.',
    '측정하지 않은 것: 메시지당 서버 CPU, 연결당 메모리, 끊길 때의 유실. {command}: 30초쯤이면 측정합니다.',
  ),
  streamed: text(
    'Not counted: an answer that streams in, as from a language model. fetch with an event stream in the answer to the POST begins as soon as ws (law STR1), comes as evenly (STR2), stops where it is aborted (STR3) and cannot go on after a cut (STR4). `rtcompare run --scenario stream --transport fetch-sse` measures it.',
    '계산하지 않은 것: 언어 모델처럼 조각으로 흘러나오는 응답. POST의 응답으로 이벤트 스트림을 받는 fetch는 ws만큼 빨리 시작하고(법칙 STR1) 고르게 오며(STR2), 중단하면 멈추고(STR3), 끊긴 뒤에는 이어받지 못합니다(STR4). `rtcompare run --scenario stream --transport fetch-sse`가 측정합니다.',
  ),
  missing: text(
    'Left out, because it could not be weighed: {transport}: {why}',
    '잴 수 없어서 뺀 방식: {transport}: {why}',
  ),
};

export function conditionTexts(telling: RecommendationTelling, reader: Reader): string[] {
  const { need, choice, server, missing, headers, thorough } = telling;
  const heartbeat = need.heartbeatMs === null ? say(reader, conditions.none) : span(need.heartbeatMs / 1000);
  const { chosen } = choice;
  return [
    ...missing.map(({ transport, why }) =>
      say(reader, conditions.missing, { transport, why: say(reader, why) }),
    ),
    say(reader, conditions.application, { headers, heartbeat }),
    say(reader, conditions[need.over], { date: String(dateBytes) }),
    ...(need.tls
      ? [
          say(reader, conditions.tls, {
            record: String(recordBytes),
            resumed: count(handshakes.resumed),
            full: count(handshakes.full),
          }),
        ]
      : []),
    ...(need.tcp === 'none'
      ? []
      : [say(reader, conditions.tcp, { bytes: String(tcpHeaders[need.tcp].bytes) })]),
    ...(need.radioTailMs === null
      ? []
      : [say(reader, conditions.radio, { tail: span(need.radioTailMs / 1000) })]),
    say(reader, conditions.times),
    ...(server.length > 0 ? [say(reader, conditions.server)] : []),
    ...(thorough === null ? [] : [say(reader, conditions.notMeasured, { command: thorough })]),
    ...(need.direction === 'both' ? [say(reader, conditions.streamed)] : []),
    ...(chosen
      ? [
          say(reader, conditions.setup, {
            transport: chosen.transport,
            bytes: bytes(chosen.setupBytes),
            laws: chosen.laws.join(', '),
          }),
        ]
      : []),
  ];
}

/** The hints of an inspection, as sentences. */

import { own } from '../../../base/lookup.ts';
import { type Phrase, type Reader, say, text } from '../../../base/text.ts';
import type { Hint } from '../../../document/inspection.ts';
import { bytes, count, decimal, share, time } from '../../blocks/quantities.ts';

/** By kind. A kind that this version does not know is printed as its name alone. */
export const hintPhrases: Readonly<Record<string, Phrase<string>>> = {
  'empty-polls': text('{empty} polls of {made} were empty', '빈 폴링: {made}번 중 {empty}번'),
  'connection-per-request': text(
    'a new connection for nearly every request: {connections} of {requests} had one of their own; keep-alive would save that',
    '요청마다 거의 새 연결: 요청 {requests}개 중 {connections}개가 따로 연결함. keep-alive를 쓰면 줄일 수 있습니다',
  ),
  cookies: text(
    'cookies make up {share} of the upstream bytes ({bytes})',
    '보낸 바이트 중 쿠키의 비율: {share} ({bytes})',
  ),
  headers: text(
    'headers make up {share} of all bytes ({requests} requests)',
    '전체 바이트 중 헤더의 비율: {share} (요청 {requests}개)',
  ),
  'compression-refused': text(
    'WebSocket compression is offered but not used: handshakes that offered it {offered}, that got it {accepted}. Of {bytes} of messages it would have saved {share}',
    'WebSocket 압축을 제안했지만 쓰지 않음: 제안한 핸드셰이크 {offered}번 중 받아들여진 것 {accepted}번. 압축했다면 메시지 {bytes} 중 {share}를 줄였을 것입니다',
  ),
  'compression-idle': text(
    'WebSocket compression was agreed on ({accepted}×), but none of the {messages} messages was compressed',
    'WebSocket 압축에 합의한 연결 {accepted}개, 메시지 {messages}개 중 압축된 것 없음',
  ),
  'bodies-uncompressed': text(
    'compression is offered but not used: requests that accept it {offered}, bodies that came as they are {bytes}',
    '압축을 제안했지만 쓰지 않음: 압축을 받을 수 있는 요청 {offered}개, 압축 없이 온 본문 {bytes}',
  ),
  'compressed-messages': text(
    'compressed frames: the payload of {messages} messages is counted as it was compressed; what is around it inside is counted with it',
    '압축된 프레임: 메시지 {messages}개의 페이로드는 압축된 크기로 계산했고, 그 안의 형식에 드는 바이트도 함께 셌습니다',
  ),
  'stays-with-polling': text(
    'Socket.IO stays with polling: {requests} requests, and no upgrade to WebSocket',
    'Socket.IO가 계속 폴링을 씀: 요청 {requests}개, WebSocket 업그레이드 없음',
  ),
  'versions-differ': text(
    'version 4 of Engine.IO was asked for and version 3 answered ({packets} packets): the server is Socket.IO 2, the client a later one; let one of them follow the other',
    'Engine.IO 4를 요청했는데 3으로 응답했습니다(패킷 {packets}개). 서버는 Socket.IO 2, 클라이언트는 그 이후 버전입니다. 한쪽 버전을 다른 쪽에 맞추십시오',
  ),
  'heartbeat-messages': text(
    'heartbeats made of messages, one each {seconds} s: an hour in which nothing else is said costs {bytes}; a ping of the protocol is shorter, and seldom needed more than every 25 s',
    '메시지로 만든 하트비트가 {seconds}초마다 되풀이됩니다. 다른 메시지가 없어도 한 시간에 {bytes}가 듭니다. 프로토콜의 Ping이 더 짧고, 25초보다 자주 보낼 일은 드뭅니다',
  ),
  silence: text(
    'an hour in which nothing is said costs a connection {bytes} of heartbeats, one each {seconds} s: {owners}',
    '아무 말도 없는 한 시간 동안 하트비트가 {seconds}초마다 오가며 연결 하나에 {bytes}가 듭니다: {owners}',
  ),
  'packets-in-pieces': text(
    'packets of MQTT come in pieces: {packets} packets in {messages} WebSocket messages, {bytes} of heads that whole packets would not need. MQTT.js writes each field by itself; a broker or client that writes packets whole, or gathers a moment’s writes, saves them',
    'MQTT 패킷이 조각나서 옵니다. 패킷 {packets}개가 WebSocket 메시지 {messages}개로 왔고, 한 번에 보내면 필요 없는 헤더가 {bytes}입니다. MQTT.js는 필드마다 따로 씁니다. 패킷을 통째로 쓰거나 한순간의 쓰기를 모으면 줄일 수 있습니다',
  ),
  'packets-heavier': text(
    'the parser of Socket.IO makes its packets heavier: {packets} weigh {bytes}, and Socket.IO’s own would make {plainBytes} of them. MessagePack is lighter for binary and for many numbers',
    'Socket.IO의 파서가 패킷을 더 무겁게 만듭니다. 패킷 {packets}개가 {bytes}인데, Socket.IO의 기본 파서라면 {plainBytes}입니다. MessagePack은 바이너리나 많은 수를 보낼 때 더 가볍습니다',
  ),
  'own-messages-back': text(
    'clients get back what they have sent, byte for byte: {returned} of {sent} messages, {bytes}. Is that wanted? A server that broadcasts can leave the sender out',
    '클라이언트가 보낸 것이 그대로 돌아옵니다: 메시지 {sent}개 중 {returned}개, {bytes}. 의도한 것입니까? 모두에게 보내는 서버라면 보낸 쪽을 뺄 수 있습니다',
  ),
  'frames-after-close': text(
    'frames sent after a Close: {frames}; nobody has to read them (RFC 6455 §5.5.1)',
    'Close 뒤에 프레임 {frames}개를 보냈습니다. 받는 쪽은 읽지 않아도 됩니다(RFC 6455 §5.5.1)',
  ),
  'streamed-responses': text(
    'responses that are streams, whatever their type says: {responses}, {chunks} chunks over {seconds} s; what is in them counts as one message each',
    '타입이 무엇이든 스트림인 응답: {responses}개, {seconds}초 동안 청크 {chunks}개. 그 내용은 응답마다 메시지 하나로 셉니다',
  ),
  'events-corked': text(
    'events come {events} at a time, the first of them {lateMs} late by the times they carry: something on the way, or before, corks the stream. Behind nginx answer with `X-Accel-Buffering: no`, set `option http-no-delay` in HAProxy and TCP_NODELAY in the server',
    '이벤트가 한 번에 {events}개씩 옵니다. 이벤트에 적힌 시각으로 보면 첫 이벤트가 {lateMs} 늦습니다. 서버나 중간의 무언가가 스트림을 모았다가 보냅니다. nginx 뒤라면 응답에 `X-Accel-Buffering: no`를 넣고, HAProxy에는 `option http-no-delay`, 서버에는 TCP_NODELAY를 켜십시오',
  ),
  'events-buffered': text(
    'events come when a buffer is full, {bytes} and {events} events at a time, after pauses of {pauseMs}: something on the way buffers the stream. Behind nginx answer with `X-Accel-Buffering: no`; elsewhere switch buffering of responses off',
    '버퍼가 찰 때마다 이벤트가 옵니다. 한 번에 {bytes}, 이벤트 {events}개, 그 사이 {pauseMs}. 중간의 무언가가 스트림을 버퍼에 모읍니다. nginx 뒤라면 응답에 `X-Accel-Buffering: no`를 넣고, 다른 곳이라면 응답 버퍼링을 끄십시오',
  ),
  'events-together': text(
    'events come {events} at a time after pauses of {pauseMs}, each in a chunk of its own. Unless the application writes them in one go, something on the way corks the stream, and the first of them is some {lateMs} late: behind nginx answer with `X-Accel-Buffering: no`, set `option http-no-delay` in HAProxy and TCP_NODELAY in the server',
    '이벤트가 {pauseMs}마다 한 번에 {events}개씩, 저마다 따로 된 청크로 옵니다. 애플리케이션이 한꺼번에 쓴 것이 아니라면 중간의 무언가가 스트림을 모았다가 보내며, 첫 이벤트는 {lateMs}쯤 늦습니다. nginx 뒤라면 응답에 `X-Accel-Buffering: no`를 넣고, HAProxy에는 `option http-no-delay`, 서버에는 TCP_NODELAY를 켜십시오',
  ),
  'unfinished-events': text(
    'events cut off before their empty line: {events}; no page gets them, so let the client come back with Last-Event-ID',
    '이벤트 {events}개가 빈 줄 전에 끊겼습니다. 페이지에 전달되지 않으므로, 클라이언트가 Last-Event-ID로 다시 요청해야 합니다',
  ),
  'small-messages-compressed': text(
    'small messages are compressed: {messages}, {bytes} each on the wire; below some hundred bytes compression saves little or adds to them. Set a threshold',
    '짧은 메시지를 압축함: 메시지 {messages}개, 하나에 {bytes}. 100바이트쯤보다 짧으면 압축해도 거의 줄지 않거나 오히려 늘어납니다. 압축할 최소 크기를 정하십시오',
  ),
  'frames-per-message': text(
    '{frames} frames for {messages} messages: each part has a head of its own; write a message in one piece',
    '메시지 {messages}개에 프레임 {frames}개: 나눈 조각마다 프레임 헤더가 붙습니다. 한 번에 보내십시오',
  ),
  heartbeats: text(
    'more heartbeats than messages: {heartbeats} pings, pongs and comments, {messages} messages',
    '메시지보다 많은 하트비트: ping, pong, 주석 {heartbeats}개, 메시지 {messages}개',
  ),
  encoding: text(
    'base64 and escapes make up {share} of all bytes ({bytes}); binary messages would not need them',
    '전체 바이트 중 base64와 이스케이프의 비율: {share} ({bytes}). 바이너리 메시지로 보내면 필요 없음',
  ),
  tls: text(
    'TLS: {bytes} cannot be read without the client’s secrets (--keylog)',
    'TLS라서 클라이언트의 키 없이는 읽을 수 없음: {bytes} (--keylog)',
  ),
  http2: text('HTTP/2: {bytes} cannot be read', 'HTTP/2라서 읽을 수 없음: {bytes}'),
  unparsed: text(
    '{bytes} could not be read by any dissector; see the layer “unparsed”',
    '어느 계층의 것인지 알 수 없는 바이트: {bytes} (계층 “해석불가”)',
  ),
  refused: text(
    'the application refused connections: {connections}',
    '애플리케이션이 거부한 연결: {connections}개',
  ),
  'upgrade-stripped': text(
    'an upgrade to WebSocket was asked for and answered 400 or 426, as if it had not been ({stripped} of {asked}): something on the way strips the fields Upgrade and Connection',
    'WebSocket 업그레이드를 요청했지만 요청하지 않은 것처럼 400이나 426으로 응답했습니다({asked}번 중 {stripped}번). 중간에서 무언가가 Upgrade와 Connection 필드를 지웁니다',
  ),
  'upgrade-refused': text(
    'an upgrade to WebSocket was asked for and refused ({refused} of {asked}): an error or a page came instead; see the requests',
    'WebSocket 업그레이드를 요청했지만 거절되었습니다({asked}번 중 {refused}번). 그 대신 오류나 페이지가 왔습니다. 요청 표를 보십시오',
  ),
};

/** Formats a figure by its name in the hint. */
function shown(name: string, value: number): string {
  if (name === 'share') return share(value);
  if (/bytes$/i.test(name)) return bytes(value);
  if (name === 'seconds') return decimal(value);
  if (name.endsWith('Ms')) return time(value * 1e6);
  return Number.isInteger(value) ? count(value) : decimal(value);
}

/** Whose bytes a part is, by the name of its figure. */
const owners: Readonly<Record<string, Phrase<'bytes'>>> = {
  webSocketBytes: text('pings of WebSocket {bytes}', 'WebSocket의 Ping {bytes}'),
  engineIoBytes: text('those of Engine.IO {bytes}', 'Engine.IO의 Ping {bytes}'),
  sseBytes: text('comments of event streams {bytes}', '이벤트 스트림의 주석 {bytes}'),
};

export function hintText({ kind, values }: Hint, reader: Reader): string {
  const worded = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, shown(name, value)]),
  );
  const parts = Object.entries(owners).flatMap(([name, phrase]) =>
    values[name] ? [say(reader, phrase, { bytes: bytes(values[name]) })] : [],
  );
  const phrase = own(hintPhrases, kind);
  return phrase ? say(reader, phrase, { ...worded, owners: parts.join(', ') }) : kind;
}

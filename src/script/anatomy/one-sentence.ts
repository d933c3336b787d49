/**
 * What a unit does in the conversation, in one sentence a learner understands. The first rule that matches wins; a unit
 * of a protocol that is not ours has no sentence.
 */
import type { Text } from '../../base/text.ts';
import { paths } from '../../protocols/contract.ts';
import { engineIoAt, sessionIdOf } from '../../protocols/engine-io/endpoint.ts';
import type { Layer } from '../../protocols/layers.ts';
import { find, type Unit } from '../../protocols/unit.ts';
import type { Request } from '../../wire/message.ts';
import { http2Sentences, tlsSentences } from './carrier-sentences.ts';
import { type SentenceRule, when } from './sentence-rule.ts';

export function gistOf(unit: Unit): Text | null {
  for (const rule of rules) {
    const text = rule(unit);
    if (text) return text;
  }
  return null;
}

const has = (unit: Unit, layer: Layer, ...names: string[]) =>
  find(unit.fields, layer, ...names) !== undefined;
const asks = (request: Request | null, method: string, path: string) =>
  request?.method === method && request.target.startsWith(path);
const isRequest = ({ kind, message }: Unit, method: string, path: string) =>
  kind === 'request' && message.kind === 'request' && asks(message, method, path);
const isResponse = ({ kind, message }: Unit, method: string, path: string) =>
  kind === 'response' && message.kind === 'response' && asks(message.peer, method, path);
const status = ({ fields }: Unit) => find(fields, 'http', 'status-line', ':status')?.value.split(' ', 1)[0];

const http: readonly SentenceRule[] = [
  when(
    (unit) => isRequest(unit, 'GET', paths.mailbox),
    'The client asks whether anything has come for it.',
    '클라이언트가 새 데이터가 있는지 요청합니다.',
  ),
  when(
    (unit) => isResponse(unit, 'GET', paths.mailbox) && status(unit) === '204',
    'Nothing has come.',
    '새 데이터가 없습니다.',
  ),
  when(
    (unit) => isResponse(unit, 'GET', paths.mailbox),
    'What has come, all of it in one answer.',
    '그동안 쌓인 데이터를 한 응답에 모두 담았습니다.',
  ),
  when(
    (unit) => isRequest(unit, 'GET', paths.events),
    'The client opens the event stream.',
    '클라이언트가 이벤트 스트림을 엽니다.',
  ),
  when(
    (unit) => isResponse(unit, 'GET', paths.events),
    'The stream is open: this answer does not end.',
    '스트림이 열렸습니다: 이 응답은 끝나지 않습니다.',
  ),
  when(
    (unit) => isRequest(unit, 'GET', paths.stream),
    'The client opens the stream of lines.',
    '클라이언트가 줄 단위 스트림을 엽니다.',
  ),
  when(
    (unit) => isResponse(unit, 'GET', paths.stream),
    'The stream is open: this answer does not end.',
    '스트림이 열렸습니다: 이 응답은 끝나지 않습니다.',
  ),
  when(
    (unit) => isRequest(unit, 'POST', paths.message),
    'The client hands over a message.',
    '클라이언트가 메시지를 보냅니다.',
  ),
  when((unit) => isResponse(unit, 'POST', paths.message), 'The server has taken it.', '서버가 받았습니다.'),
  when(
    (unit) => isRequest(unit, 'POST', paths.echo),
    'The client sends a message and waits.',
    '클라이언트가 메시지를 보내고 기다립니다.',
  ),
  when(
    (unit) => isResponse(unit, 'POST', paths.echo),
    'The answer comes back in the response.',
    '되돌아온 메시지가 응답에 담겨 있습니다.',
  ),
  when(
    (unit) => isRequest(unit, 'POST', paths.answer),
    'The client asks; the answer streams in this request’s response.',
    '클라이언트가 질문합니다. 응답은 이 요청의 응답으로 흘러나옵니다.',
  ),
  when(
    (unit) => isResponse(unit, 'POST', paths.answer),
    'The answer begins: its pieces follow as events.',
    '응답이 시작됩니다. 조각들이 이벤트로 이어집니다.',
  ),
];

const socketIo: readonly SentenceRule[] = [
  when(
    (unit) => has(unit, 'engine.io', 'open'),
    'Engine.IO’s session is open.',
    'Engine.IO 세션이 열렸습니다.',
  ),
  when(
    (unit) => has(unit, 'engine.io', 'probe') && has(unit, 'engine.io', 'ping'),
    'The client tries the WebSocket; polling goes on.',
    '클라이언트가 WebSocket을 시험합니다. 폴링은 계속됩니다.',
  ),
  when((unit) => has(unit, 'engine.io', 'probe'), 'The WebSocket works.', 'WebSocket을 쓸 수 있습니다.'),
  when(
    (unit) => has(unit, 'engine.io', 'upgrade'),
    'Polling ends, the WebSocket takes over.',
    '폴링을 끝내고 WebSocket으로 이어 갑니다.',
  ),
  when(
    (unit) => has(unit, 'engine.io', 'noop'),
    'The held poll is released: it would miss what comes over the WebSocket.',
    '대기 중이던 폴링에 응답합니다: WebSocket으로 올 메시지를 놓치지 않게 합니다.',
  ),
  when(
    (unit) => has(unit, 'engine.io', 'ping'),
    'Engine.IO’s heartbeat: are you there?',
    'Engine.IO의 하트비트: 상대가 아직 연결되어 있는지 확인합니다.',
  ),
  when(
    (unit) => has(unit, 'engine.io', 'pong'),
    'Engine.IO’s heartbeat: I am.',
    'Engine.IO의 하트비트: 연결되어 있다고 응답합니다.',
  ),
  when((unit) => has(unit, 'engine.io', 'close'), 'The session ends.', '세션이 끝납니다.'),
  when(
    (unit) => has(unit, 'socket.io', 'connect') && unit.direction === 'up',
    'The client asks to join Socket.IO’s namespace /.',
    '클라이언트가 Socket.IO 네임스페이스 /에 들어가도록 요청합니다.',
  ),
  when(
    (unit) => has(unit, 'socket.io', 'connect'),
    'The client is in: Socket.IO is connected.',
    '클라이언트가 들어왔습니다: Socket.IO 연결이 끝났습니다.',
  ),
  when(
    (unit) => has(unit, 'socket.io', 'disconnect'),
    'The client leaves the namespace.',
    '클라이언트가 네임스페이스에서 나갑니다.',
  ),
  when((unit) => has(unit, 'socket.io', 'event', 'binary-event'), 'An event.', '이벤트 하나입니다.'),
  when(
    (unit) => has(unit, 'payload', 'attachment'),
    'The bytes the event before announced.',
    '앞의 이벤트가 예고한 바이트입니다.',
  ),
  when(
    (unit) => has(unit, 'engine.io', 'ok'),
    'The server has taken the packets.',
    '서버가 패킷을 받았습니다.',
  ),
];

const engineIo: readonly SentenceRule[] = [
  when(
    (unit) => isEngine(unit, 'websocket'),
    'A second way: a WebSocket for the same session.',
    '두 번째 연결: 같은 세션에 쓸 WebSocket입니다.',
  ),
  when(
    (unit) => isEngine(unit, 'polling') && !hasSession(unit),
    'The client opens a session of Engine.IO, by polling.',
    '클라이언트가 폴링으로 Engine.IO 세션을 엽니다.',
  ),
  when(
    (unit) => isEngine(unit, 'polling'),
    'The client asks for packets; the answer may be held.',
    '클라이언트가 패킷을 요청합니다. 서버는 응답을 미룰 수 있습니다.',
  ),
];

const isEngine = ({ kind, message }: Unit, transport: string) =>
  kind === 'request' && message.kind === 'request' && engineIoAt(message.target)?.transport === transport;

const hasSession = ({ message }: Unit) => message.kind === 'request' && sessionIdOf(message.target) !== null;

const streams: readonly SentenceRule[] = [
  when(
    (unit) => unit.kind === 'request' && has(unit, 'http', 'upgrade'),
    'The client asks to turn this connection into a WebSocket.',
    '클라이언트가 이 연결을 WebSocket으로 바꾸도록 요청합니다.',
  ),
  when(
    (unit) => unit.kind === 'response' && status(unit) === '101',
    'The server agrees: from here on there are frames.',
    '서버가 수락합니다: 여기부터는 프레임입니다.',
  ),
  when(
    (unit) => unit.kind === 'request' && has(unit, 'http', ':protocol'),
    'The client asks to turn this stream into a WebSocket.',
    '클라이언트가 이 스트림을 WebSocket으로 바꾸도록 요청합니다.',
  ),
  when(
    (unit) =>
      unit.kind === 'response' && unit.message.peer?.kind === 'request' && isConnect(unit.message.peer),
    'The server agrees: this stream carries frames from here on.',
    '서버가 수락합니다: 이 스트림은 여기부터 프레임을 나릅니다.',
  ),
  when(
    (unit) => has(unit, 'chunk', 'last-chunk'),
    'The answer has ended: nothing more comes of it.',
    '응답이 끝났습니다. 더 오는 것이 없습니다.',
  ),
  when(
    (unit) => has(unit, 'sse', 'data'),
    'An event on the open stream.',
    '열린 스트림으로 온 이벤트입니다.',
  ),
  when(
    (unit) => has(unit, 'sse', 'comment'),
    'A comment that nobody reads, so that nothing on the way holds the stream back or closes it.',
    '주석입니다. 중간에서 스트림을 붙잡거나 닫지 않게 합니다.',
  ),
  when(
    (unit) => has(unit, 'ndjson', 'empty-line'),
    'An empty line, no message, so that nothing on the way holds the stream back or closes it.',
    '메시지가 아닌 빈 줄입니다. 중간에서 스트림을 붙잡거나 닫지 않게 합니다.',
  ),
  when((unit) => isControl(unit, 'ping'), 'Are you still there?', '상대가 아직 연결되어 있는지 확인합니다.'),
  when((unit) => isControl(unit, 'pong'), 'I am.', '연결되어 있다고 응답합니다.'),
  when(
    (unit) => isControl(unit, 'close') && unit.direction === 'up',
    'The client ends the conversation.',
    '클라이언트가 연결을 끝냅니다.',
  ),
  when((unit) => isControl(unit, 'close'), 'The server ends it too.', '서버도 끝냅니다.'),
  when(
    (unit) => has(unit, 'payload') && unit.direction === 'up',
    'A message to the server.',
    '서버로 가는 메시지입니다.',
  ),
  when((unit) => has(unit, 'payload'), 'A message to the client.', '클라이언트로 가는 메시지입니다.'),
];

const isControl = ({ fields, message }: Unit, type: string) =>
  message.kind === 'frame' && message.type === type && find(fields, 'websocket') !== undefined;

const isConnect = ({ method }: Request) => method === 'CONNECT';

const rules = [...http, ...socketIo, ...engineIo, ...streams, ...http2Sentences, ...tlsSentences];

/** Sentences for HTTP/2 frames and TLS records that carry no part of the conversation. */
import type { Unit } from '../../protocols/unit.ts';
import { type SentenceRule, when } from './sentence-rule.ts';
import { saidIn } from './title.ts';

/** @param type of a frame without HTTP content. @param direction if the sentence is only for this direction. */
const frame = (type: string, en: string, ko: string, direction?: Unit['direction']): SentenceRule =>
  when(
    ({ kind, message, direction: way }) =>
      kind === 'frame' && message.kind === 'frame' && message.type === type && way === (direction ?? way),
    en,
    ko,
  );

export const http2Sentences: readonly SentenceRule[] = [
  frame('preface', 'The client says that it speaks HTTP/2.', '클라이언트가 HTTP/2를 쓴다고 알립니다.'),
  frame('settings', 'What the client can take.', '클라이언트가 받아들일 수 있는 값입니다.', 'up'),
  frame('settings', 'What the server can take.', '서버가 받아들일 수 있는 값입니다.'),
  frame('settings-ack', 'The other side’s settings hold from here on.', '여기부터 상대의 설정을 따릅니다.'),
  frame('window-update', 'The other side may send more.', '상대가 더 보내도 된다고 알립니다.'),
  frame('ping', 'Are you still there?', '상대가 아직 연결되어 있는지 확인합니다.'),
  frame('ping-ack', 'I am.', '연결되어 있다고 응답합니다.'),
  frame(
    'rst-stream',
    'This stream ends here; the connection goes on.',
    '이 스트림만 여기서 끝납니다. 연결은 그대로입니다.',
  ),
  frame(
    'goaway',
    'No new streams: this connection is about to end.',
    '새 스트림을 열지 않습니다: 연결이 곧 끝납니다.',
  ),
  frame(
    'data',
    'The client says nothing more on this stream.',
    '클라이언트가 이 스트림에서 할 말을 마쳤습니다.',
    'up',
  ),
  frame('data', 'The server says nothing more on this stream.', '서버가 이 스트림에서 할 말을 마쳤습니다.'),
];

const says = (message: string, en: string, ko: string, direction?: Unit['direction']): SentenceRule =>
  when(
    (unit) =>
      unit.kind === 'record' &&
      saidIn(unit).includes(message) &&
      unit.direction === (direction ?? unit.direction),
    en,
    ko,
  );

export const tlsSentences: readonly SentenceRule[] = [
  says(
    'client-hello',
    'The client offers ways to seal this connection.',
    '클라이언트가 이 연결을 암호화할 방법을 제안합니다.',
  ),
  says('hello-retry-request', 'The server asks for another offer.', '서버가 다른 제안을 요구합니다.'),
  says(
    'server-hello',
    'The server chooses: both know the keys now.',
    '서버가 고릅니다: 이제 둘 다 키를 압니다.',
  ),
  says(
    'change-cipher-spec',
    'For middleboxes that know only TLS 1.2, where it means that records are sealed from here on.',
    'TLS 1.2만 아는 중간 장비를 위한 것입니다. TLS 1.2에서는 여기부터 레코드가 암호화된다는 뜻입니다.',
  ),
  says(
    'encrypted-extensions',
    'What else the server agrees to, already sealed.',
    '그 밖에 서버가 동의한 것이며, 이미 암호화되어 있습니다.',
  ),
  says('certificate', 'Who the server is.', '서버가 누구인지 알립니다.', 'down'),
  says('certificate', 'Who the client is.', '클라이언트가 누구인지 알립니다.'),
  says(
    'certificate-verify',
    'The proof that whoever sends it has the key of the certificate.',
    '보낸 쪽이 인증서의 키를 가지고 있다는 증명입니다.',
  ),
  says(
    'finished',
    'The client has seen the same handshake: what follows is the application’s.',
    '클라이언트도 같은 핸드셰이크를 보았습니다: 이제부터는 애플리케이션의 데이터입니다.',
    'up',
  ),
  says(
    'finished',
    'The server has seen the same handshake as the client.',
    '서버가 클라이언트와 같은 핸드셰이크를 보았습니다.',
  ),
  says(
    'new-session-ticket',
    'With this the next connection needs no certificate.',
    '이것이 있으면 다음 연결에는 인증서가 필요 없습니다.',
  ),
  says(
    'alert close_notify',
    'The client sends nothing more: nobody has cut the connection.',
    '클라이언트가 더 보내지 않습니다: 누군가 끊은 것이 아닙니다.',
    'up',
  ),
  says(
    'alert close_notify',
    'The server sends nothing more: nobody has cut the connection.',
    '서버가 더 보내지 않습니다: 누군가 끊은 것이 아닙니다.',
  ),
];

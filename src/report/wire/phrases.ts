/** The words of the wire views besides the fields' meanings: headings, legends, sums. */
import type { Text } from '../../base/text.ts';
import type { Over } from '../../protocols/over.ts';
import type { SpecimenStep } from '../../script/specimen.ts';

export const stepNames: Readonly<Record<SpecimenStep, Text>> = {
  connect: { en: 'Connect', ko: '연결' },
  message: {
    en: 'A message to the server, and its echo back',
    ko: '서버로 보내는 메시지와 되돌아오는 에코',
  },
  poll: { en: 'A poll that finds nothing', ko: '새 데이터가 없는 폴링' },
  'held-poll': { en: 'A held poll whose time runs out', ko: '서버가 미루다가 시간이 다 된 폴링' },
  heartbeat: { en: 'A heartbeat', ko: '하트비트' },
  close: { en: 'Close', ko: '종료' },
};

/** What carries the messages; the TLS version is the one that specimens are recorded with. */
export const carriages: Readonly<Record<Over, Text>> = {
  http: { en: 'HTTP/1.1 over TCP, no TLS', ko: 'TCP 위의 HTTP/1.1, TLS 없음' },
  https: {
    en: 'HTTP/1.1 over TLS 1.3, certificate of RSA-2048',
    ko: 'TLS 1.3 위의 HTTP/1.1, RSA-2048 인증서',
  },
  h2: { en: 'HTTP/2 over TLS 1.3, certificate of RSA-2048', ko: 'TLS 1.3 위의 HTTP/2, RSA-2048 인증서' },
  h2c: { en: 'HTTP/2 over TCP, no TLS', ko: 'TCP 위의 HTTP/2, TLS 없음' },
};

/** The same where messages go without HTTP. */
export const rawCarriages: Readonly<Record<'clear' | 'sealed', Text>> = {
  clear: { en: 'Messages over TCP, no HTTP, no TLS', ko: 'TCP 위의 메시지, HTTP와 TLS 없음' },
  sealed: {
    en: 'Messages over TLS 1.3, certificate of RSA-2048, no HTTP',
    ko: 'TLS 1.3 위의 메시지, RSA-2048 인증서, HTTP 없음',
  },
};

export const phrases = {
  title: { en: '{transport}: one conversation, byte by byte', ko: '{transport}: 대화 하나를 바이트 단위로' },
  conditions: {
    en: '{carriage}, no message compressed, loopback, message {message}. Times are those of the client’s sockets, measured in this conversation.',
    ko: '{carriage}, 메시지 압축 없음, 루프백, 메시지 {message}. 시간은 이 대화에서 클라이언트의 소켓으로 측정한 값입니다.',
  },
  waits: {
    en: 'The next poll, the end of a held one and a heartbeat come after {wait} here, so that nobody has to wait long.',
    ko: '오래 기다리지 않도록, 여기서는 다음 폴링, 대기 중인 폴링의 끝, 하트비트가 {wait} 뒤에 옵니다.',
  },
  sequenceTitle: { en: 'Who speaks when, and who waits', ko: '누가 언제 보내고 누가 기다리는가' },
  bytesTitle: { en: 'Whose is each byte?', ko: '이 바이트는 어느 계층의 것인가?' },
  legend: {
    en: 'Offset within the connection and direction, hexadecimal, text, owner and name of the field; #1 is the first TCP connection. “=” shows the bytes as their receiver reads them: decrypted, unmasked, a field of HPACK as its text. {again} explained further up.',
    ko: '순서대로 연결과 방향 안에서의 위치, 16진수, 텍스트, 필드가 속한 계층, 필드 이름. #1은 첫 번째 TCP 연결입니다. “=”는 받는 쪽이 읽는 바이트입니다(복호화하고, 마스크를 풀고, HPACK 필드는 글자로). {again} 위에서 설명함.',
  },
  client: { en: 'client', ko: '클라이언트' },
  server: { en: 'server', ko: '서버' },
  dials: { en: '#{connection} TCP connection', ko: '#{connection} TCP 연결' },
  after: { en: 'after {time} ms', ko: '{time} ms 뒤' },
  silence: { en: '{time} ms: {who}', ko: '{time} ms: {who}' },
  noBytes: {
    en: 'No byte: HTTP has no word for it, the TCP connections are closed.',
    ko: '바이트 없음: HTTP에는 연결을 끝내는 메시지가 없어 TCP 연결을 닫습니다.',
  },
  noBytesYet: {
    en: 'No byte: nothing is opened before the first message.',
    ko: '바이트 없음: 첫 메시지 전에는 아무것도 열지 않습니다.',
  },
  onlyTcp: {
    en: 'No byte: a TCP connection, and nothing to say on it yet.',
    ko: '바이트 없음: TCP 연결만 맺고 아직 아무것도 보내지 않았습니다.',
  },
  more: { en: '{bytes} more bytes; --json has them all', ko: '{bytes}바이트 더 있음, 전부는 --json에' },
  ownersTitle: { en: 'Bytes by owner', ko: '계층별 바이트' },
  owner: { en: 'owner', ko: '계층' },
  toServer: { en: 'to server', ko: '서버로' },
  toClient: { en: 'to client', ko: '클라이언트로' },
  inAll: { en: 'in all', ko: '합계' },
  share: { en: 'share', ko: '비율' },
  counted: { en: 'sockets counted', ko: '소켓이 센 값' },
  balances: {
    en: 'Node’s sockets counted {written} bytes written and {read} read: every byte has its owner.',
    ko: 'Node의 소켓이 센 값은 보낸 {written}바이트, 받은 {read}바이트: 계층별 바이트의 합과 일치합니다.',
  },
  differs: {
    en: 'Node’s sockets counted {written} bytes written and {read} read: this does NOT add up, please report it.',
    ko: 'Node의 소켓이 센 값은 보낸 {written}바이트, 받은 {read}바이트: 계층별 바이트의 합과 일치하지 않습니다. 알려 주십시오.',
  },
  allTitle: {
    en: 'The same conversation over {count} transports: {message} to the server and back',
    ko: '전송 방식 {count}가지로 같은 대화: 서버로 보내고 되받은 메시지 {message}',
  },
  allLegend: {
    en: 'A line a request, response, frame, chunk or record; {up} to the server, {down} to the client; below a name its bytes, and the time from its first line to its last. A cell of a bar is up to {cell} bytes, and every owner has at least one: {signs}.',
    ko: '한 줄은 요청, 응답, 프레임, 청크, 레코드 하나입니다. {up} 서버로, {down} 클라이언트로. 이름 아래는 바이트 합계와 첫 줄부터 마지막 줄까지의 시간입니다. 막대 한 칸은 최대 {cell}바이트이고, 계층마다 적어도 한 칸입니다: {signs}.',
  },
  idle: { en: 'Nothing to say', ko: '보낼 메시지가 없을 때' },
  allMessage: { en: 'A message to the server, and its echo', ko: '서버로 보내는 메시지와 에코' },
  nothing: { en: '(no byte)', ko: '(바이트 없음)' },
  sum: { en: '{bytes} B, {time} ms', ko: '{bytes} B, {time} ms' },
  sideBySide: { en: 'Side by side, in bytes', ko: '바이트 나란히 비교' },
  stepOrOwner: { en: 'step, then owner', ko: '단계, 그다음 계층' },
  card: { en: '{place} of {count}', ko: '{count}개 중 {place}' },
  byteAt: { en: 'byte {offset}', ko: '바이트 {offset}' },
} satisfies Readonly<Record<string, Text>>;

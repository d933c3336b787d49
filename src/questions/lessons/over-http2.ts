/**
 * Lesson 13: HTTP/2 saves headers that were sent before (RFC 7541) and connections (RFC 9113 §9.1). A pushed event has
 * neither, and becomes three bytes heavier.
 */
import { inEveryLanguage, type Text, text } from '../../base/text.ts';
import { sseEventBytes, sseOverhead } from '../../laws/sse.ts';
import { recordOverhead } from '../../laws/tls.ts';
import { frameOverhead } from '../../laws/websocket.ts';
import { paths } from '../../protocols/contract.ts';
import { huffmanBytes } from '../../protocols/http2/hpack/huffman.ts';
import type { Over } from '../../protocols/over.ts';
import type { Script } from '../../script/scripted-conversation.ts';
import { connectionsPerOrigin } from '../../tap/dialer.ts';
import { bytes, count } from '../claims/lines.ts';
import { type ExpectedRow, type Found, inBytes, type Lesson, type LessonSetting } from './lesson.ts';
import { usualBytes } from './lesson-weights.ts';
import { bytesIn, converseOver, isOverhead } from './over-weights.ts';
import { exactRow, shownRow } from './row.ts';

const record = recordOverhead('1.3');
/** RFC 9113 §4.1. */
const frameHead = 9;
/** A field that was sent before on this connection, with its value: an index (RFC 7541 §6.1). */
const saidBefore = 1;
/** A field that is written out, because nghttp2 never stores it: the index of its name, and a string (§6.2.2, §5.2). */
const writtenOut = (nameBytes: number, value: string): number => nameBytes + 1 + huffmanBytes(value);

/** Method, scheme, authority and content type; path; length, whose name has an index of two bytes. */
const requestFields =
  4 * saidBefore + writtenOut(1, `${paths.message}?client=0001`) + writtenOut(2, String(usualBytes));
/** Status and date. */
const responseFields = 2 * saidBefore;
/** Each is a HEADERS and a DATA frame in one record: the answer to the POST is sent with the event. */
const echoBytes =
  2 * (record + 2 * frameHead) +
  requestFields +
  responseFields +
  sseEventBytes({ payloadBytes: usualBytes }) -
  usualBytes;

const expected = async (): Promise<ExpectedRow> => ({
  law: 'RFC 9113',
  unit: 'bytes',
  predicted: [echoBytes],
});

/** In the first answer of a second the date is new and takes 24 B more: of three messages at least one has none. */
const say = (script: Script) => script.say();
const echoes = [say, say, say, say];
const repeated = [2, 3, 4] as const;
const pushed = echoes.length + 1;
const atOnce = 6;

/**
 * The bytes of an echo and of a pushed event beside the payload, and how many connections six messages at once open.
 */
async function weigh(over: Over) {
  const talk = await converseOver('sse', over, [...echoes, (script) => script.hear()]);
  const crowd = await converseOver('sse', over, [
    (script) => Promise.all(Array.from({ length: atOnce }, () => script.say())),
  ]);
  const frame = await converseOver('ws', over, [(script) => script.hear()]);
  return {
    echo: Math.min(...repeated.map((step) => bytesIn(talk, step, isOverhead))),
    event: bytesIn(talk, pushed, isOverhead),
    frame: bytesIn(frame, 1, isOverhead),
    connections: crowd.dialledIn.size,
  };
}

const weighing = text('sse, ws: {over}', 'sse, ws: {over}');

async function measure({ signal, onStage }: LessonSetting): Promise<Found> {
  const told = async (over: Over, name: string) => {
    signal.throwIfAborted();
    onStage(inEveryLanguage(weighing, { over: name }));
    return weigh(over);
  };
  const clear = await told('http', 'HTTP/1.1');
  const sealed = await told('https', 'HTTP/1.1, TLS');
  const h2 = await told('h2', 'HTTP/2, TLS');
  const row = (metric: Text, law: string, predicted: number, measured: number) =>
    exactRow('bytes', metric, law, predicted, measured);
  const connections = (metric: Text, law: string, predicted: number, measured: number) =>
    exactRow('count', metric, law, predicted, measured);
  const payloadBytes = usualBytes;
  const clearEvent = sseOverhead({ payloadBytes });
  const h2Event = sseEventBytes({ payloadBytes }) - payloadBytes + frameHead + record;
  const clearFrame = frameOverhead('down', payloadBytes);
  const answer = row(metrics.h2Echo, 'RFC 9113', echoBytes, h2.echo);
  // The request is one record; the answer to the POST and the event come over two connections.
  const sealedEcho = row(metrics.sealedEcho, 'TLS1', clear.echo + 3 * record, sealed.echo);
  const events = [
    row(metrics.clearEvent, 'SSE3', clearEvent, clear.event),
    row(metrics.sealedEvent, 'TLS1', clearEvent + record, sealed.event),
    row(metrics.h2Event, 'RFC 9113', h2Event, h2.event),
  ];
  const frames = [
    row(metrics.clearFrame, 'WS1', clearFrame, clear.frame),
    row(metrics.h2Frame, 'RFC 8441', clearFrame + frameHead + record, h2.frame),
  ];
  const crowds = [
    connections(metrics.many, 'SSE5', connectionsPerOrigin, clear.connections),
    connections(metrics.one, 'RFC 9113', 1, h2.connections),
  ];
  return {
    answer,
    rows: [
      shownRow('bytes', metrics.clearEcho, clear.echo),
      ...[sealedEcho, ...events, ...frames, ...crowds],
    ],
    explanation: [
      {
        text: remembered,
        on: [answer, sealedEcho],
        values: { sealed: bytes(sealed.echo), h2: bytes(h2.echo) },
      },
      {
        text: streamed,
        on: events,
        values: { clear: bytes(clear.event), sealed: bytes(sealed.event), h2: bytes(h2.event) },
      },
      {
        text: nearer,
        on: [...events, ...frames],
        values: {
          clear: bytes(clear.event - clear.frame),
          h2: bytes(h2.event - h2.frame),
          frame: bytes(h2.frame),
        },
      },
      {
        text: shared,
        on: crowds,
        values: { many: count(clear.connections), one: count(h2.connections) },
      },
    ],
    doubtful: [],
  };
}

const metrics = {
  h2Echo: text('an echo, HTTP/2 and TLS', '에코, HTTP/2와 TLS'),
  clearEcho: text('an echo, HTTP/1.1', '에코, HTTP/1.1'),
  sealedEcho: text('an echo, HTTP/1.1 and TLS', '에코, HTTP/1.1과 TLS'),
  clearEvent: text('a pushed event, HTTP/1.1', '푸시 이벤트, HTTP/1.1'),
  sealedEvent: text('a pushed event, HTTP/1.1 and TLS', '푸시 이벤트, HTTP/1.1과 TLS'),
  h2Event: text('a pushed event, HTTP/2 and TLS', '푸시 이벤트, HTTP/2와 TLS'),
  clearFrame: text('a WebSocket frame, HTTP/1.1', 'WebSocket 프레임, HTTP/1.1'),
  h2Frame: text('a WebSocket frame, HTTP/2 and TLS', 'WebSocket 프레임, HTTP/2와 TLS'),
  many: text('connections for six at once, HTTP/1.1', '동시에 여섯을 보낼 때 연결, HTTP/1.1'),
  one: text('connections for six at once, HTTP/2', '동시에 여섯을 보낼 때 연결, HTTP/2'),
};

const remembered = text(
  'An echo went from {sealed} to {h2}. HTTP/2 remembers the headers of a connection: one that was sent before is a number of one byte, and only what changes, or is not worth remembering, is written out.',
  '에코 하나에 드는 것이 {sealed}에서 {h2}로 줄었습니다. HTTP/2는 연결에서 보낸 헤더를 기억합니다. 한 번 보낸 헤더는 1바이트 번호로 대신하고, 바뀌는 것과 기억할 가치가 없는 것만 다시 적습니다.',
);

const streamed = text(
  'A pushed event has no headers to spare: {clear} in the clear, {sealed} with TLS, and {h2} over HTTP/2, whose frame takes nine bytes where a chunk took six.',
  '푸시 이벤트에는 줄일 헤더가 없습니다. 암호화하지 않으면 {clear}, TLS로는 {sealed}, HTTP/2로는 {h2}입니다. 청크가 6바이트를 쓰던 자리에 HTTP/2 프레임은 9바이트를 씁니다.',
);

const nearer = text(
  'A WebSocket over HTTP/2 takes {frame} for the same. An event was {clear} heavier than that in the clear, and is {h2} heavier here: for push the choice is no longer one of bytes.',
  'HTTP/2 위의 WebSocket은 같은 일에 {frame}가 듭니다. 암호화하지 않았을 때 이벤트가 {clear} 더 무거웠는데 여기서는 {h2} 차이입니다. 푸시만 한다면 이제 바이트는 선택의 기준이 되지 못합니다.',
);

const shared = text(
  'Six messages at once, beside the open stream, took {many} connections over HTTP/1.1, the most that one origin gets, and {one} over HTTP/2: each message is a stream of its own.',
  '열려 있는 스트림 옆에서 메시지 여섯을 동시에 보내자 HTTP/1.1에서는 연결 {many}개를 썼습니다. 한 출처에 허용되는 최대입니다. HTTP/2에서는 메시지마다 스트림을 하나씩 쓰므로 연결 {one}개로 충분했습니다.',
);

export const overHttp2 = {
  id: 13,
  title: { en: 'What HTTP/2 changes', ko: 'HTTP/2가 바꾸는 것' },
  misconception: {
    en: 'HTTP/2 compresses headers and frames everything in binary, so all of HTTP becomes as light as WebSocket.',
    ko: 'HTTP/2는 헤더를 압축하고 모든 것을 바이너리 프레임으로 보내므로 HTTP 전체가 WebSocket만큼 가벼워집니다.',
  },
  experiment: {
    en: `A client posts ${usualBytes} bytes, and the server sends them back as an event over the stream that is open (SSE): in the clear, over TLS, and over HTTP/2 with TLS. It has done so before on the same connection.`,
    ko: `클라이언트가 ${usualBytes}바이트를 POST하면 서버는 열려 있는 스트림(SSE)에 이벤트로 돌려줍니다. 암호화하지 않고, TLS로, 그리고 TLS와 HTTP/2로 해 봅니다. 같은 연결에서 이미 보낸 적이 있습니다.`,
  },
  question: {
    en: 'How many bytes besides the two payloads does that take over HTTP/2, TLS included, both directions together?',
    ko: 'HTTP/2에서는 두 페이로드를 빼고 TLS까지 포함해 양방향을 합쳐 몇 바이트가 들까요?',
  },
  answer: inBytes,
  where: 'home',
  minutes: 6,
  seconds: 2,
  expected,
  measure,
  next: {
    command: 'rtcompare wire sse --over h2',
    why: {
      en: 'shows each header with the bytes it took, and which were only numbers',
      ko: '헤더마다 든 바이트와 번호로 대신한 헤더를 보여 줍니다',
    },
  },
} satisfies Lesson;

/** Lesson 14: TLS costs a little for each write (law TLS1), and much for each connection (law TLS2). */
import { X509Certificate } from 'node:crypto';
import { certificateFor } from '../../base/certificate.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import { handshakeBytes, handshakeTrips, recordOverhead, sealingBytes } from '../../laws/tls.ts';
import { frameOverhead } from '../../laws/websocket.ts';
import type { Recorded } from '../../script/scripted-conversation.ts';
import { isHybrid } from '../../trial/predictions/tls.ts';
import { bytes, count, decimal } from '../claims/lines.ts';
import { type ExpectedRow, type Found, inBytes, type Lesson, type LessonSetting } from './lesson.ts';
import { usualBytes } from './lesson-weights.ts';
import { bytesIn, converseOver, isOfTls } from './over-weights.ts';
import { exactRow } from './row.ts';

const version = '1.3';
const record = recordOverhead(version);
/** With a frame's header it is longer than a record may be. */
const longBytes = 16_384;

const expected = async (): Promise<ExpectedRow> => ({
  law: 'TLS1',
  unit: 'bytes',
  predicted: [2 * record],
});

/** Of a message and its echo, each a frame in one write. */
const sealingOfEcho = (payloadBytes: number): number =>
  (['up', 'down'] as const).reduce(
    (sum, way) => sum + sealingBytes(version, payloadBytes + frameOverhead(way, payloadBytes)),
    0,
  );

/** With the certificate that the conversations use. */
async function handshakeByLaw(): Promise<number> {
  const { cert } = await certificateFor('rsa', '127.0.0.1');
  const certificateBytes = new X509Certificate(cert).raw.length;
  const { up, down } = handshakeBytes({
    version,
    certificateBytes,
    signatureBytes: 256,
    protocol: 'http/1.1',
    hybrid: isHybrid(),
  });
  return up + down;
}

/** How often the client had to wait for the server before its request could leave. */
function tripsBeforeRequest({ spans }: Recorded): number {
  const inOrder = spans.toSorted((a, b) => a.chunk - b.chunk);
  const before = inOrder.slice(
    0,
    inOrder.findIndex(({ layer }) => layer === 'http'),
  );
  return before.filter(
    ({ message }, index) => message.direction === 'down' && before[index - 1]?.message.direction === 'up',
  ).length;
}

async function measure({ signal, onStage }: LessonSetting): Promise<Found> {
  const conversation = (...[name, ...asked]: Parameters<typeof converseOver>) => {
    signal.throwIfAborted();
    onStage(inEveryLanguage(text('{name} over TLS', 'TLS 위의 {name}'), { name }));
    return converseOver(name, ...asked);
  };
  const frames = await conversation('ws', 'https', [(script) => script.say()]);
  const long = await conversation('ws', 'https', [(script) => script.say()], {
    message: 'x'.repeat(longBytes),
  });
  const events = await conversation('sse', 'https', [(script) => script.hear()]);
  // The first poll is part of connecting, and opens the connection.
  const polls = await conversation('polling', 'https', [(script) => script.poll()]);
  const handshake = await handshakeByLaw();
  const row = (metric: keyof typeof metrics, law: string, predicted: number, measured: number) =>
    exactRow('bytes', metrics[metric], law, predicted, measured);
  const answer = row('message', 'TLS1', sealingOfEcho(usualBytes), bytesIn(frames, 1, isOfTls));
  const event = row('event', 'TLS1', record, bytesIn(events, 1, isOfTls));
  const longer = row('long', 'TLS1', sealingOfEcho(longBytes), bytesIn(long, 1, isOfTls));
  const standing = row('standing', 'TLS1', 2 * record, bytesIn(polls, 1, isOfTls));
  const opened = row('opened', 'TLS2', handshake + 2 * record, bytesIn(polls, 0, isOfTls));
  const trips = exactRow('count', metrics.trips, 'TLS2', handshakeTrips[version], tripsBeforeRequest(polls));
  const [dear, cheap] = [Number(opened.measured), Number(standing.measured)];
  return {
    answer,
    rows: [event, longer, standing, opened, trips],
    explanation: [
      {
        text: written,
        on: [answer, event, longer],
        values: { record: bytes(Number(event.measured)), long: bytes(Number(longer.measured)) },
      },
      {
        text: connected,
        on: [standing, opened, trips],
        values: {
          standing: bytes(cheap),
          opened: bytes(dear),
          times: decimal(dear / cheap),
          trips: count(Number(trips.measured)),
        },
      },
    ],
    doubtful: [],
  };
}

const metrics = {
  message: text('WebSocket: a message and its echo', 'WebSocket: 메시지와 에코'),
  event: text('SSE: an event', 'SSE: 이벤트'),
  long: text(`WebSocket: the same with 16,384 B`, 'WebSocket: 16,384 B 메시지와 에코'),
  standing: text('a poll on an open connection', '열린 연결에서 폴링 한 번'),
  opened: text('a poll that opens a connection', '연결을 새로 여는 폴링 한 번'),
  trips: text('round trips before its request', '요청 전에 더 드는 왕복'),
};

const written = text(
  'Encrypted text is as long as the text. What TLS adds is a record’s head and its seal, {record} for each write, however short; an event is written in three pieces that leave together, and is one record. Only above 16,384 bytes a write takes a second one: {long} for such a message and its echo.',
  '암호화해도 글의 길이는 그대로입니다. TLS가 더하는 것은 레코드의 헤더와 인증 태그이며, 길이와 상관없이 한 번 쓸 때마다 {record}입니다. 이벤트는 세 조각으로 쓰지만 함께 나가므로 레코드 하나입니다. 16,384바이트를 넘을 때만 레코드가 하나 더 필요해, 그런 메시지와 에코에는 {long}가 듭니다.',
);

const connected = text(
  'What costs is the connection: before its first request the client says hello, gets the certificate and keys, and waits for {trips} round trip more. A poll that opens one took {opened} of TLS, {times} times the {standing} of a poll on a connection that stays open. So keep connections: what stays open for hours pays once.',
  '비싼 것은 연결입니다. 첫 요청 전에 클라이언트가 인사하고 인증서와 키를 받으며 왕복 {trips}번을 더 기다립니다. 연결을 새로 여는 폴링에는 TLS만 {opened}가 들어, 열린 연결에서 하는 폴링의 {standing}보다 {times}배였습니다. 그래서 연결은 유지하는 것이 좋습니다. 몇 시간 열려 있는 연결은 이 비용을 한 번만 냅니다.',
);

export const overTls = {
  id: 14,
  title: { en: 'What TLS costs', ko: 'TLS의 비용' },
  misconception: {
    en: 'Encryption makes every message much larger, so for many small messages it is better left out.',
    ko: '암호화하면 메시지마다 훨씬 커지므로 작은 메시지가 많을 때는 쓰지 않는 편이 낫습니다.',
  },
  experiment: {
    en: `A client sends ${usualBytes} bytes over a WebSocket inside TLS 1.3, and the server sends them back. All bytes that are TLS’s own are counted. Then the same is done for an event, for a poll, and for a poll that has to open its connection.`,
    ko: `클라이언트가 TLS 1.3 안의 WebSocket으로 ${usualBytes}바이트를 보내고 서버는 그대로 돌려줍니다. TLS 자신의 바이트를 모두 셉니다. 그다음 이벤트, 폴링, 연결을 새로 여는 폴링도 셉니다.`,
  },
  question: {
    en: 'How many bytes does TLS add to the message and its echo together?',
    ko: 'TLS는 메시지와 에코를 합쳐 몇 바이트를 더할까요?',
  },
  answer: inBytes,
  where: 'home',
  minutes: 6,
  seconds: 1,
  expected,
  measure,
  next: {
    command: 'rtcompare run --transport polling --over all --keep-alive off',
    why: {
      en: 'lets each poll open its connection, and compares what that costs',
      ko: '폴링마다 연결을 새로 열게 하고 그 비용을 비교합니다',
    },
  },
} satisfies Lesson;

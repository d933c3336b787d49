/** Lesson 6: Socket.IO begins by polling and upgrades (law SIO4), and puts each message into an envelope (law SIO1). */
import { text } from '../../base/text.ts';
import type { StageWeight } from '../../document/weighing.ts';
import { eventOverhead } from '../../laws/socket-io.ts';
import { setupRequests } from '../../laws/socket-io-connect.ts';
import { frameOverhead } from '../../laws/websocket.ts';
import { eventName } from '../../protocols/contract.ts';
import { bytes, name } from '../claims/lines.ts';
import { probes } from '../probes/index.ts';
import type { ExpectedRow, Found, Lesson, LessonRow, LessonSetting } from './lesson.ts';
import { overheadOf, usualBytes, weighMessage } from './lesson-weights.ts';
import { exactRow } from './row.ts';

const envelope = { nameBytes: eventName.length, payloadBytes: usualBytes };

/** The bytes around one message each way, with the envelope and without. */
function messageRows(wrapped: StageWeight, bare: StageWeight): LessonRow[] {
  const ways = [
    ['up', 'besides a message up', '보내는 메시지에 더하는 것'],
    ['down', 'besides a message down', '받는 메시지에 더하는 것'],
  ] as const;
  return ways.flatMap(([way, en, ko]) => [
    exactRow(
      'bytes',
      { en: `Socket.IO: ${en}`, ko: `Socket.IO: ${ko}` },
      'SIO1',
      eventOverhead(way, envelope),
      overheadOf(wrapped, way),
    ),
    exactRow(
      'bytes',
      { en: `ws: ${en}`, ko: `ws: ${ko}` },
      'WS1',
      frameOverhead(way, usualBytes),
      overheadOf(bare, way),
    ),
  ]);
}

const expected = async (): Promise<ExpectedRow> => ({
  law: 'SIO4',
  unit: 'count',
  predicted: setupRequests('upgrade'),
});

async function measure({ signal, onStage }: LessonSetting): Promise<Found> {
  signal.throwIfAborted();
  onStage(text('socket.io: connecting', 'socket.io: 연결'));
  const facts = await probes['connect-order']();
  const order = String(facts.find(({ metric }) => metric === 'requests-on-connect')?.value ?? '');
  const ends = facts.find(({ metric }) => metric === 'ends-on-websocket')?.value ?? null;
  signal.throwIfAborted();
  onStage(text('socket.io: one message', 'socket.io: 메시지 하나'));
  const wrapped = await weighMessage('socket.io:websocket');
  const bare = await weighMessage('ws');
  const answer = exactRow(
    'count',
    { en: 'requests until it is on WebSocket', ko: 'WebSocket으로 옮길 때까지의 요청 수' },
    'SIO4',
    setupRequests('upgrade'),
    order === '' ? 0 : order.split(', ').length,
  );
  const upgraded = exactRow(
    'flag',
    { en: 'ends on a WebSocket', ko: '결국 WebSocket으로 통신' },
    'SIO4',
    1,
    ends,
  );
  const messages = messageRows(wrapped, bare);
  return {
    answer,
    rows: [upgraded, ...messages],
    explanation: [
      { text: connecting, on: [answer, upgraded], values: { order: name(order) } },
      {
        text: speaking,
        on: messages,
        values: {
          event: name(eventName),
          wrapped: bytes(overheadOf(wrapped, 'up')),
          bare: bytes(overheadOf(bare, 'up')),
        },
      },
    ],
    doubtful: [],
  };
}

const connecting = {
  en: 'It is the other way round: with its defaults Socket.IO begins with HTTP polling, which works everywhere, and tries a WebSocket from there. In this run, in order: {order}. Whether it takes four requests or five is a race: where the upgrade is quicker, the last poll is not sent.',
  ko: '순서가 반대입니다. 기본 설정의 Socket.IO는 어디서나 되는 HTTP 폴링으로 시작하고 거기서 WebSocket을 시도합니다. 이번 실행의 순서는 {order}입니다. 요청이 4번일지 5번일지는 무엇이 먼저 끝나는지에 달려 있습니다. 업그레이드가 더 빠르면 마지막 폴링은 보내지 않습니다.',
};

const speaking = {
  en: 'Each message then travels as 42["{event}","…"] inside a frame: {wrapped} up instead of the {bare} of a bare frame. For that it has names for messages, rooms and a fallback where proxies stop WebSocket. But a plain WebSocket client cannot talk to it.',
  ko: '그다음 메시지는 42["{event}","…"] 꼴로 프레임에 담겨, 보낼 때 순수 프레임의 {bare} 대신 {wrapped}가 붙습니다. 그 대신 메시지의 이름, 방, 그리고 프록시가 WebSocket을 막을 때의 대안을 얻습니다. 그러나 일반 WebSocket 클라이언트와는 통신할 수 없습니다.',
};

export const socketIo = {
  id: 6,
  title: { en: 'Socket.IO’s envelope and upgrade', ko: 'Socket.IO의 봉투와 업그레이드' },
  misconception: {
    en: 'Socket.IO is WebSocket with a nicer interface, and only falls back to polling when WebSocket fails.',
    ko: 'Socket.IO는 쓰기 편한 WebSocket이고, WebSocket이 안 될 때만 폴링으로 바꿉니다.',
  },
  experiment: {
    en: 'A Socket.IO client connects with its defaults, and stays until it has moved to WebSocket. Then one message goes up and comes back.',
    ko: 'Socket.IO 클라이언트가 기본 설정으로 연결해 WebSocket으로 옮길 때까지 기다립니다. 그다음 메시지 하나가 갔다가 돌아옵니다.',
  },
  question: {
    en: 'How many HTTP requests does it take until it is on WebSocket (the upgrade counts)?',
    ko: 'WebSocket으로 통신하게 될 때까지 HTTP 요청이 몇 번 필요할까요(업그레이드 요청도 셉니다)?',
  },
  answer: { kind: 'number', unit: 'count', word: { en: 'requests', ko: '번' } },
  where: 'home',
  minutes: 6,
  seconds: 1,
  expected,
  measure,
  next: {
    command: 'rtcompare wire socket.io',
    why: { en: 'shows each request and each packet', ko: '요청과 패킷을 하나씩 보여 줍니다' },
  },
} satisfies Lesson;

/** Lesson 1: a WebSocket begins as one HTTP request (RFC 6455 §4), weighed to the byte (law WS3). */
import { type Text, text } from '../../base/text.ts';
import type { StageWeight } from '../../document/weighing.ts';
import { type BothWays, type FrameDirection, handshakeBytes } from '../../laws/websocket.ts';
import { paths } from '../../protocols/contract.ts';
import { weighSetup } from '../../script/exact-weights.ts';
import { bytes, name } from '../claims/lines.ts';
import type { Fact } from '../probes/fact.ts';
import { probes } from '../probes/index.ts';
import {
  type ExpectedRow,
  type Found,
  inBytes,
  type Lesson,
  type LessonRow,
  type LessonSetting,
} from './lesson.ts';
import { transportOf } from './lesson-weights.ts';
import { exactRow } from './row.ts';

/** The `Host` value and its line end: `127.0.0.1:40000`, without the name of the field. */
function hostBytes({ fields }: StageWeight): number {
  const line = fields.find(({ name, direction }) => name === 'host' && direction === 'up');
  if (!line) throw new Error('a handshake without Host');
  return line.bytes - 'Host: \r\n'.length;
}

/** The bytes by law WS3, then what RFC 6455 requires of request and answer. */
function rowsOf(setup: StageWeight, facts: readonly Fact[]): [answer: LessonRow, ...LessonRow[]] {
  const predicted = handshakeBytes({ pathBytes: paths.socket.length, hostBytes: hostBytes(setup) });
  const weight = (metric: Text, sizes: BothWays, way?: FrameDirection) =>
    exactRow('bytes', metric, 'WS3', sum(predicted, way), sum(sizes, way));
  const asked = (
    unit: 'count' | 'flag',
    metric: Text,
    section: string,
    value: number,
    measured: LessonRow['measured'],
  ) => exactRow(unit, metric, `RFC 6455 ${section}`, value, measured);
  const status = factOf(facts, 'handshake-status');
  return [
    weight({ en: 'bytes until the first message', ko: '첫 메시지까지의 바이트' }, setup),
    weight({ en: 'of these, the request', ko: '그중 요청' }, setup, 'up'),
    weight({ en: 'of these, the response', ko: '그중 응답' }, setup, 'down'),
    asked('count', { en: 'HTTP requests', ko: 'HTTP 요청 수' }, '§4.1', 1, setup.requests),
    asked('count', { en: 'status of the response', ko: '응답의 상태 코드' }, '§4.2.2', 101, status),
    asked(
      'flag',
      { en: 'accept value as computed again', ko: '다시 계산한 값과 같은 accept' },
      '§1.3',
      1,
      factOf(facts, 'accept-recomputed'),
    ),
  ];
}

const sum = (bytes: BothWays, way?: FrameDirection): number => (way ? bytes[way] : bytes.up + bytes.down);

const factOf = (facts: readonly Fact[], metric: string) =>
  facts.find((one) => one.metric === metric)?.value ?? null;

/** The weighing listens on a port of five digits. */
const usualHost = '127.0.0.1:40000';

async function expected(): Promise<ExpectedRow> {
  const predicted = handshakeBytes({ pathBytes: paths.socket.length, hostBytes: usualHost.length });
  return { law: 'WS3', unit: 'bytes', predicted: [sum(predicted)] };
}

async function measure({ signal, onStage }: LessonSetting): Promise<Found> {
  signal.throwIfAborted();
  onStage(text('ws: the handshake', 'ws: 핸드셰이크'));
  const setup = await weighSetup(transportOf('ws'));
  const facts = await probes.handshake();
  const [answer, ...rows] = rowsOf(setup, facts);
  return {
    answer,
    rows,
    explanation: [
      {
        text: because,
        on: [answer, ...rows],
        values: {
          up: bytes(setup.up),
          down: bytes(setup.down),
          accept: name(String(factOf(facts, 'handshake-accept'))),
        },
      },
    ],
    doubtful: [],
  };
}

const because = {
  en: 'A WebSocket begins with HTTP: a GET of {up} asks to change the protocol, a response of {down} agrees, and from there on the same TCP connection carries frames. The client sent a random key, and the server answered {accept}: a hash of that key, which only a server that knows WebSocket computes. These headers are sent once for each connection, not for each message.',
  ko: 'WebSocket은 HTTP로 시작합니다. {up}짜리 GET이 프로토콜을 바꾸자고 요청하고 {down}짜리 응답이 받아들이면, 그때부터 같은 TCP 연결로 프레임이 오갑니다. 클라이언트가 임의로 만든 키를 보내자 서버는 {accept}로 응답했습니다. WebSocket을 아는 서버만 계산하는 해시값입니다. 이 헤더는 메시지마다가 아니라 연결마다 한 번만 보냅니다.',
};

export const handshake = {
  id: 1,
  title: { en: 'A handshake', ko: '핸드셰이크' },
  misconception: {
    en: 'WebSocket is a protocol of its own and has nothing to do with HTTP.',
    ko: 'WebSocket은 별개의 프로토콜이라 HTTP와 상관이 없습니다.',
  },
  experiment: {
    en: 'One client of the library ws opens a connection to a ws server. Every byte on its socket is counted until it may send its first message.',
    ko: 'ws 라이브러리의 클라이언트 하나가 ws 서버에 연결합니다. 첫 메시지를 보낼 수 있을 때까지 소켓을 지나간 바이트를 모두 셉니다.',
  },
  question: {
    en: 'How many bytes is that, both directions together?',
    ko: '양방향을 합쳐 몇 바이트일까요?',
  },
  answer: inBytes,
  where: 'class',
  minutes: 8,
  seconds: 1,
  expected,
  measure,
  next: {
    command: 'rtcompare wire ws',
    why: {
      en: 'shows each of these bytes, and what it is for',
      ko: '이 바이트 하나하나가 무엇인지 보여 줍니다',
    },
  },
} satisfies Lesson;

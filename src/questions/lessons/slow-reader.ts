/**
 * One reader stops reading: at first the system's buffers hide it, then the server keeps everything that is not read.
 */
import { keptPerMessage } from '../../laws/slow-reader.ts';
import { ws } from '../../transports/ws.ts';
import { bytes, count } from '../claims/lines.ts';
import type { ExpectedRow, Found, Lesson, LessonSetting } from './lesson.ts';
import { lessonTrials } from './quietly.ts';
import { lawRow } from './row.ts';

const size = 8000;
const rate = 500;
/** What the socket buffers of both sides take, and as much again, so that the server's memory grows visibly. */
const messages = 1200;
const clients = 5;
const law = 'SLOW2';

const expected = async (): Promise<ExpectedRow> => ({
  law,
  unit: 'bytes',
  predicted: [keptPerMessage({ payloadBytes: size, besidesBytes: ws.traits.keptBesides })],
});

async function measure(setting: LessonSetting): Promise<Found> {
  const trials = lessonTrials(setting);
  const load = { clients, size, rate, messages, warmup: 5, arrivals: 'periodic' } as const;
  const kept = await trials.counted('slow', 'ws', { load });
  const dropped = await trials.counted('slow', 'socket.io:websocket', {
    load: { ...load, own: { volatile: true } },
  });
  const perMessage = 'kept by the server a message';
  const answer = lawRow(kept, {
    law,
    metric: perMessage,
    text: { en: 'memory of the server a message', ko: '메시지당 서버 메모리' },
  });
  const system = lawRow(kept, {
    law: 'SLOW1',
    metric: 'kept by the system',
    text: { en: 'before that, in the system’s buffers', ko: '그 전에 시스템 버퍼에' },
  });
  const heard = lawRow(dropped, {
    law: 'SLOW3',
    metric: 'heard by who stopped reading',
    text: { en: 'volatile: messages it hears', ko: '휘발성: 들은 메시지' },
  });
  const none = lawRow(dropped, {
    law: 'SLOW3',
    metric: perMessage,
    text: { en: 'volatile: memory a message', ko: '휘발성: 메시지당 메모리' },
  });
  return {
    answer,
    rows: [system, heard, none],
    explanation: [
      { text: hidden, on: [system], values: { system: bytes(Number(system.measured)) } },
      { text: because, on: [answer], values: { perMessage: bytes(Number(answer.measured)) } },
      {
        text: remedy,
        on: [heard, none],
        values: { heard: count(Math.round(Number(heard.measured))), said: count(messages) },
      },
    ],
    doubtful: trials.doubtful,
  };
}

const hidden = {
  en: 'At first nobody notices: the operating systems of both ends took {system} for the client before the server felt anything.',
  ko: '처음에는 아무도 알아차리지 못합니다. 서버가 무엇이든 느끼기 전에 양쪽 운영 체제가 이 클라이언트 몫으로 {system} 받아 두었습니다.',
};

const because = {
  en: 'From then on the server’s process keeps each message whole, with the objects around it: {perMessage}. send() does not wait, and nothing in the protocol limits what piles up; it ends when the reader reads, when it is put out, or when memory is gone. The server has to look itself: bufferedAmount, writableLength.',
  ko: '그 뒤로 서버 프로세스는 메시지를 통째로, 둘러싼 객체와 함께 보관합니다. 메시지마다 {perMessage}입니다. send()는 기다리지 않고, 프로토콜의 어떤 것도 쌓이는 양을 막지 않습니다. 클라이언트가 읽거나, 연결을 끊거나, 메모리가 바닥나야 끝납니다. bufferedAmount나 writableLength를 서버가 스스로 살펴야 합니다.',
};

const remedy = {
  en: 'What may be lost need not be kept. Socket.IO’s volatile events are dropped while the connection is busy: the reader heard {heard} of {said}, those that the buffers had taken, and the server kept none of the rest.',
  ko: '잃어도 되는 것은 보관할 필요가 없습니다. Socket.IO의 휘발성 이벤트는 연결이 바쁘면 버려집니다. 이 클라이언트는 {said}개 가운데 버퍼가 받아 둔 {heard}개를 들었고, 서버는 나머지를 하나도 보관하지 않았습니다.',
};

export const slowReader = {
  id: 17,
  title: { en: 'One reader stops reading', ko: '읽기를 멈춘 클라이언트 하나' },
  misconception: {
    en: 'A client that is slow harms only itself: TCP slows the sender down, so nothing piles up at the server.',
    ko: '느린 클라이언트는 자기만 손해입니다. TCP가 보내는 쪽을 늦추므로 서버에는 아무것도 쌓이지 않습니다.',
  },
  experiment: {
    en: `A server sends messages of ${size} bytes to ${clients} clients by WebSocket (ws). One of them stops reading and keeps its connection open. When the buffers of the system are full, the memory of the server’s process is weighed, and again after ${messages / 2} more messages.`,
    ko: `서버가 WebSocket(ws)으로 클라이언트 ${clients}개에 ${size}바이트 메시지를 보냅니다. 그중 하나가 연결을 둔 채 읽기를 멈춥니다. 시스템의 버퍼가 차면 서버 프로세스의 메모리를 재고, 메시지를 ${messages / 2}개 더 보낸 뒤에 다시 잽니다.`,
  },
  question: {
    en: 'By how many bytes does the server’s memory grow with each further message, because of this one client?',
    ko: '이 클라이언트 하나 때문에, 메시지를 하나 더 보낼 때마다 서버의 메모리는 몇 바이트 늘어날까요?',
  },
  answer: { kind: 'number', unit: 'bytes', word: { en: 'bytes', ko: '바이트' } },
  where: 'home',
  minutes: 6,
  seconds: 13,
  expected,
  measure,
  next: {
    command: 'rtcompare run --scenario slow --transport ws,sse',
    why: {
      en: 'shows the same for SSE beside it, and what the others notice',
      ko: 'SSE에서는 어떤지, 다른 클라이언트는 무엇을 느끼는지 나란히 보여 줍니다',
    },
  },
} satisfies Lesson;

/**
 * Lesson 18: a message sent by POST is delivered at least once. A client whose reused connection ends before the answer
 * cannot know whether the server has read the request (RFC 9112 §9.5), and browsers send it again. RFC 9110 §9.2.2:
 * only a request that may take effect twice may be repeated; otherwise it needs an id by which the server knows it.
 */
import { type Text, text } from '../../base/text.ts';
import { count, name } from '../claims/lines.ts';
import { type CountingServer, countMessages, paths } from './counting-server.ts';
import type { ExpectedRow, Found, Lesson, LessonSetting } from './lesson.ts';
import { postSenders, type Senders } from './post-senders.ts';
import { exactRow } from './row.ts';

const host = '127.0.0.1';
const law = 'RFC 9112';

interface Came extends ReturnType<CountingServer['counted']> {
  readonly isAnswered: boolean;
}

/** @param isReused whether the connection has carried a message before. */
export async function cameOf(senders: Senders, isReused: boolean): Promise<Came> {
  await using server = await countMessages(host);
  const sender = await senders.to({ host, port: server.port });
  try {
    if (isReused) await sender.post(paths.warm);
    const isAnswered = await sender.post(paths.counted);
    return { ...server.counted(), isAnswered };
  } finally {
    await sender.leave();
  }
}

const expected = async (): Promise<ExpectedRow> => ({ law, unit: 'count', predicted: [2] });

async function measure({ signal, onStage }: LessonSetting): Promise<Found> {
  signal.throwIfAborted();
  onStage(text('a POST on a connection that was used before', '전에 쓰던 연결로 보내는 POST'));
  await using senders = await postSenders(host);
  const reused = await cameOf(senders, true);
  signal.throwIfAborted();
  onStage(text('a POST on a fresh connection', '새 연결로 보내는 POST'));
  const fresh = await cameOf(senders, false);
  const { predicted } = await expected();
  const answer = exactRow('count', metrics.answer, law, predicted, reused.came);
  const told = exactRow('flag', metrics.told, law, 1, Number(reused.isAnswered));
  const alone = exactRow('count', metrics.fresh, law, 1, fresh.came);
  const failed = exactRow('flag', metrics.failed, law, 0, Number(fresh.isAnswered));
  const known = exactRow('count', metrics.known, 'RFC 9110', 1, reused.known);
  return {
    answer,
    rows: [told, alone, failed, known],
    explanation: [
      { text: again, on: [answer, told], values: { who: name(senders.who), came: count(reused.came) } },
      { text: once, on: [alone, failed], values: { came: count(fresh.came) } },
      { text: remedy, on: [known], values: { known: count(reused.known) } },
    ],
    doubtful: [],
  };
}

const metrics = {
  answer: text('times the counter went up', '계수기가 올라간 횟수'),
  told: text('the client was answered', '클라이언트가 응답을 받음'),
  fresh: text('the same on a fresh connection', '새 연결로 보냈을 때'),
  failed: text('the client was answered there', '그때 클라이언트가 응답을 받음'),
  known: text('messages by their identity', '식별자로 센 메시지'),
} satisfies Readonly<Record<string, Text>>;

const again = text(
  'It came {came} times, and whoever pressed the button saw one success. {who} found the connection dead before the answer. An idle connection may be closed at any time, also while a request is on its way (RFC 9112 §9.5), so it took the request for unread and sent it again. It had been read.',
  '메시지는 {came}번 왔고, 단추를 누른 사람은 성공을 한 번 보았습니다. {who}은(는) 응답 전에 연결이 끊긴 것을 보았습니다. 쉬던 연결은 요청이 가는 중에도 닫힐 수 있으므로(RFC 9112 §9.5) 서버가 요청을 읽지 못했다고 보고 다시 보냈습니다. 그러나 서버는 이미 읽은 뒤였습니다.',
);
const once = text(
  'On a fresh connection nothing was idle, and nothing was sent again: it came {came} time, and the client was told that it failed. That is no better: the counter went up for a failure, and a person presses again.',
  '새 연결은 쉬던 것이 아니므로 다시 보내지 않았습니다. 메시지는 {came}번 왔고 클라이언트는 실패했다고 들었습니다. 이것도 낫지 않습니다. 실패했다는데 계수기는 올라갔고, 사람은 단추를 다시 누릅니다.',
);
const remedy = text(
  'So what goes up by POST arrives at least once, not once. Only the message itself can tell: it carries an identity, made before the first try, and the server takes each identity once ({known} here) and answers each time (RFC 9110 §9.2.2). A WebSocket sends nothing again by itself; there the message is lost instead.',
  '그래서 POST로 올라가는 것은 한 번이 아니라 적어도 한 번 도착합니다. 알려 줄 수 있는 것은 메시지뿐입니다. 처음 보내기 전에 식별자를 붙이면, 서버는 식별자마다 한 번만 처리하고(여기서는 {known}번) 응답은 매번 합니다(RFC 9110 §9.2.2). WebSocket은 스스로 다시 보내지 않는 대신 메시지를 잃습니다.',
);

export const postTwice = {
  id: 18,
  title: text('Sent once, arrived twice', '한 번 보내고 두 번 도착'),
  misconception: text(
    'One POST is one message: it arrives, or there is an error.',
    'POST 한 번은 메시지 하나입니다. 도착하거나 오류가 나거나 둘 중 하나입니다.',
  ),
  experiment: text(
    'A page says one thing by POST, over a connection that has carried another POST before. The server reads it, counts it, and its connection ends before any byte of the answer; whatever comes after that is answered. The page is one of the Chromium of this machine, or a client that does the same where there is none.',
    '페이지가 전에 POST를 보낸 적 있는 연결로 한마디를 POST로 보냅니다. 서버가 읽고 세자마자 응답이 한 바이트도 나가기 전에 연결이 끊기고, 그 뒤에 오는 것에는 응답합니다. 페이지는 이 컴퓨터의 Chromium이고, 없으면 같은 일을 하는 클라이언트입니다.',
  ),
  question: text('How often has the server counted it?', '서버는 몇 번 세었을까요?'),
  answer: { kind: 'number', unit: 'count', word: text('times', '번') },
  where: 'home',
  minutes: 6,
  seconds: 5,
  expected,
  measure,
  next: {
    command: 'rtcompare run --transport long-polling,ws --scenario outage',
    why: text(
      'counts what a broken connection loses, and what came again',
      '끊긴 연결이 잃은 메시지와 다시 온 메시지를 셉니다',
    ),
  },
} satisfies Lesson;

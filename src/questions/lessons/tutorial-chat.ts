/**
 * Lesson 10, the exercise: the page a tutorial prints beside its ws server stops before it connects. Shown by running
 * such a page, the same page with Socket.IO's client loaded, and the repair, each against a real server.
 */
import { text } from '../../base/text.ts';
import { count, name } from '../claims/lines.ts';
import { messagesEach, pageFile, people, repairs, serverFile } from './chat.ts';
import type { ExpectedRow, Found, Lesson, LessonRow, LessonSetting, Reason } from './lesson.ts';
import { exactRow } from './row.ts';
import type { Ran } from './tutorial-pages.ts';

/** The choice that describes what happened. */
function outcomeOf({ stopped, connected, messages }: Ran): 'a' | 'b' | 'c' | 'd' {
  if (messages > 0) return 'a';
  if (stopped) return 'c';
  return connected > 0 ? 'd' : 'b';
}

/**
 * GetValue (ECMA-262 §6.2.5.5): an undefined name stops the script. `io` comes with a library, and the page loads none.
 */
const expected = async (): Promise<ExpectedRow> => ({ law: 'ECMA-262', unit: 'choice', predicted: ['c'] });

async function measure({ signal, onStage }: LessonSetting): Promise<Found> {
  signal.throwIfAborted();
  onStage(
    text('the page as it is, and with the library loaded', '페이지 그대로, 그리고 라이브러리를 불러와서'),
  );
  const pages = await import('./tutorial-pages.ts');
  const printed = await pages.asPrinted();
  const withLibrary = await pages.withTheLibrary();
  signal.throwIfAborted();
  onStage(text('the repaired page', '고친 페이지'));
  const repaired = await pages.asRepaired();
  signal.throwIfAborted();
  const answer: LessonRow = {
    metric: { en: 'the page as it is', ko: '페이지 그대로' },
    measured: outcomeOf(printed),
    tolerance: 0,
    ...(await expected()),
  };
  const rows = rowsOf(printed, withLibrary, repaired);
  return {
    answer,
    rows: [...rows.broken, ...rows.repaired],
    explanation: [
      stopping(printed, [answer, ...rows.broken.slice(0, 1)]),
      loading(withLibrary, rows.broken.slice(1)),
      repairing(repaired, rows.repaired),
    ],
    doubtful: [],
  };
}

function rowsOf(printed: Ran, withLibrary: Ran, repaired: Ran) {
  const row = (
    en: string,
    ko: string,
    law: string | null,
    predicted: readonly number[],
    measured: number,
  ): LessonRow => exactRow('count', { en, ko }, law, predicted, measured);
  return {
    broken: [
      row(
        'as it is: connections at the server',
        '그대로: 서버에 온 연결',
        'ECMA-262',
        [0],
        printed.connected,
      ),
      row(
        'with Socket.IO loaded: WebSockets',
        'Socket.IO를 불러오면: WebSocket 연결',
        'RFC 6455 §4.2.1',
        [0],
        withLibrary.connected,
      ),
      row('with Socket.IO loaded: messages', 'Socket.IO를 불러오면: 메시지', null, [], withLibrary.messages),
    ],
    repaired: [
      row('repaired: greetings', '고친 페이지: 인사', null, [people], repaired.greetings),
      row(
        'repaired: messages on both pages',
        '고친 페이지: 두 페이지의 메시지',
        null,
        [people * people * messagesEach],
        repaired.messages,
      ),
    ],
  };
}

const stopping = ({ stopped }: Ran, on: readonly LessonRow[]): Reason => ({
  on,
  text: {
    en: 'The script stopped in line {line} of the page: {error}. A page knows only the names that browsers have built in and those that it loads. io comes with Socket.IO’s client, which nobody loaded. What stands below that line never runs, so the server saw no connection.',
    ko: '스크립트는 페이지의 {line}번째 줄에서 멈췄습니다({error}). 페이지가 아는 이름은 브라우저에 들어 있는 것과 직접 불러온 것뿐입니다. io는 Socket.IO 클라이언트에 들어 있는데 아무도 불러오지 않았습니다. 그 아래 줄은 실행되지 않으니 서버에는 연결이 오지 않았습니다.',
  },
  values: {
    line: name(String(stopped?.line ?? '–')),
    error: name(stopped ? `${stopped.name}: ${stopped.message}` : '–'),
  },
});

const loading = ({ messages }: Ran, on: readonly LessonRow[]): Reason => ({
  on,
  text: {
    en: 'Loading the library does not repair it: it then asks for a Socket.IO session by polling, which a ws server does not know, and {messages} messages arrived.',
    ko: '라이브러리를 불러와도 고쳐지지 않습니다. 그러면 폴링으로 Socket.IO 세션을 요청하는데 ws 서버는 그것을 모르고, 도착한 메시지는 {messages}개였습니다.',
  },
  values: { messages: count(messages) },
});

const repairing = (repaired: Ran, on: readonly LessonRow[]): Reason => ({
  on,
  text: {
    en: 'The repair is in two places, how to connect and how to receive: `{connect}` and `{receive}` Sending stays as it is. With both, {people} pages were greeted, and {messages} messages stood on them: each of the {said} that were said, on both.',
    ko: '고칠 곳은 두 곳, 연결하는 줄과 받는 줄입니다: `{connect}` 그리고 `{receive}` 보내는 줄은 그대로 둡니다. 둘 다 고치자 페이지 {people}개가 인사를 받았고, 보낸 메시지 {said}개가 양쪽에 모두 나와 {messages}개가 되었습니다.',
  },
  values: {
    connect: name(repairs[0][1]),
    receive: name(repairs[1][1]),
    people: count(repaired.greetings),
    messages: count(repaired.messages),
    said: count(people * messagesEach),
  },
});

export const tutorialChat = {
  id: 10,
  title: { en: 'Exercise: the tutorial’s chat', ko: '연습: 튜토리얼의 채팅' },
  misconception: {
    en: 'A page that uses Socket.IO’s io() works with any WebSocket server.',
    ko: 'Socket.IO의 io()를 쓰는 페이지는 어떤 WebSocket 서버와도 통신할 수 있습니다.',
  },
  experiment: {
    en: 'A chat server written with ws greets each client and sends each message on to all of them. Below are the server and its page. Two people open the page.',
    ko: 'ws로 만든 채팅 서버가 접속한 클라이언트에게 인사하고, 메시지를 모두에게 전달합니다. 아래는 서버와 페이지입니다. 두 사람이 페이지를 엽니다.',
  },
  files: [serverFile, pageFile],
  question: {
    en: 'What happens? (Before you look: how would you repair the page?)',
    ko: '어떤 일이 일어날까요? (보기 전에: 이 페이지를 어떻게 고치겠습니까?)',
  },
  answer: {
    kind: 'choice',
    choices: [
      {
        key: 'a',
        text: { en: 'it works: both see every message', ko: '잘 됩니다. 둘 다 모든 메시지를 봅니다' },
      },
      { key: 'b', text: { en: 'the server refuses the connection', ko: '서버가 연결을 거절합니다' } },
      {
        key: 'c',
        text: { en: 'the script stops before it connects', ko: '연결하기도 전에 스크립트가 멈춥니다' },
      },
      {
        key: 'd',
        text: { en: 'it connects, but no message appears', ko: '연결은 되지만 메시지가 보이지 않습니다' },
      },
    ],
  },
  where: 'class',
  minutes: 15,
  seconds: 2,
  expected,
  measure,
  next: {
    command: 'rtcompare lesson 10 --write my-chat',
    why: {
      en: 'writes both files to work on; `rtcompare lesson 10 --try my-chat/page.html` then checks the page',
      ko: '고쳐 볼 두 파일을 만듭니다. 그다음 `rtcompare lesson 10 --try my-chat/page.html`이 페이지를 검사합니다',
    },
  },
} satisfies Lesson;

/**
 * Lesson 10, the exercise: the page a tutorial prints beside its ws server stops before it connects. Shown by running
 * such a page, the same page with Socket.IO's client loaded, and the repair, each against a real server.
 */
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { count, name } from '../claims/lines.ts';
import { host } from '../probes/serving.ts';
import type { Setting } from '../reproductions/reproduction.ts';
import { flawedScript, greeting, repairedScript, serveChat } from './chat.ts';
import type { Found, Lesson, Row } from './lesson.ts';
import { openPage, type Page } from './page.ts';
import { exactRow } from './row.ts';

const people = 2;
const messagesEach = 5;
/** Long after everything has arrived on loopback; for a page that hears nothing it is how long it is listened to. */
const patienceMs = 500;

interface Ran {
  readonly stopped: Page['stopped'];
  readonly connected: number;
  readonly greetings: number;
  readonly messages: number;
}

/** Opens the page for two people, lets each say something, and counts what stands on both. */
async function run(script: string, loaded: (port: number) => Record<string, unknown>): Promise<Ran> {
  await using server = await serveChat();
  const pages = Array.from({ length: people }, () =>
    openPage(script, `${host}:${server.port}`, loaded(server.port)),
  );
  const lines = () => pages.flatMap((page) => page.lines());
  const until = (enough: () => boolean) => settle(enough, patienceMs);
  const stopped = pages[0]?.stopped ?? null;
  if (!stopped) {
    await until(() => lines().length >= people);
    if (server.connected() === people) {
      for (let k = 0; k < messagesEach; k++)
        for (const [who, page] of pages.entries()) page.say(`${who}: ${k}`);
      await until(() => lines().length >= people + people * people * messagesEach);
    }
  }
  const heard = lines();
  const greetings = heard.filter((line) => line === greeting).length;
  return { stopped, connected: server.connected(), greetings, messages: heard.length - greetings };
}

async function settle(enough: () => boolean, withinMs: number): Promise<void> {
  for (const end = performance.now() + withinMs; !enough() && performance.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Which of the choices happened. */
function outcomeOf({ stopped, connected, messages }: Ran): 'a' | 'b' | 'c' | 'd' {
  if (messages > 0) return 'a';
  if (stopped) return 'c';
  return connected > 0 ? 'd' : 'b';
}

/** What a browser has without loading anything, as far as these pages ask for it. */
const builtIn = { WebSocket };

async function measure({ signal, onStage }: Setting): Promise<Found> {
  signal.throwIfAborted();
  onStage('the page as printed, and with the library loaded');
  const printed = await run(flawedScript, () => builtIn);
  const sockets: ReturnType<typeof io>[] = [];
  const connect = (port: number) => {
    const socket = io(`http://${host}:${port}`, { forceNew: true, reconnection: false });
    sockets.push(socket);
    return socket;
  };
  const withLibrary = await run(flawedScript, (port) => ({ ...builtIn, io: () => connect(port) }));
  for (const socket of sockets) socket.disconnect();
  signal.throwIfAborted();
  onStage('the repaired page');
  const repaired = await run(repairedScript, () => builtIn);
  signal.throwIfAborted();
  return {
    answer: {
      metric: { en: 'the page as printed', ko: '인쇄된 그대로의 페이지' },
      ...{ unit: 'choice', law: 'ECMA-262', measured: outcomeOf(printed), tolerance: 0 },
      // GetValue (§6.2.5.5): a name that nothing defines stops the script; a defined one lets it go on to connect.
      predicted: ['io' in builtIn ? 'b' : 'c'],
    },
    rows: rowsOf(printed, withLibrary, repaired),
    explanation: explain(printed, withLibrary, repaired),
    doubtful: [],
  };
}

function rowsOf(printed: Ran, withLibrary: Ran, repaired: Ran): Row[] {
  const row = (
    en: string,
    ko: string,
    law: string | null,
    predicted: readonly number[],
    measured: number,
  ): Row => exactRow('count', { en, ko }, law, predicted, measured);
  return [
    row(
      'as printed: connections at the server',
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
    row('repaired: greetings', '고친 페이지: 인사', null, [people], repaired.greetings),
    row(
      'repaired: messages on both pages',
      '고친 페이지: 두 페이지의 메시지',
      null,
      [people * people * messagesEach],
      repaired.messages,
    ),
  ];
}

function explain(printed: Ran, withLibrary: Ran, repaired: Ran): Found['explanation'] {
  return [
    {
      text: {
        en: 'The script stopped at its first line: {error}. A page knows only what browsers have built in and what it has loaded, and io comes with Socket.IO’s client, which nobody loaded. What stands below that line never runs, so there was not even a connection to see at the server.',
        ko: '스크립트는 첫 줄에서 멈췄습니다({error}). 페이지가 아는 이름은 브라우저에 들어 있는 것과 직접 불러온 것뿐인데, io는 Socket.IO 클라이언트에 들어 있고 아무도 불러오지 않았습니다. 그 아래 줄은 실행되지 않으니 서버에는 연결조차 보이지 않습니다.',
      },
      values: { error: name(printed.stopped ? `${printed.stopped.name}: ${printed.stopped.message}` : '–') },
    },
    {
      text: {
        en: 'Loading the library is no repair: it then asks for Socket.IO’s session by polling, which a ws server does not know, and {withLibrary} messages arrived. The repair is one line: new WebSocket("ws://" + location.host), and its events are addEventListener("message", …) with the text in event.data. With it, {people} pages were greeted and heard {messages} messages: each of the {said} that were said, on both.',
        ko: '라이브러리를 불러와도 고쳐지지 않습니다. 그러면 폴링으로 Socket.IO 세션을 달라고 하는데 ws 서버는 그것을 모르고, 도착한 메시지는 {withLibrary}개였습니다. 고칠 것은 한 줄입니다. new WebSocket("ws://" + location.host)로 연결하고, 이벤트는 addEventListener("message", …)로 받으며 글은 event.data에 있습니다. 이렇게 고치자 페이지 {people}개가 인사를 받고, 말한 {said}개를 양쪽에서 모두 들어 메시지 {messages}개가 되었습니다.',
      },
      values: {
        withLibrary: count(withLibrary.messages),
        people: count(repaired.greetings),
        messages: count(repaired.messages),
        said: count(people * messagesEach),
      },
    },
  ];
}

export const tutorialChat = {
  id: 10,
  title: { en: 'Exercise: the tutorial’s chat', ko: '연습: 튜토리얼의 채팅' },
  misconception: {
    en: 'A page that uses Socket.IO’s io() works with any WebSocket server.',
    ko: 'Socket.IO의 io()를 쓰는 페이지는 아무 WebSocket 서버와나 통한다.',
  },
  experiment: {
    en: 'A chat server written with ws greets each client and sends each message on to all of them. Its page has an input, a list, and a script that begins with const socket = io(); and loads no other script. Two people open the page.',
    ko: 'ws로 만든 채팅 서버가 접속한 클라이언트에게 인사하고, 메시지를 모두에게 전달합니다. 페이지에는 입력창과 목록, 그리고 const socket = io();로 시작하는 스크립트가 있고 다른 스크립트는 불러오지 않습니다. 두 사람이 페이지를 엽니다.',
  },
  question: {
    en: 'What happens? (Before you look: how would you repair the page?)',
    ko: '어떤 일이 일어날까요? (보기 전에: 이 페이지를 어떻게 고치겠습니까?)',
  },
  answer: {
    kind: 'choice',
    choices: [
      { key: 'a', text: { en: 'it works: both see every message', ko: '잘 된다. 둘 다 모든 메시지를 본다' } },
      { key: 'b', text: { en: 'the server refuses the connection', ko: '서버가 연결을 거절한다' } },
      {
        key: 'c',
        text: { en: 'the script stops before it connects', ko: '연결하기도 전에 스크립트가 멈춘다' },
      },
      {
        key: 'd',
        text: { en: 'it connects, but no message appears', ko: '연결은 되지만 메시지가 보이지 않는다' },
      },
    ],
  },
  seconds: 2,
  measure,
  next: {
    command: 'rtcompare serve ws',
    why: {
      en: 'keeps a server up to talk to from a page of your own',
      ko: '직접 만든 페이지로 이야기해 볼 서버를 띄웁니다',
    },
  },
} satisfies Lesson;

/**
 * The last sentence: SIGTERM ends the server, also while a client is connected. It is checked last, because the server
 * is gone after it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { text } from '../../base/text.ts';
import { openStream } from './clients/http.ts';
import { poll } from './clients/poll.ts';
import { openSocket } from './clients/socket.ts';
import { openTalker } from './clients/socket-io.ts';
import { type Ground, silenceMs } from './ground.ts';
import type { Kind } from './kinds.ts';
import type { Sentence } from './sentence.ts';

/** A client that stays connected. A poll is held only as long as there is no news. */
const clients: Readonly<Record<Kind, (ground: Ground) => Promise<unknown>>> = {
  'ws-echo': openSocket,
  'ws-chat': openSocket,
  sse: (ground) => Promise.race([openStream(ground), pause(silenceMs)]),
  'long-polling': async (ground) => {
    const now = await poll(ground);
    if ('cursor' in now) await Promise.race([poll(ground, now.cursor), pause(silenceMs)]);
  },
  'socket.io': (ground) => openTalker(ground),
};

const stayed = text(
  'SIGTERM did not end it within 2 s; it had to be killed',
  'SIGTERM을 받고 2초 안에 끝나지 않아 강제로 끝냈습니다',
);

export const endingOf = (kind: Kind, end: () => Promise<boolean>): Sentence => ({
  id: 'ends',
  points: 1,
  text: text(
    'SIGTERM ends it within 2 seconds, also while a client is connected',
    '클라이언트가 접속해 있어도 SIGTERM을 받으면 2초 안에 끝납니다',
  ),
  hint: text(
    'Leave the signal alone, and the process ends by itself. Who handles it has to close open streams and sockets: server.close() waits for them for ever (closeAllConnections() does not).',
    '신호를 처리하지 않으면 프로세스가 알아서 끝납니다. 처리한다면 열린 스트림과 소켓도 닫으십시오. server.close()는 그것들이 끝날 때까지 계속 기다립니다(closeAllConnections()는 기다리지 않습니다).',
  ),
  async check(ground) {
    await clients[kind](ground);
    return (await end()) ? null : stayed;
  },
});

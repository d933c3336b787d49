/** Exercise 6: the tutorial's chat with `ws`, whose page is lesson 10. Its server has flaws of its own, which no page shows. */
import { text } from '../../../base/text.ts';
import { pageFile, repairedPage, serverFile } from '../../lessons/chat.ts';
import type { Exercise } from './exercise.ts';

export const tutorialWs = {
  id: 6,
  title: text('The tutorial’s chat with ws', '튜토리얼의 ws 채팅'),
  task: text(
    'The server of lesson 10, with its page repaired. Two people who write text are content with it; one who sends a picture or a broken frame is not. Repair the server.',
    '10번 수업의 서버이고 페이지는 고쳐져 있습니다. 두 사람이 글을 쓰는 동안은 문제가 없습니다. 그림을 보내거나 깨진 프레임을 보내면 문제가 생깁니다. 서버를 고치십시오.',
  ),
  kind: 'ws-chat',
  files: [
    {
      name: serverFile.name,
      content: serverFile.content.replace("listen(3000, '127", "listen(process.env.PORT ?? 3000, '127"),
    },
    { name: pageFile.name, content: repairedPage },
  ],
  repairs: [
    [
      "socket.on('message', (data) => {",
      "socket.on('error', () => {});\n  socket.on('message', (data, isBinary) => {",
    ],
    ['client.send(data.toString());', 'client.send(data, { binary: isBinary });'],
  ],
  broken: ['binary', 'protocol-error'],
} satisfies Exercise;

/**
 * Sentences that hold for every server, whatever it speaks; each is built from the way in which a format sends a
 * message.
 */
import { type Text, text } from '../../../base/text.ts';
import type { Sentence } from '../sentence.ts';

type Check = Sentence['check'];

const make =
  (id: string, points: number, sentence: Text, hint: Text) =>
  (check: Check): Sentence => ({ id, points, text: sentence, hint, check });

export const leaving = make(
  'leaving',
  1,
  text(
    'a client that leaves without a goodbye changes nothing for the others',
    '인사 없이 떠난 클라이언트가 있어도 다른 클라이언트에게는 아무 변화가 없습니다',
  ),
  text(
    'Forget a client when its connection closes: who writes to everybody in a list of old connections gets errors, or waits.',
    '연결이 닫히면 그 클라이언트를 목록에서 지우십시오. 끊긴 연결이 남은 목록에 쓰면 오류가 나거나 기다리게 됩니다.',
  ),
);

export const rudeness = make(
  'protocol-error',
  2,
  text(
    'a client that breaks the protocol does not end the server, nor disturb the others',
    '프로토콜을 어기는 클라이언트가 서버를 끝내거나 다른 클라이언트를 방해하지 못합니다',
  ),
  text(
    'An error that nobody handles ends the whole process: listen to "error" of each connection, and check what comes in before you use it.',
    '아무도 처리하지 않은 오류는 프로세스 전체를 끝냅니다. 연결마다 "error"를 받고, 들어온 값은 쓰기 전에 확인하십시오.',
  ),
);

export const secondRound = make(
  'second-round',
  1,
  text(
    'after all that a new client is served as the first one was',
    '이 모든 일이 끝난 뒤에 온 클라이언트도 처음처럼 응답을 받습니다',
  ),
  text(
    'Something is left over from the clients before: a list that was not cleared, a flag that stays set, a timer that ended something.',
    '앞선 클라이언트가 남긴 것이 있습니다. 비우지 않은 목록, 그대로 남은 변수, 무언가를 끝낸 타이머를 찾아보십시오.',
  ),
);

export const order = make(
  'order',
  2,
  text(
    'fifty messages come in the order in which they were sent, each once',
    '메시지 50개가 보낸 순서대로 한 번씩 옵니다',
  ),
  text(
    'Send each message as it comes in. What is done later, by a timer or after something awaited, may be overtaken.',
    '메시지가 들어오는 대로 보내십시오. 타이머나 await 뒤로 미룬 것은 나중 것에 앞지를 수 있습니다.',
  ),
);

export const largeMessage = make(
  'large',
  1,
  text('a message of 65,536 bytes comes out whole', '65,536바이트짜리 메시지가 온전히 나옵니다'),
  text(
    'A long message arrives in pieces: gather the bytes, and turn them into text once all are there. A limit of the library may also be too low.',
    '긴 메시지는 여러 조각으로 들어옵니다. 바이트를 모은 다음 다 왔을 때 한 번에 텍스트로 바꾸십시오. 라이브러리의 한도가 너무 낮은 것일 수도 있습니다.',
  ),
);

export const difficultText = make(
  'text',
  2,
  text(
    'Korean, emoji, quotes and backslashes come out as they went in, as text',
    '한글, 이모지, 따옴표, 역슬래시가 들어간 그대로, 텍스트로 나옵니다',
  ),
  text(
    'Text is UTF-8, in and out. Do not escape it, do not wrap it in JSON, do not trim it. In ws a text comes as a Buffer, and goes out as binary unless send is told { binary: false }.',
    '텍스트는 들어올 때도 나갈 때도 UTF-8입니다. 바꾸어 쓰거나 JSON으로 싸거나 공백을 자르지 마십시오. ws에서는 텍스트가 Buffer로 들어오고, send에 { binary: false }를 주지 않으면 바이너리로 나갑니다.',
  ),
);

export const notFound = make(
  'not-found',
  1,
  text('a path that is not of the format is answered with 404', '형식에 없는 경로에는 404로 응답합니다'),
  text(
    'Compare method and path, and end every other request with 404.',
    '메서드와 경로를 비교하고, 나머지 요청은 모두 404로 끝내십시오.',
  ),
);

export const postStatus = make(
  'post-status',
  1,
  text('POST /message is answered with 204', 'POST /message에 204로 응답합니다'),
  text(
    'Answer with 204 and no body once the message is taken. A POST without an answer keeps its client waiting.',
    '메시지를 받았으면 본문 없이 204로 응답하십시오. 응답이 없는 POST는 클라이언트를 계속 기다리게 합니다.',
  ),
);

export const noStore = make(
  'no-store',
  1,
  text('answers to a GET say Cache-Control: no-store', 'GET의 응답에 Cache-Control: no-store가 있습니다'),
  text(
    'Without it a cache on the way may keep the answer and give it to the next one who asks (RFC 9111 §5.2.2.5).',
    '이것이 없으면 중간의 캐시가 응답을 보관했다가 다음 요청에 그대로 줄 수 있습니다(RFC 9111 §5.2.2.5).',
  ),
);

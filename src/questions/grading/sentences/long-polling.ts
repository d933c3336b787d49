/** What holds for a server of long polls (docs/wire-formats.md, d). RFC 6202 §2. */
import { inEveryLanguage, text } from '../../../base/text.ts';
import { askFor, isText, post } from '../clients/http.ts';
import { poll, pollUntil } from '../clients/poll.ts';
import { places } from '../kinds.ts';
import { differenceIn } from '../seen-in-words.ts';
import { difficult, large, lines, numbered } from '../sent-messages.ts';
import { type Sentence, sentence } from '../sentence.ts';
import * as common from './every-server.ts';
import {
  alsoAfter,
  comeBetweenPolls,
  comeWhileWaiting,
  fromNow,
  head,
  held,
  postAll,
  severalWait,
  someLeave,
} from './long-polling-checks.ts';
import { nonsenseRequests } from './nonsense.ts';

const between: Sentence = {
  id: 'between-polls',
  points: 3,
  text: text(
    'what comes between two polls is in the next answer, nothing lost',
    '두 폴링 사이에 온 메시지가 다음 응답에 빠짐없이 들어 있습니다',
  ),
  hint: text(
    'Keep every message in a list. Who only answers the requests that wait right now loses what comes while nobody asks; the cursor says from where on a client needs the list.',
    '메시지를 모두 목록에 두십시오. 지금 기다리는 요청에만 응답하면 아무도 묻지 않는 사이에 온 것을 잃습니다. 커서는 목록의 어디부터 필요한지를 알려 줍니다.',
  ),
  check: comeBetweenPolls(['one', 'two', 'three']),
};

const again: Sentence = {
  id: 'cursor',
  points: 2,
  text: text(
    'the same cursor asked twice gets the same messages twice',
    '같은 커서로 두 번 요청하면 같은 메시지를 두 번 받습니다',
  ),
  hint: text(
    'An answer may get lost on the way: a client then asks again. Do not delete a message because it was sent once.',
    '응답은 오는 길에 사라질 수 있고, 그러면 클라이언트가 다시 요청합니다. 한 번 보냈다고 메시지를 지우지 마십시오.',
  ),
  check: fromNow(async (ground, cursor) => {
    const refused = await postAll(ground, ['one', 'two']);
    if (refused) return refused;
    for (const _ of ['first', 'second']) {
      const got = await pollUntil(ground, cursor, 2);
      const difference = isText(got) ? got : differenceIn(['one', 'two'], got, ground.patienceMs);
      if (difference) return difference;
    }
    return null;
  }),
};

const notNow = text(
  'a poll without a cursor brought {count} messages of before',
  '커서 없는 폴링이 이전 메시지 {count}개를 가져왔습니다',
);

const begins: Sentence = {
  id: 'begins-now',
  points: 1,
  text: text(
    'a poll without a cursor is answered at once, with the cursor of now and no messages',
    '커서 없는 폴링에는 현재 커서와 빈 목록으로 곧바로 응답합니다',
  ),
  hint: text(
    'Who comes without a cursor has nothing to catch up with: answer with the number of messages so far.',
    '커서 없이 온 클라이언트는 따라잡을 것이 없습니다. 지금까지의 메시지 수로 응답하십시오.',
  ),
  async check(ground) {
    const refused = await post(ground, 'of before');
    const news = refused ?? (await poll(ground));
    if (isText(news)) return news;
    return news.messages.length === 0
      ? null
      : inEveryLanguage(notNow, { count: String(news.messages.length) });
  },
};

export const longPollingSentences: readonly Sentence[] = [
  sentence(
    'answers',
    2,
    text(
      'a message handed to POST /message comes with a GET /poll',
      'POST /message로 보낸 메시지가 GET /poll의 응답으로 옵니다',
    ),
    text(
      'Answer a poll with {"cursor": N, "messages": […]}. Everything else is asked only once this holds.',
      '폴링에는 {"cursor": N, "messages": […]}로 응답하십시오. 나머지는 이것이 되어야 검사합니다.',
    ),
    comeWhileWaiting(['news']),
  ),
  begins,
  sentence(
    'content-type',
    1,
    text('the answer to a poll is application/json', '폴링 응답의 Content-Type이 application/json입니다'),
    text(
      'Set Content-Type, so that a client knows how to read the body.',
      '클라이언트가 본문을 어떻게 읽을지 알 수 있게 Content-Type을 적으십시오.',
    ),
    head('Content-Type', (value) => /^application\/json\s*(;|$)/i.test(value)),
  ),
  common.noStore(head('Cache-Control', (value) => /\bno-store\b/i.test(value))),
  common.postStatus(async (ground) => {
    const reply = await askFor(ground, 204, { method: 'POST', path: places.message, body: 'hello' });
    return isText(reply) ? reply : null;
  }),
  sentence(
    'held',
    2,
    text(
      'a poll without news is held, not answered with nothing',
      '새 소식이 없는 폴링은 빈 응답을 보내지 않고 붙들어 둡니다',
    ),
    text(
      'Keep the response in a list and answer it when a message comes. Who answers "nothing" at once makes the client ask without end.',
      '응답을 목록에 두었다가 메시지가 오면 응답하십시오. 바로 "없음"으로 응답하면 클라이언트가 끝없이 다시 요청합니다.',
    ),
    held,
  ),
  between,
  again,
  common.difficultText(comeWhileWaiting([difficult, lines])),
  common.largeMessage(comeWhileWaiting([large])),
  common.order(comeBetweenPolls(numbered(50))),
  sentence(
    'several',
    2,
    text('of five who wait each is answered', '기다리던 다섯 클라이언트가 모두 응답을 받습니다'),
    text(
      'Keep a list of those who wait, and answer all of it: one variable for "the" waiting response forgets the others.',
      '기다리는 응답을 목록으로 두고 모두에게 응답하십시오. 변수 하나에 담으면 나머지를 잊습니다.',
    ),
    severalWait,
  ),
  common.leaving(alsoAfter(someLeave)),
  common.rudeness(
    alsoAfter(
      nonsenseRequests(
        [places.poll, places.message],
        [`${places.poll}?cursor=nonsense`, `${places.poll}?cursor=-1`],
      ),
    ),
  ),
  common.notFound(async (ground) => {
    const reply = await askFor(ground, 404, { method: 'GET', path: places.nowhere });
    return isText(reply) ? reply : null;
  }),
  common.secondRound(comeWhileWaiting(['hello again'])),
];

/** Lines of an event stream (WHATWG HTML §9.2.5 and §9.2.6): fields, comments, and the empty line that dispatches. */
import { own } from '../../base/lookup.ts';
import { type Explain, line, means, type Reading, written } from '../explanation.ts';
import { type Explanation, fieldValue, find } from '../unit.ts';

const parsing = 'WHATWG HTML §9.2.5';
const interpreting = 'WHATWG HTML §9.2.6';

const unfinished = means(
  interpreting,
  line(
    'the stream ended before the empty line: the event is thrown away',
    '빈 줄이 오기 전에 스트림이 끝남: 이 이벤트는 버려짐',
  ),
);

const dispatched = means(
  interpreting,
  line('an empty line: the event is complete, the page gets it', '빈 줄: 이벤트가 끝나 페이지에 전달됨'),
);

const nothingDispatched = means(
  interpreting,
  line('an empty line: no data before it, so no event', '빈 줄: 앞에 data가 없으므로 이벤트도 없음'),
);

/** By the field's name, from what it says. */
const explanations: Readonly<Record<string, (value: string, before: Reading['before']) => Explanation>> = {
  data: () =>
    means(
      interpreting,
      line(
        'field data: after the colon and one space comes the message',
        'data 필드: 콜론과 공백 하나 뒤가 메시지',
      ),
    ),
  event(value) {
    const name = written(Buffer.from(value));
    return means(
      interpreting,
      line(`field event: the type of the event is ${name}`, `event 필드: 이벤트의 종류는 ${name}`),
    );
  },
  id: (value) =>
    means(
      interpreting,
      line(
        `field id: event number ${value}; after a break the client asks for what came after it`,
        `id 필드: 이벤트 번호 ${value}. 연결이 끊기면 클라이언트는 그다음 것부터 요청함`,
      ),
    ),
  retry: (value) =>
    means(
      interpreting,
      line(`field retry: come back after ${value} ms`, `retry 필드: ${value} ms 뒤에 다시 연결`),
    ),
  comment: () =>
    means(
      parsing,
      line(
        'a line that begins with a colon is a comment: nobody reads it. The first one lets the head through proxies that wait for the body, later ones keep the connection alive',
        '콜론으로 시작하는 줄은 주석: 첫 주석은 본문을 기다리는 프록시에서 헤더가 나오게 하고, 그다음 주석은 연결을 유지함',
      ),
    ),
  dispatch: (_, before) => (find(before, 'sse', 'data') ? dispatched : nothingDispatched),
  unfinished: () => unfinished,
  'unfinished-line': () => unfinished,
  'line-end': () => means(parsing, line('the end of the data line', 'data 줄의 끝')),
  ignored: () => means(interpreting, line('a field the standard ignores', '표준에서 무시하는 필드')),
  'byte-order-mark': () =>
    means(parsing, line('a byte order mark, ignored', '바이트 순서 표시(BOM), 무시함')),
};

export const explainEvent: Explain = ({ field, before }) =>
  own(explanations, field.name)?.(fieldValue(field), before) ?? null;

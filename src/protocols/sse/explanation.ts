/** Lines of an event stream (WHATWG HTML §9.2.5 and §9.2.6): fields, comments, and the empty line that dispatches. */
import { type Explain, line, means, type Reading, written } from '../explanation.ts';
import { fieldValue, find } from '../unit.ts';

const parsing = 'WHATWG HTML §9.2.5';
const interpreting = 'WHATWG HTML §9.2.6';

export const explainEvent: Explain = (reading) => {
  const value = fieldValue(reading.field);
  switch (reading.field.name) {
    case 'data':
      return means(
        interpreting,
        line(
          'field data: after the colon and one space comes the message',
          'data 필드: 콜론과 공백 하나 뒤가 메시지',
        ),
      );
    case 'event':
      return means(
        interpreting,
        line(
          `field event: the type of the event is ${written(Buffer.from(value))}`,
          `event 필드: 이벤트의 종류는 ${written(Buffer.from(value))}`,
        ),
      );
    case 'id':
      return means(
        interpreting,
        line(
          `field id: event number ${value}; after a break the client asks for what came after it`,
          `id 필드: 이벤트 번호 ${value}. 연결이 끊기면 클라이언트는 그다음 것부터 요청함`,
        ),
      );
    case 'retry':
      return means(
        interpreting,
        line(`field retry: come back after ${value} ms`, `retry 필드: ${value} ms 뒤에 다시 연결`),
      );
    case 'comment':
      return means(
        parsing,
        line(
          'a line that begins with a colon is a comment: nobody reads it. The first one lets the head through proxies that wait for the body, later ones keep the connection alive',
          '콜론으로 시작하는 줄은 주석: 첫 주석은 본문을 기다리는 프록시에서 헤더가 나오게 하고, 그다음 주석은 연결을 유지함',
        ),
      );
    case 'dispatch':
      return dispatch(reading);
    case 'unfinished':
    case 'unfinished-line':
      return means(
        interpreting,
        line(
          'the stream ended before the empty line: the event is thrown away',
          '빈 줄이 오기 전에 스트림이 끝남: 이 이벤트는 버려짐',
        ),
      );
    case 'line-end':
      return means(parsing, line('the end of the data line', 'data 줄의 끝'));
    case 'ignored':
      return means(interpreting, line('a field the standard ignores', '표준에서 무시하는 필드'));
    case 'byte-order-mark':
      return means(parsing, line('a byte order mark, ignored', '바이트 순서 표시(BOM), 무시함'));
    default:
      return null;
  }
};

const dispatch = ({ before }: Reading) =>
  find(before, 'sse', 'data')
    ? means(
        interpreting,
        line(
          'an empty line: the event is complete, the page gets it',
          '빈 줄: 이벤트가 끝나 페이지에 전달됨',
        ),
      )
    : means(
        interpreting,
        line('an empty line: no data before it, so no event', '빈 줄: 앞에 data가 없으므로 이벤트도 없음'),
      );

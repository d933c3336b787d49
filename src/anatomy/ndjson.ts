/** Lines of JSON (github.com/ndjson/ndjson-spec): a value a line, and the line end that says it is complete. */
import { type Explain, line, means } from './reading.ts';

const specification = 'NDJSON §3.1';

export const explainJsonLine: Explain = ({ field }) => {
  switch (field.name) {
    case 'string':
      return means(
        specification,
        line('a quote opens a JSON string: text', '따옴표가 JSON 문자열을 연다: 텍스트'),
      );
    case 'object':
      return means(
        specification,
        line(
          'an object with the key base64: bytes, written as text',
          'base64 키를 가진 객체: 글자로 적은 바이트',
        ),
      );
    case 'end':
      return means(
        specification,
        line(
          'the value is closed; the line end says it is complete',
          '값을 닫고, 줄 끝이 완성되었음을 알린다',
        ),
      );
    case 'empty-line':
      return means(
        specification,
        line(
          'an empty line: no message. The first one lets the head through proxies that wait for the body, later ones keep the connection alive',
          '빈 줄은 메시지가 아닙니다. 첫 빈 줄은 본문을 기다리는 프록시에서 헤더가 나오게 하고, 그다음 빈 줄은 연결을 살려 둡니다',
        ),
      );
    default:
      return null;
  }
};

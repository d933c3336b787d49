/** Lines of JSON (github.com/ndjson/ndjson-spec): a value a line, and the line end that says it is complete. */
import { type Explain, line, means } from '../explanation.ts';

const specification = 'NDJSON §3.1';

export const explainJsonLine: Explain = ({ field }) => {
  switch (field.name) {
    case 'string':
      return means(
        specification,
        line('a quote opens a JSON string: text', 'JSON 문자열을 여는 따옴표: 텍스트'),
      );
    case 'object':
      return means(
        specification,
        line(
          'an object with the key base64: bytes, written as text',
          'base64 키가 있는 객체: 텍스트로 적은 바이트',
        ),
      );
    case 'end':
      return means(
        specification,
        line(
          'the value is closed; the line end says it is complete',
          '값을 닫음. 줄바꿈은 값이 끝났다는 표시',
        ),
      );
    case 'record-separator':
      return means('RFC 7464 §2.2', line('U+001E: a record begins', 'U+001E: 레코드가 시작됨'));
    case 'empty-line':
      return means(
        specification,
        line(
          'an empty line: no message. The first one lets the head through proxies that wait for the body, later ones keep the connection alive',
          '메시지가 아닌 빈 줄: 첫 줄은 본문을 기다리는 프록시에서 헤더가 나오게 하고, 그다음 줄은 연결을 유지함',
        ),
      );
    default:
      return null;
  }
};

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
          'an empty line: nothing, it keeps the connection alive',
          '빈 줄: 아무것도 아니며 연결을 살려 둔다',
        ),
      );
    default:
      return null;
  }
};

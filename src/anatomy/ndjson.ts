/** Lines of JSON (github.com/ndjson/ndjson-spec): a value a line, and the line end that says it is complete. */
import { type Explain, line, means } from './reading.ts';

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
    case 'empty-line':
      return means(
        specification,
        line(
          'an empty line: nothing, it keeps the connection alive',
          '빈 줄: 내용 없음, 연결을 유지하는 용도',
        ),
      );
    default:
      return null;
  }
};

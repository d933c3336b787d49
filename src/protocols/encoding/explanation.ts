/** What text formats add to a message: base64 (RFC 4648), and the escapes of JSON strings (RFC 8259). */
import { type Explain, line, means } from '../explanation.ts';

export const explainEncoding: Explain = ({ field }) =>
  field.name === 'base64'
    ? means(
        'RFC 4648 §4',
        line(
          `what base64 adds: 4 characters for 3 bytes, here ${field.bytes.length} more than the message has`,
          `base64 때문에 덧붙은 것: 3바이트에 4글자, 여기서는 메시지보다 ${field.bytes.length}바이트 많음`,
        ),
      )
    : means(
        'RFC 8259 §7',
        line('what escaping in a JSON string adds', 'JSON 문자열에서 이스케이프 때문에 덧붙은 것'),
      );

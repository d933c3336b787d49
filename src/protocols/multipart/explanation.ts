/** Bodies of parts (RFC 2046 §5.1): boundaries, and the fields of each part. */
import { type Explain, line, means } from '../explanation.ts';

export const explainMultipart: Explain = ({ field }) => {
  switch (field.name) {
    case 'boundary':
      return means('RFC 2046 §5.1.1', line('between two parts', '파트와 파트 사이의 경계'));
    case 'field':
      return means('RFC 2046 §5.1', line('a field of this part', '이 파트의 필드'));
    case 'epilogue':
      return means(
        'RFC 2046 §5.1.1',
        line('after the last part: nobody reads it', '마지막 파트 뒤: 아무도 읽지 않음'),
      );
    default:
      return null;
  }
};

/** The chunked transfer coding (RFC 9112 §7.1): frames a body whose length the sender did not know beforehand. */
import { bytesEn, type Explain, line, means } from '../explanation.ts';
import { latin1 } from '../unit.ts';

const coding = 'RFC 9112 §7.1';

export const explainChunk: Explain = ({ field }) => {
  const digits = latin1(field.clear).trim();
  switch (field.name) {
    case 'size': {
      const size = Number.parseInt(digits, 16);
      return means(
        coding,
        line(
          `chunk size ${digits} in hexadecimal = ${bytesEn(size)} of content follow`,
          `청크 크기 16진수 ${digits} = 내용 ${size}바이트가 이어짐`,
        ),
      );
    }
    case 'last-chunk':
      return means(coding, line('size 0: the content is complete', '크기 0: 내용이 끝남'));
    case 'extension':
      return means('RFC 9112 §7.1.1', line('an extension of this chunk', '이 청크에 붙은 확장'));
    case 'data-end':
      return means(coding, line('a line end closes the chunk', '청크를 끝내는 줄바꿈'));
    case 'end':
      return means(coding, line('an empty line ends the body', '본문을 끝내는 빈 줄'));
    default:
      return field.name.startsWith('trailer:')
        ? means('RFC 9112 §7.1.2', line('a field after the content', '내용 뒤에 오는 필드'))
        : null;
  }
};

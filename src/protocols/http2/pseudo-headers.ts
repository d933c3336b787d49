/** Fields whose names begin with a colon (RFC 9113 §8.3): what HTTP/1.1 says in its start line. */
import { fixed, type HeaderMeaning } from '../http1/header-meaning.ts';

export const pseudoHeaders: Readonly<Record<string, HeaderMeaning>> = {
  ':method': fixed(
    'RFC 9113 §8.3.1',
    'the method, which HTTP/1.1 says in its request line',
    '메서드입니다. HTTP/1.1에서는 요청 줄에 있습니다',
  ),
  ':scheme': fixed('RFC 9113 §8.3.1', 'http or https', 'http인지 https인지 알립니다'),
  ':authority': fixed(
    'RFC 9113 §8.3.1',
    'which server is meant: Host of HTTP/1.1',
    '요청할 서버의 이름입니다. HTTP/1.1의 Host에 해당합니다',
  ),
  ':path': fixed('RFC 9113 §8.3.1', 'the target, query included', '요청 대상의 경로입니다(쿼리 포함)'),
  ':protocol': fixed(
    'RFC 8441 §4',
    'what this stream shall become: Upgrade of HTTP/1.1',
    '이 스트림에서 쓸 프로토콜입니다. HTTP/1.1의 Upgrade에 해당합니다',
  ),
  ':status': {
    specification: 'RFC 9113 §8.3.2',
    lines: (value) => [
      {
        en: `status ${value}, without a version and a phrase`,
        ko: `상태 ${value}입니다. 버전과 설명 문구는 없습니다`,
      },
    ],
  },
};

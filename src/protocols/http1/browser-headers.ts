/** What clients say about themselves: little from a library, much from a browser, and with every request again. */

import { fixed, type HeaderMeaning } from './header-meaning.ts';

const hints = 'WICG UA Client Hints §3';

export const browserHeaders: Readonly<Record<string, HeaderMeaning>> = {
  accept: fixed(
    'RFC 9110 §12.5.1',
    'which kinds of content the client takes',
    '클라이언트가 받을 수 있는 내용의 종류',
  ),
  'accept-encoding': fixed(
    'RFC 9110 §12.5.3',
    'which compressions the client can undo',
    '클라이언트가 풀 수 있는 압축',
  ),
  'accept-language': fixed(
    'RFC 9110 §12.5.4',
    'which languages the reader prefers',
    '사용자가 선호하는 언어',
  ),
  'user-agent': fixed('RFC 9110 §10.1.5', 'which program is asking', '요청한 프로그램'),
  cookie: fixed(
    'RFC 6265 §4.2',
    'what the server asked the client to repeat',
    '서버가 다시 보내 달라고 한 값',
  ),
  origin: fixed('RFC 6454 §7', 'the site whose page asks', '요청한 페이지의 사이트'),
  referer: fixed('RFC 9110 §10.1.3', 'the page that asks', '요청한 페이지'),
  pragma: fixed(
    'RFC 9111 §5.4',
    'no answer from a cache, in the words of HTTP/1.0',
    '캐시에서 응답하지 말라는 HTTP/1.0 방식의 표현',
  ),
  'last-event-id': fixed(
    'WHATWG HTML §9.2.4',
    'the last event seen before the stream broke',
    '스트림이 끊기기 전에 받은 마지막 이벤트',
  ),
  'sec-fetch-site': fixed(
    'W3C Fetch Metadata §2.3',
    'whether the page and the server are the same site',
    '페이지와 서버가 같은 사이트인지',
  ),
  'sec-fetch-mode': fixed(
    'W3C Fetch Metadata §2.2',
    'how the page asks: with CORS rules here',
    '페이지가 요청하는 방식: 여기서는 CORS 규칙에 따름',
  ),
  'sec-fetch-dest': fixed(
    'W3C Fetch Metadata §2.1',
    'what the answer is for: empty = a script',
    '응답의 용도: empty = 스크립트에서 사용',
  ),
  priority: fixed(
    'RFC 9218 §5',
    'how urgent the answer is: u=0 the most, u=7 the least',
    '응답이 얼마나 급한지: u=0이 가장 급하고 u=7이 가장 느긋함',
  ),
  'sec-ch-ua': fixed(hints, 'brand and version of the browser', '브라우저의 이름과 버전'),
  'sec-ch-ua-mobile': fixed(hints, 'whether it is a phone: ?0 = no', '휴대전화인지 여부: ?0 = 아님'),
  'sec-ch-ua-platform': fixed(hints, 'the operating system', '운영 체제'),
};

/** The text beside the experiment: why a browser has six connections to one origin, and over HTTP/2 one. */
import { type Text, text } from '../../../base/text.ts';
import type { HttpVersion } from '../control-talk.ts';

interface Explanation {
  readonly title: Text;
  readonly explain: readonly Text[];
}

const overHttp1: Explanation = {
  title: text('A browser’s six connections', '브라우저의 연결 6개 제한'),
  explain: [
    text(
      'Over HTTP/1.1 a browser opens only a few connections to one origin, mostly six, and all its tabs share them. Every event stream and every waiting long poll keeps one of them busy. Three tabs that race park six, and the next request waits until one of them ends, however long that takes.',
      'HTTP/1.1에서 브라우저는 한 출처에 연결을 몇 개만, 대개 6개까지만 열고 모든 탭이 그것을 나누어 씁니다. 이벤트 스트림과 기다리는 롱 폴링은 저마다 연결 하나를 차지합니다. 탭 세 개가 경주하면 6개가 모두 차고, 다음 요청은 그중 하나가 끝날 때까지 아무리 오래 걸려도 기다립니다.',
    ),
    text(
      'Browsers differ: Firefox allows nine event streams where Chromium allows six. An open WebSocket is not among the six; but to open one, Firefox and WebKitGTK wait behind six streams, and Chromium does not.',
      '브라우저마다 다릅니다. 이벤트 스트림을 Chromium은 6개, Firefox는 9개까지 엽니다. 열린 WebSocket은 이 6개에 들지 않습니다. 그러나 새 WebSocket을 열 때 Firefox와 WebKitGTK는 스트림 6개 뒤에서 기다리고, Chromium은 기다리지 않습니다.',
    ),
    text(
      'So only one tab races here, the one that asked last. Chatting by SSE or long polling also keeps one connection busy in each tab.',
      '그래서 여기서는 마지막으로 요청한 탭 하나만 경주합니다. SSE나 롱 폴링으로 채팅하는 탭도 연결을 하나씩 차지합니다.',
    ),
    text(
      'HTTP/2 carries all requests over one connection, so this limit is gone there; browsers speak it only with TLS. `rtcompare demo --over h2` opens this page so.',
      'HTTP/2는 모든 요청을 연결 하나로 주고받으므로 이 제한이 없습니다. 다만 브라우저는 TLS에서만 HTTP/2를 씁니다. `rtcompare demo --over h2`로 이 페이지를 그렇게 열 수 있습니다.',
    ),
  ],
};

const overHttp2: Explanation = {
  title: text('Why six connections became one', '연결 6개가 하나가 된 까닭'),
  explain: [
    text(
      'Over HTTP/1.1 a connection carries one request at a time: as long as its answer has not ended, no other can begin there. So a browser opens several connections to one origin, mostly six, and an event stream, whose answer never ends, keeps one of them busy.',
      'HTTP/1.1 연결은 요청을 한 번에 하나만 실어 나릅니다. 응답이 끝나기 전에는 그 연결에서 다른 요청을 시작할 수 없습니다. 그래서 브라우저는 한 출처에 연결을 여러 개, 대개 6개까지 열고, 응답이 끝나지 않는 이벤트 스트림은 그중 하나를 차지합니다.',
    ),
    text(
      'This page came over HTTP/2. There every frame says the number of the stream, that is of the request, that it belongs to, and frames of many requests take turns on one connection. So one connection is enough, and a stream that stays open holds nobody up. How many may be open at once is no longer the browser’s six: the site says it (SETTINGS_MAX_CONCURRENT_STREAMS).',
      '이 페이지는 HTTP/2로 왔습니다. HTTP/2에서는 프레임마다 어느 스트림, 곧 어느 요청의 것인지 번호가 적혀 있어 여러 요청의 프레임이 연결 하나를 번갈아 씁니다. 그래서 연결 하나로 충분하고, 열린 채로 있는 스트림이 다른 요청을 막지 않습니다. 동시에 몇 개까지 열 수 있는지는 브라우저의 6개가 아니라 사이트가 정합니다(SETTINGS_MAX_CONCURRENT_STREAMS).',
    ),
    text(
      'A WebSocket is such a stream, too, where browser and site both know extended CONNECT (RFC 8441), as this site does. Otherwise, or while it has no connection of HTTP/2 yet, a browser opens one of HTTP/1.1 for each WebSocket. Below the race stands which connections carried which lanes.',
      '브라우저와 사이트가 모두 확장 CONNECT(RFC 8441)를 알면 WebSocket도 이런 스트림이 됩니다. 이 사이트는 압니다. 그렇지 않거나 아직 HTTP/2 연결이 없으면 브라우저는 WebSocket마다 HTTP/1.1 연결을 따로 엽니다. 어느 연결이 어느 레인을 실었는지는 경주 아래에 나옵니다.',
    ),
    text(
      'One connection has its price: TCP delivers bytes in order, so a lost packet holds up every stream behind it; and when the connection breaks, all of them break. Every tab may race here, where over HTTP/1.1 only one does.',
      '연결이 하나인 데에는 대가가 있습니다. TCP는 바이트를 순서대로 전달하므로 패킷 하나를 잃으면 뒤따르는 모든 스트림이 기다립니다. 연결이 끊기면 모든 스트림이 끊깁니다. HTTP/1.1에서는 한 탭만 경주하지만 여기서는 모든 탭이 경주할 수 있습니다.',
    ),
  ],
};

export const explanations: Readonly<Record<HttpVersion, Explanation>> = {
  'http/1.1': overHttp1,
  h2: overHttp2,
};

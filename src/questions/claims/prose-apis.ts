/**
 * The rest of what the document says around table B: origins and the two APIs.
 */

import { fact } from '../probes/fact.ts';
import type { ProseClaim } from './claim.ts';
import { judgement } from './judgement.ts';
import { B14 } from './prose-performance.ts';
import { probed } from './trial-facts.ts';

const B13: ProseClaim = {
  id: 'B13',
  table: null,
  title: { en: 'Other origins (CORS)', ko: '다른 출처(CORS)' },
  says: {
    prose: {
      en: 'CORS must be opened for a page of another origin',
      ko: '다른 출처의 페이지가 접속하려면 CORS를 허용해야 합니다',
    },
  },
  judgement: judgement({
    needs: ['cross-origin'],
    facts: (evidence) =>
      probed(evidence, 'cors-readable', 'cors-opened', 'cors-readable-with-cors', 'cors-opened-with-cors'),
    reads: {
      readable: ['cors-readable', 'socket.io:polling'],
      opened: ['cors-opened', 'socket.io:websocket'],
      readableWith: ['cors-readable-with-cors', 'socket.io:polling'],
    },
    verdict({ readable, opened, readableWith }) {
      if (readable === 1 || readableWith === 0) return 'contradicted';
      return opened === 1 ? 'refined' : 'confirmed';
    },
    explains: {
      confirmed: {
        en: 'Without `cors` a page of another origin can neither read polling’s answers ({readable}) nor open a WebSocket ({opened}); with it polling is readable ({readableWith}).',
        ko: '`cors`를 설정하지 않으면 다른 출처의 페이지는 폴링의 응답을 읽을 수 없고({readable}) WebSocket도 열 수 없습니다({opened}). 설정하면 폴링의 응답을 읽을 수 있습니다({readableWith}).',
      },
      refined: {
        en: 'For polling: readable by another origin without `cors` {readable}, with it {readableWith}. A WebSocket is not guarded by it: its handshake was let in without `cors` ({opened}). Checking Origin there is the server’s own work.',
        ko: '폴링에서는 맞습니다. 다른 출처에서 읽기: `cors` 없이 {readable}, 설정하면 {readableWith}. 그러나 CORS는 WebSocket을 막아 주지 않습니다. `cors` 없이도 핸드셰이크가 통과했습니다({opened}). WebSocket에서는 서버가 직접 Origin을 확인해야 합니다.',
      },
      contradicted: {
        en: 'Readable by another origin without `cors`: {readable}; with it: {readableWith}.',
        ko: '다른 출처에서 읽기: `cors` 없이 {readable}, 설정하면 {readableWith}.',
      },
    },
  }),
};

const B15: ProseClaim = {
  id: 'B15',
  table: null,
  title: { en: 'Events of the APIs', ko: 'API의 이벤트' },
  says: {
    prose: {
      en: 'the ws server has connection, close (also when a connection ends) and error; a socket open, message, close and error',
      ko: 'ws 서버에는 connection, close(연결이 끝날 때도), error가 있고, 소켓에는 open, message, close, error가 있습니다',
    },
  },
  judgement: judgement({
    needs: ['api-events'],
    facts: (evidence) => probed(evidence, 'event-log', 'events-as-taught', 'server-close-on-connection-end'),
    reads: {
      taught: ['events-as-taught', 'ws'],
      socketIo: ['events-as-taught', 'socket.io'],
      serverClose: ['server-close-on-connection-end', 'ws'],
    },
    quotes: { log: ['event-log', 'ws'] },
    verdict({ taught, socketIo, serverClose }) {
      if (taught + socketIo < 2) return 'contradicted';
      return serverClose === 1 ? 'confirmed' : 'refined';
    },
    explains: {
      confirmed: {
        en: 'All of them fired, the server’s close too when a connection ended: {log}.',
        ko: '모두 발생했고, 연결이 끝날 때 서버의 close도 발생했습니다: {log}.',
      },
      refined: {
        en: 'All but one: when a connection ends its socket’s close fires, never the server’s ({serverClose}), which waits for the server itself to close. One conversation: {log}.',
        ko: '하나만 빼고 맞습니다. 연결이 끝나면 소켓의 close가 발생하고 서버의 close는 발생하지 않습니다({serverClose}). 서버의 close는 서버 자체가 닫힐 때의 이벤트입니다. 대화 한 번의 기록: {log}.',
      },
      contradicted: {
        en: 'Not all fired as taught (ws {taught}, Socket.IO {socketIo}): {log}.',
        ko: '문서대로 발생하지 않은 이벤트가 있습니다(ws {taught}, Socket.IO {socketIo}): {log}.',
      },
    },
  }),
};

const B16: ProseClaim = {
  id: 'B16',
  table: null,
  title: { en: 'The default event', ko: '기본 이벤트' },
  says: {
    prose: { en: 'Socket.IO’s default event is message', ko: 'Socket.IO의 기본 이벤트는 message입니다' },
  },
  judgement: judgement({
    needs: ['default-event'],
    facts: (evidence) => [
      ...probed(evidence, 'default-event'),
      ...probed(evidence, 'default-event').map(({ value, transport }) =>
        fact('default-event-is-message', transport, value === 'message' ? 1 : 0),
      ),
    ],
    reads: { isMessage: ['default-event-is-message', 'socket.io'] },
    quotes: { name: ['default-event', 'socket.io'] },
    verdict: ({ isMessage }) => (isMessage === 1 ? 'confirmed' : 'contradicted'),
    explains: {
      confirmed: {
        en: 'What was sent with `socket.send(x)`, without a name, arrived as the event `{name}`, there and back.',
        ko: '`socket.send(x)`로 이름 없이 보낸 메시지는 양방향 모두 이 이벤트로 도착했습니다: `{name}`.',
      },
      contradicted: {
        en: 'What was sent without a name arrived as `{name}`.',
        ko: '이름 없이 보낸 메시지는 이 이벤트로 도착했습니다: `{name}`.',
      },
    },
  }),
};

const B17: ProseClaim = {
  id: 'B17',
  table: null,
  title: { en: 'Listeners', ko: '리스너' },
  says: {
    prose: {
      en: 'addEventListener takes several listeners, the on… property one',
      ko: 'addEventListener로는 리스너를 여러 개, on… 속성으로는 하나만 달 수 있습니다',
    },
  },
  judgement: judgement({
    needs: ['listeners'],
    facts: (evidence) => probed(evidence, 'listeners-added-heard', 'listeners-property-heard'),
    reads: { added: ['listeners-added-heard', 'ws'], property: ['listeners-property-heard', 'ws'] },
    verdict({ added, property }) {
      if (added === 2 && property === 1) return 'confirmed';
      return added === 2 || property === 1 ? 'refined' : 'contradicted';
    },
    explains: {
      confirmed: {
        en: 'Of two listeners each, {added} added ones heard a message and {property} of the property: the later replaced the earlier.',
        ko: '리스너를 두 개씩 달았을 때 메시지를 받은 것은 addEventListener로 단 {added}개, 속성에 단 {property}개입니다. 속성에 나중에 단 리스너가 먼저 단 것을 대신합니다.',
      },
      refined: {
        en: 'Half of it: of two each, {added} added ones heard and {property} of the property.',
        ko: '절반만 맞습니다. 두 개씩 달았을 때 addEventListener로 단 것은 {added}개, 속성에 단 것은 {property}개가 메시지를 받았습니다.',
      },
      contradicted: {
        en: 'Of two listeners each, {added} added ones heard and {property} of the property.',
        ko: '두 개씩 달았을 때 addEventListener로 단 것은 {added}개, 속성에 단 것은 {property}개가 메시지를 받았습니다.',
      },
    },
  }),
};

const B18: ProseClaim = {
  id: 'B18',
  table: null,
  title: { en: 'Packages on both sides', ko: '양쪽의 패키지' },
  says: {
    prose: {
      en: 'Socket.IO needs a package on both sides; browsers have WebSocket built in',
      ko: 'Socket.IO는 양쪽에 패키지가 필요하고, 브라우저에는 WebSocket이 내장되어 있습니다',
    },
  },
  judgement: judgement({
    needs: ['effort'],
    facts: (evidence) =>
      probed(evidence, 'packages-server', 'packages-client', 'page-bytes', 'page-bytes-gzip'),
    reads: {
      server: ['packages-server', 'socket.io'],
      client: ['packages-client', 'socket.io'],
      page: ['page-bytes', 'socket.io'],
      gzip: ['page-bytes-gzip', 'socket.io'],
      wsPage: ['page-bytes', 'ws'],
    },
    verdict: ({ server, client, page, wsPage }) =>
      server > 0 && client > 0 && page > wsPage ? 'confirmed' : 'contradicted',
    explains: {
      confirmed: {
        en: '{server} packages on the server, {client} for a client of Node; a page loads {page} ({gzip} with gzip), and {wsPage} for WebSocket.',
        ko: 'Socket.IO에는 서버에 패키지 {server}개, Node 클라이언트에 {client}개가 필요합니다. 페이지가 내려받는 용량은 {page}(gzip {gzip})이고, WebSocket이라면 {wsPage}입니다.',
      },
      contradicted: {
        en: '{server} packages on the server, {client} at the client; a page loads {page}, for WebSocket {wsPage}.',
        ko: 'Socket.IO의 서버 패키지 {server}개, 클라이언트 패키지 {client}개입니다. 페이지가 내려받는 용량은 {page}, WebSocket이라면 {wsPage}입니다.',
      },
    },
  }),
};

export const proseAboutTheApis: readonly ProseClaim[] = [B13, B14, B15, B16, B17, B18];

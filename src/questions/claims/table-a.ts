/**
 * Table A of the document, HTTP vs WebSocket, in its row order. The HTTP cell has a line each for plain
 * request–response, polling, long polling and SSE, because polling alone would be a straw man for HTTP; the WebSocket
 * cell is `ws`. Socket.IO stands only in table B.
 */

import type { TableAClaim } from './claim.ts';
import { bytesPerEvent } from './cost.ts';
import { direction, realTime } from './event-ages.ts';
import { communication, connections, overhead } from './judgements-a.ts';
import { familyLines, name, nanoseconds, winnerLine } from './lines.ts';
import {
  answersOnly,
  both,
  connectionsFor,
  eventsPerRequest,
  everyone,
  http,
  keepAliveText,
  lightest,
  load,
  quantiles,
  quickest,
  upAndDown,
  websocket,
} from './table-a-lines.ts';
import { useCases } from './use-cases.ts';

const A1: TableAClaim = {
  id: 'A1',
  table: 'A',
  title: { en: 'Communication', ko: '통신 방식' },
  says: {
    http: { en: 'a request, then its response', ko: '요청을 보내야 응답을 받음' },
    websocket: { en: 'both sides talk', ko: '양쪽이 서로 주고받음' },
  },
  judgement: communication,
  measure: (evidence) => ({
    what: {
      text: {
        en: 'events from the server per HTTP request made',
        ko: 'HTTP 요청 1회당 서버가 보낸 이벤트 수',
      },
    },
    cells: both(evidence.push, eventsPerRequest, answersOnly(evidence)),
  }),
};

const A2: TableAClaim = {
  id: 'A2',
  table: 'A',
  title: { en: 'Connection', ko: '연결 유지' },
  says: {
    http: { en: 'a new TCP connection for each request', ko: '요청마다 TCP 연결을 새로 맺음' },
    websocket: { en: 'one connection, kept open', ko: '한 번 맺은 연결을 계속 사용' },
  },
  judgement: connections,
  measure: ({ echo, keepAlive }) => ({
    what: { text: keepAliveText[keepAlive ? 'on' : 'off'] },
    cells: {
      http: familyLines(http, echo, connectionsFor('requests')),
      websocket: familyLines(websocket, echo, connectionsFor('messages')),
    },
  }),
};

const A3: TableAClaim = {
  id: 'A3',
  table: 'A',
  title: { en: 'Direction', ko: '통신 방향' },
  says: {
    http: { en: 'one way, client to server', ko: '클라이언트에서 서버로, 단방향' },
    websocket: { en: 'both ways', ko: '양방향' },
  },
  judgement: direction,
  measure: (evidence) => ({
    what: {
      text: {
        en: 'the server speaks first: median delay to the client’s handler',
        ko: '서버가 먼저 보낼 때 클라이언트가 처리하기까지의 지연(중앙값)',
      },
    },
    cells: both(
      evidence.push,
      (trial) =>
        trial.latency && {
          text: { en: '{name}: {p50}', ko: '{name}: {p50}' },
          values: { name: name(trial.transport), p50: nanoseconds(trial.latency.p50) },
        },
      answersOnly(evidence),
    ),
  }),
};

const A4: TableAClaim = {
  id: 'A4',
  table: 'A',
  title: { en: 'Real time', ko: '실시간성' },
  says: {
    http: { en: 'possible, by polling or long polling', ko: '폴링이나 롱 폴링으로 구현 가능' },
    websocket: { en: 'very well suited', ko: '매우 적합' },
  },
  judgement: realTime,
  measure: (evidence) =>
    evidence.push.size > 0
      ? {
          what: {
            text: {
              en: 'age of an event on arrival, ms: p50 / p95 / p99',
              ko: '이벤트가 도착하기까지의 지연, ms: p50 / p95 / p99',
            },
          },
          cells: both(evidence.push, quantiles, answersOnly(evidence)),
        }
      : {
          what: {
            text: {
              en: 'latency of an echo, ms: p50 / p95 / p99',
              ko: '에코 왕복 지연, ms: p50 / p95 / p99',
            },
          },
          cells: both(evidence.echo, quantiles),
        },
};

const A5: TableAClaim = {
  id: 'A5',
  table: 'A',
  title: { en: 'Overhead', ko: '오버헤드' },
  says: {
    http: { en: 'headers on every request', ko: '요청마다 헤더가 붙음' },
    websocket: { en: 'no headers once the handshake is done', ko: '핸드셰이크 뒤에는 헤더 없음' },
  },
  judgement: overhead,
  measure: ({ echo }) => ({
    what: {
      text: {
        en: 'header and framing bytes per message after set-up, up + down',
        ko: '연결 뒤 메시지당 헤더와 프레이밍의 바이트(보낼 때 + 받을 때)',
      },
    },
    cells: both(echo, upAndDown),
  }),
};

const A6: TableAClaim = {
  id: 'A6',
  table: 'A',
  title: { en: 'Use cases', ko: '활용 사례' },
  says: {
    http: { en: 'static content, data on request', ko: '정적 콘텐츠, 요청해서 받는 데이터' },
    websocket: { en: 'chat, notifications, games, IoT', ko: '채팅, 알림, 게임, IoT' },
  },
  judgement: useCases,
  measure: ({ echo, push }) => ({
    what: {
      text: {
        en: 'an opinion; who won each load in this run',
        ko: '의견. 이번 실행에서 부하별로 가장 나은 방식',
      },
    },
    cells: {
      http: load({ en: 'when the client asks:', ko: '클라이언트가 요청할 때:' }, [
        winnerLine(quickest, echo, everyone, (trial) => trial.latency?.p50, 'nanoseconds'),
        winnerLine(lightest, echo, everyone, (trial) => trial.perMessage.overhead, 'bytes'),
      ]),
      websocket: load({ en: 'when the server speaks:', ko: '서버가 먼저 보낼 때:' }, [
        winnerLine(quickest, push, everyone, (trial) => trial.latency?.p50, 'nanoseconds'),
        winnerLine(lightest, push, everyone, bytesPerEvent, 'bytes'),
      ]),
    },
  }),
};

export const tableA: readonly TableAClaim[] = [A1, A2, A3, A4, A5, A6];

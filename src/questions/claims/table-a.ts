/**
 * Table A of the document, HTTP vs WebSocket, in its row order. The HTTP cell has a line each for plain
 * request–response, polling, long polling and SSE, because polling alone would be a straw man for HTTP; the WebSocket
 * cell is `ws`. Socket.IO stands only in table B.
 */

import type { Text } from '../../base/text.ts';
import type { TableAClaim } from './claim.ts';
import { bytesPerEvent, overheadPerMessage, steadyRequests } from './cost.ts';
import type { ByTransport, Carried, Evidence } from './evidence.ts';
import { communication, connections, direction, overhead, realTime, useCases } from './judgements-a.ts';
import type { Line } from './line.ts';
import {
  count,
  decimal,
  familyLines,
  milliseconds,
  name,
  nanoseconds,
  present,
  winnerLine,
} from './lines.ts';
import { messagesUp } from './trial-facts.ts';

const http = ['http', 'polling', 'long-polling', 'sse'] as const;
const websocket = ['ws'] as const;
const everyone = [...http, ...websocket];

const both = (
  trials: ByTransport,
  lineOf: (trial: Carried) => Line | null,
  instead: Record<string, Line | null> = {},
) => ({
  http: familyLines(http, trials, lineOf, instead),
  websocket: familyLines(websocket, trials, lineOf),
});

/** The reference was driven, but nobody can push to it: the tool's own finding, said only when it ran. */
const answersOnly = (evidence: Evidence): Record<string, Line | null> => ({
  http: evidence.echo.has('http')
    ? { text: { en: '{name}: only answers', ko: '{name}: 응답만 가능' }, values: { name: name('http') } }
    : null,
});

const eventsPerRequest = (trial: Carried): Line | null => {
  const events = trial.messages.down;
  const requests = steadyRequests(trial);
  if (events === 0) return null;
  const values = { name: name(trial.transport), events: count(events) };
  // A stream that was opened at set-up needs no request at all for its events.
  if (requests === 0) {
    return {
      text: { en: '{name}: {events}, no request', ko: '{name}: 요청 없이 {events}건' },
      values,
    };
  }
  return {
    text: {
      en: '{name}: {ratio} ({events}/{requests})',
      ko: '{name}: {ratio} ({events}/{requests})',
    },
    values: { ...values, requests: count(requests), ratio: decimal(events / requests) },
  };
};

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

/** Connections are the clients' own, so they are counted beside what they carried, never divided by it. */
const connectionsFor =
  (carried: 'requests' | 'messages') =>
  (trial: Carried): Line | null => {
    const load = carried === 'requests' ? trial.requests : messagesUp(trial);
    if (load === 0) return null;
    return {
      text:
        carried === 'requests'
          ? { en: '{name}: {connections} for {load} requests', ko: '{name}: {connections}개, 요청 {load}개' }
          : {
              en: '{name}: {connections} for {load} messages',
              ko: '{name}: {connections}개, 메시지 {load}개',
            },
      values: { name: name(trial.transport), connections: count(trial.connections), load: count(load) },
    };
  };

const keepAliveText: Readonly<Record<'on' | 'off', Text>> = {
  on: { en: 'TCP connections, keep-alive on', ko: 'TCP 연결 수, keep-alive 켬' },
  off: { en: 'TCP connections, keep-alive off', ko: 'TCP 연결 수, keep-alive 끔' },
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

const quantiles = (trial: Carried): Line | null =>
  trial.latency && {
    text: { en: '{name}: {p50} / {p95} / {p99}', ko: '{name}: {p50} / {p95} / {p99}' },
    values: {
      name: name(trial.transport),
      p50: milliseconds(trial.latency.p50),
      p95: milliseconds(trial.latency.p95),
      p99: milliseconds(trial.latency.p99),
    },
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

export const upAndDown = (trial: Carried): Line | null => {
  const up = overheadPerMessage(trial, 'up');
  const down = overheadPerMessage(trial, 'down');
  if (up === null || down === null) return null;
  return {
    text: { en: '{name}: {up} + {down} B', ko: '{name}: {up} + {down} B' },
    values: { name: name(trial.transport), up: decimal(up), down: decimal(down) },
  };
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

const quickest: Text = {
  en: 'quickest, within 3 ms: {names} ({best})',
  ko: '가장 빠름(3 ms 안): {names} ({best})',
};
const lightest: Text = { en: 'fewest bytes: {names} ({best})', ko: '바이트 최소: {names} ({best})' };

const load = (text: Text, lines: readonly (Line | null)[]): Line[] => {
  const said = present(lines);
  return said.length === 0 ? [] : [{ text }, ...said];
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

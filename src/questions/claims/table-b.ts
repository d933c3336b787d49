/**
 * Table B of the document, ws vs Socket.IO, in its row order. Features, ease of set-up and compatibility are asked of
 * running servers and installed packages; if no probe asked, their cells stay empty and the skins say so.
 */

import type { Text } from '../../base/text.ts';
import type { ClaimMeasured, TableBClaim } from './claim.ts';
import { setupBytesPerClient } from './cost.ts';
import type { ByTransport, Carried, Evidence } from './evidence.ts';
import type { FactName } from './fact-kinds.ts';
import { quantityOf } from './judgement.ts';
import { compatibility, protocol, socketIoOverhead, socketIoUse } from './judgements-b.ts';
import { ease, features } from './library-judgements.ts';
import type { Line } from './line.ts';
import { bytes, count, familyLines, name, nanoseconds, present } from './lines.ts';
import { upAndDown } from './table-a-lines.ts';

const ws = ['ws'] as const;
const socketIo = ['socket.io', 'socket.io:websocket', 'socket.io:polling'] as const;

type Cells = ClaimMeasured<'ws' | 'socketIo'>;

/** A line for each of these metrics that a probe has found, for both libraries. */
function probedCells(evidence: Evidence, what: Text, lines: readonly (readonly [FactName, Text])[]): Cells {
  const cell = (transport: string): Line[] =>
    lines.flatMap(([metric, text]) => {
      const found = evidence.probed.find((fact) => fact.metric === metric && fact.transport === transport);
      return found && found.value !== null
        ? [{ text, values: { value: quantityOf(metric, found.value) } }]
        : [];
    });
  const cells = { ws: cell('ws'), socketIo: cell('socket.io') };
  return { what: cells.ws.length + cells.socketIo.length > 0 ? { text: what } : null, cells };
}

/** The default, or the first variant that ran in its place, which is then named. */
function speakerOf(
  family: readonly string[],
  ...runs: readonly ByTransport[]
): { trial: Carried | undefined; lead: Line[] } {
  const [usual] = family;
  const trial = runs.flatMap((run) => family.flatMap((member) => run.get(member) ?? []))[0];
  const lead: Line[] =
    trial === undefined || trial.transport === usual
      ? []
      : [{ text: { en: '{name}:', ko: '{name}:' }, values: { name: name(trial.transport) } }];
  return { trial, lead };
}

/** The exchanges of set-up, most frequent first: an answer of 101 is a connection that became a WebSocket. */
function setupExchanges(family: readonly string[], ...runs: readonly ByTransport[]): Line[] {
  const { trial, lead } = speakerOf(family, ...runs);
  const exchanges = (trial?.exchanges ?? []).filter(({ phase, count }) => phase === 'setup' && count > 0);
  if (exchanges.length === 0) return [];
  const lines = exchanges
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 4)
    .map((exchange) => ({
      text: { en: '{count} × {kind}', ko: '{count} × {kind}' },
      values: { count: count(exchange.count), kind: name(exchange.kind) },
    }));
  return [...lead, ...lines];
}

const B1: TableBClaim = {
  id: 'B1',
  table: 'B',
  title: { en: 'Protocol', ko: '프로토콜' },
  says: {
    ws: { en: 'WebSocket alone', ko: 'WebSocket만 사용' },
    socketIo: {
      en: 'WebSocket, or a fallback such as HTTP polling',
      ko: 'WebSocket과 HTTP 폴링 같은 대체 수단',
    },
  },
  judgement: protocol,
  measure: ({ echo, push }) => ({
    what: {
      text: {
        en: 'HTTP exchanges at set-up, all clients; 101 = became a WebSocket',
        ko: '연결할 때의 HTTP 요청(전체 클라이언트). 101 = WebSocket으로 전환',
      },
    },
    cells: {
      ws: setupExchanges(ws, echo, push),
      socketIo: setupExchanges(socketIo, echo, push),
    },
  }),
};

const B2: TableBClaim = {
  id: 'B2',
  table: 'B',
  title: { en: 'Features', ko: '기능' },
  says: {
    ws: { en: 'WebSocket’s own, no more', ko: 'WebSocket 기본 기능' },
    socketIo: { en: 'events, reconnection, rooms, namespaces', ko: '이벤트, 자동 재연결, 룸, 네임스페이스' },
  },
  judgement: features,
  measure: (evidence) =>
    probedCells(evidence, { en: 'asked of running servers', ko: '실행 중인 서버에서 확인' }, [
      ['named-events', { en: 'named events: {value}', ko: '이름 있는 이벤트: {value}' }],
      ['rooms', { en: 'rooms: {value}', ko: '룸: {value}' }],
      ['namespaces', { en: 'namespaces: {value}', ko: '네임스페이스: {value}' }],
      ['comes-back', { en: 'comes back after a cut: {value}', ko: '끊긴 뒤 자동 재연결: {value}' }],
    ]),
};

const B3: TableBClaim = {
  id: 'B3',
  table: 'B',
  title: { en: 'Ease of set-up', ko: '설정 편의성' },
  says: {
    ws: { en: 'simple and light', ko: '단순하고 가벼움' },
    socketIo: { en: 'many features, so more to learn', ko: '기능이 많아 배울 것도 많음' },
  },
  judgement: ease,
  measure: (evidence) =>
    probedCells(
      evidence,
      { en: 'packages, and this project’s own code', ko: '패키지와 이 프로젝트의 코드' },
      [
        ['packages-server', { en: 'packages of a server: {value}', ko: '서버의 패키지: {value}개' }],
        ['installed-bytes-server', { en: 'installed: {value}', ko: '설치 용량: {value}' }],
        ['lines-server', { en: 'lines of the server: {value}', ko: '서버 코드: {value}줄' }],
        ['page-bytes-gzip', { en: 'a page loads {value} (gzip)', ko: '페이지가 받는 용량: {value}(gzip)' }],
      ],
    ),
};

const B4: TableBClaim = {
  id: 'B4',
  table: 'B',
  title: { en: 'Compatibility', ko: '호환성' },
  says: {
    ws: { en: 'only where WebSocket works', ko: 'WebSocket이 되는 환경에서만' },
    socketIo: { en: 'high, thanks to the fallback', ko: '대체 수단이 있어 높음' },
  },
  judgement: compatibility,
  measure: (evidence) =>
    probedCells(
      evidence,
      { en: 'where upgrades are refused, of 5 messages', ko: '업그레이드가 거부될 때, 메시지 5개 중' },
      [
        ['messages-delivered-blocked', { en: 'answered: {value}', ko: '응답받음: {value}' }],
        ['spoke-over-blocked', { en: 'over {value}', ko: '사용한 전송: {value}' }],
      ],
    ),
};

const setupLine = (trial: Carried | undefined): Line | null => {
  const perClient = trial === undefined ? null : setupBytesPerClient(trial);
  return perClient === null
    ? null
    : {
        text: { en: 'set-up: {bytes}', ko: '연결: {bytes}' },
        values: { bytes: bytes(perClient) },
      };
};

/** Variants are shown if they ran. A run need not have them, so they are never listed as missing. */
const measuredOf = (family: readonly string[], has: (member: string) => boolean) => family.filter(has);

const B5: TableBClaim = {
  id: 'B5',
  table: 'B',
  title: { en: 'Overhead', ko: '오버헤드' },
  says: {
    ws: { en: 'next to nothing', ko: '거의 없음' },
    socketIo: { en: 'protocol data comes on top', ko: '프로토콜 데이터가 추가됨' },
  },
  judgement: socketIoOverhead,
  measure: ({ echo }) => {
    const cell = (family: readonly string[]): Line[] => {
      const lines = familyLines(
        measuredOf(family, (member) => echo.has(member)),
        echo,
        upAndDown,
      );
      return present([...lines, setupLine(speakerOf(family, echo).trial)]);
    };
    return {
      what: {
        text: {
          en: 'header and framing bytes per message, up + down; set-up bytes per client',
          ko: '메시지당 헤더와 프레이밍의 바이트(보낼 때 + 받을 때), 클라이언트당 연결 바이트',
        },
      },
      cells: { ws: cell(ws), socketIo: cell(socketIo) },
    };
  },
};

const median = (text: Text, trial: Carried | undefined): Line | null =>
  trial?.latency ? { text, values: { p50: nanoseconds(trial.latency.p50) } } : null;

const B6: TableBClaim = {
  id: 'B6',
  table: 'B',
  title: { en: 'Use', ko: '사용 예시' },
  says: {
    ws: { en: 'simple real-time data', ko: '단순한 실시간 데이터' },
    socketIo: { en: 'complex applications: chat, games', ko: '채팅, 게임 같은 복잡한 애플리케이션' },
  },
  judgement: socketIoUse,
  measure: ({ echo, push }) => {
    const cell = (family: readonly string[]): Line[] => {
      const { trial, lead } = speakerOf(family, echo, push);
      if (trial === undefined) return [];
      return [
        ...lead,
        ...present([
          median({ en: 'echo: {p50}', ko: '에코: {p50}' }, echo.get(trial.transport)),
          median({ en: 'event: {p50}', ko: '이벤트: {p50}' }, push.get(trial.transport)),
        ]),
      ];
    };
    return {
      what: {
        text: { en: 'an opinion; median latency in this run', ko: '의견. 이번 실행의 지연 중앙값' },
      },
      cells: { ws: cell(ws), socketIo: cell(socketIo) },
    };
  },
};

export const tableB: readonly TableBClaim[] = [B1, B2, B3, B4, B5, B6];

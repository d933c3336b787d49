/** The documents' twelve rows, about as `run` and the cheap probes fill them, in both languages. */
import type { Language } from '../../../src/base/text.ts';
import type { Sheet, SheetRow, VerdictKind } from '../../../src/report/views/documents/sheet.ts';

type Both = readonly [en: string, ko: string];

interface Shape {
  readonly id: string;
  readonly title: Both;
  readonly says: readonly [Both, Both];
  readonly measured: readonly Both[];
  readonly verdict: readonly [kind: VerdictKind, text: Both, condition: Both | null];
}

const refined: Both = ['refined', '조건부로 맞음'];
const confirmed: Both = ['confirmed', '맞음'];

const tableA: readonly Shape[] = [
  {
    id: 'A1',
    title: ['Communication', '통신 방식'],
    says: [
      ['a request, then its response', '요청을 보내야 응답을 받음'],
      ['both sides talk', '양쪽이 서로 주고받음'],
    ],
    measured: [
      ['events per request: polling 2.76, long-polling 1', '요청당 이벤트: polling 2.76, long-polling 1'],
      ['sse and ws: 80 without a request', 'sse와 ws: 요청 없이 80건'],
    ],
    verdict: [
      'refined',
      refined,
      [
        'only plain request–response; SSE is HTTP and pushes',
        '단순한 요청–응답일 때만: SSE는 HTTP인데도 서버가 먼저 보냄',
      ],
    ],
  },
  {
    id: 'A2',
    title: ['Connection', '연결 유지'],
    says: [
      ['a new TCP connection for each request', '요청마다 TCP 연결을 새로 맺음'],
      ['one connection, kept open', '한 번 맺은 연결을 계속 사용'],
    ],
    measured: [
      ['ws 10 connections for 350 messages', 'ws: 메시지 350개에 연결 10개'],
      [
        'http 10–12 for 350 requests; keep-alive off: 350 for 350',
        'http: 요청 350개에 10–12개, keep-alive를 끄면 350개',
      ],
    ],
    verdict: ['refined', refined, ['only with keep-alive off', 'keep-alive를 끈 경우에만']],
  },
  {
    id: 'A3',
    title: ['Direction', '통신 방향'],
    says: [
      ['one way, client to server', '클라이언트에서 서버로, 단방향'],
      ['both ways', '양방향'],
    ],
    measured: [
      ['sse 80 events in 10 requests, ws 80 in none', 'sse: 요청 10번에 이벤트 80건, ws: 요청 없이 80건'],
    ],
    verdict: ['refined', refined, ['an HTTP response may stream', 'HTTP 응답은 스트림일 수 있음']],
  },
  {
    id: 'A4',
    title: ['Real time', '실시간성'],
    says: [
      ['possible, by polling or long polling', '폴링이나 롱 폴링으로 구현 가능'],
      ['very well suited', '매우 적합'],
    ],
    measured: [
      ['ws 7.33 ms, sse 12.3 ms, long-polling 4.51 ms', 'ws 7.33 ms, sse 12.3 ms, long-polling 4.51 ms'],
      ['polling 75.3 ms: half its 100 ms interval (POLL1)', 'polling 75.3 ms: 100 ms 간격의 절반(POLL1)'],
    ],
    verdict: [
      'noisy',
      ['noisy, withheld', '잡음이 섞여 보류'],
      ['the machine was busy; run it again', '다른 작업이 많았습니다. 다시 실행하십시오'],
    ],
  },
  {
    id: 'A5',
    title: ['Overhead', '오버헤드'],
    says: [
      ['headers on every request', '요청마다 헤더가 붙음'],
      ['no headers once the handshake is done', '핸드셰이크 뒤에는 헤더가 없음'],
    ],
    measured: [
      ['http 131 + 164 B, sse 146 + 125 B', 'http 131 + 164 B, sse 146 + 125 B'],
      ['ws 6 + 2 B', 'ws 6 + 2 B'],
    ],
    verdict: ['confirmed', confirmed, null],
  },
  {
    id: 'A6',
    title: ['Use cases', '활용 사례'],
    says: [
      ['static content, data on request', '정적 콘텐츠, 필요할 때 요청하는 데이터'],
      ['chat, notifications, games, IoT', '채팅, 알림, 게임, IoT'],
    ],
    measured: [
      [
        'fewest bytes: ws (8 B), then socket.io (34 B)',
        '바이트가 가장 적은 방식: ws(8 B), 다음은 socket.io(34 B)',
      ],
    ],
    verdict: ['opinion', ['an opinion', '의견'], null],
  },
];

const tableB: readonly Shape[] = [
  {
    id: 'B1',
    title: ['Protocol', '프로토콜'],
    says: [
      ['WebSocket alone', 'WebSocket만 사용'],
      ['WebSocket, or a fallback such as HTTP polling', 'WebSocket 또는 HTTP 폴링 같은 대체 방식'],
    ],
    measured: [
      ['ws: 10 × GET /ws 101', 'ws: 10 × GET /ws 101'],
      [
        'socket.io: 29 × GET 200, 10 × POST 200, 10 × GET 101',
        'socket.io: 29 × GET 200, 10 × POST 200, 10 × GET 101',
      ],
    ],
    verdict: [
      'refined',
      refined,
      ['polling comes first, then the upgrade', '폴링으로 시작한 다음 업그레이드'],
    ],
  },
  {
    id: 'B2',
    title: ['Features', '기능'],
    says: [
      ['WebSocket’s own, no more', 'WebSocket 기본 기능만'],
      ['events, reconnection, rooms, namespaces', '이벤트, 재연결, 룸, 네임스페이스'],
    ],
    measured: [['4 of 4 found with socket.io, 0 of 4 with ws', 'socket.io는 넷 모두, ws는 하나도 없음']],
    verdict: ['confirmed', confirmed, null],
  },
  {
    id: 'B3',
    title: ['Ease of set-up', '설정 난이도'],
    says: [
      ['simple and light', '단순하고 가벼움'],
      ['many features, so more to learn', '기능이 많아 배울 것이 더 많음'],
    ],
    measured: [
      ['packages installed: ws 1, socket.io 21', '설치되는 패키지: ws 1개, socket.io 21개'],
      ['lines of the same chat: ws 38, socket.io 12', '같은 채팅의 줄 수: ws 38줄, socket.io 12줄'],
    ],
    verdict: [
      'contradicted',
      ['contradicted', '틀림'],
      ['by lines of code, as soon as there are rooms', '룸이 필요해지면 코드 줄 수에서는 반대'],
    ],
  },
  {
    id: 'B4',
    title: ['Compatibility', '호환성'],
    says: [
      ['only where WebSocket works', 'WebSocket이 되는 곳에서만'],
      ['high, thanks to the fallback', '대체 방식 덕분에 높음'],
    ],
    measured: [
      [
        'behind a proxy without upgrades: ws fails, socket.io connects',
        '업그레이드를 막는 프록시 뒤: ws 실패, socket.io 연결됨',
      ],
      [
        'at a price: 265 B a message instead of 79, 96 connections instead of 9',
        '대가: 메시지당 79 B 대신 265 B, 연결 9개 대신 96개',
      ],
    ],
    verdict: ['refined', refined, ['it works, at three times the bytes', '동작하지만 바이트는 세 배']],
  },
  {
    id: 'B5',
    title: ['Overhead', '오버헤드'],
    says: [
      ['next to nothing', '거의 없음'],
      ['protocol data comes on top', '프로토콜 데이터가 더해짐'],
    ],
    measured: [
      ['ws 6 + 2 B, set-up 285 B', 'ws 6 + 2 B, 연결 285 B'],
      ['socket.io 19 + 15 B, set-up 2,057 B', 'socket.io 19 + 15 B, 연결 2,057 B'],
    ],
    verdict: ['confirmed', confirmed, null],
  },
  {
    id: 'B6',
    title: ['Use', '활용'],
    says: [
      ['simple real-time data', '단순한 실시간 데이터'],
      ['complex applications: chat, games', '복잡한 애플리케이션: 채팅, 게임'],
    ],
    measured: [
      [
        'not measured in this run: `rtcompare claims --id B6`',
        '이번 실행에서 측정하지 않음: `rtcompare claims --id B6`',
      ],
    ],
    verdict: ['unmeasured', ['not measured', '측정하지 않음'], null],
  },
];

/** A line for each transport, as long as those of real rows. */
const details: readonly [readonly string[], readonly string[]] = [
  ['http: 131 + 164 B', 'polling: 250 + 281.9 B', 'long-polling: 232.1 + 278.4 B', 'sse: 146 + 125 B'],
  ['ws: 6 + 2 B', 'socket.io: 19 + 15 B'],
];

/** @param repeated how often each line of what was measured stands there: a sheet may be fuller than this one. */
export function sheetFixture(language: Language, repeated = 1): Sheet {
  const said = ([en, ko]: Both) => (language === 'en' ? en : ko);
  const rowOf = (
    { id, title, says, measured, verdict: [kind, text, condition] }: Shape,
    columns: readonly Both[],
  ): SheetRow => ({
    id,
    title: said(title),
    what: said([
      'header and framing bytes per message, up + down',
      '메시지에 붙는 헤더와 프레임 바이트, 올라간 것 + 내려온 것',
    ]),
    says: says.map((one, index) => ({
      column: said(columns[index]!),
      text: said(one),
      details: details[index]!,
    })),
    measured: Array.from({ length: repeated }, () => measured.map(said)).flat(),
    verdict: { kind, text: said(text), condition: condition && said(condition) },
  });
  const table = (title: Both, columns: readonly [Both, Both], shapes: readonly Shape[]) => ({
    title: said(title),
    head: [
      ['row', '항목'] as const,
      ...columns,
      ['measured here', '여기서 측정한 것'] as const,
      ['verdict', '판정'] as const,
    ].map(said),
    rows: shapes.map((shape) => rowOf(shape, columns)),
  });
  return {
    title: said(['The two tables of the tutorial, measured here', '튜토리얼의 두 표, 여기서 측정']),
    conditions: [
      said([
        'HTTP/1.1, no TLS, Node 20.20.2, loopback, keep-alive on',
        'HTTP/1.1, TLS 없음, Node 20.20.2, 루프백, keep-alive 켬',
      ]),
      said(['10 clients × 30 messages of 64 B', '클라이언트 10개 × 64 B 메시지 30개']),
      'seed 1, 2026-11-29',
    ],
    tables: [
      table(
        ['Table A: HTTP vs WebSocket', '표 A: HTTP와 WebSocket'],
        [
          ['HTTP', 'HTTP'],
          ['WebSocket (ws)', 'WebSocket (ws)'],
        ],
        tableA,
      ),
      table(
        ['Table B: ws vs Socket.IO', '표 B: ws와 Socket.IO'],
        [
          ['ws', 'ws'],
          ['Socket.IO', 'Socket.IO'],
        ],
        tableB,
      ),
    ],
    legend: [
      said([
        'In quotation marks: what the tutorial says. Bytes of a message: up + down, beside its payload.',
        '따옴표 안은 튜토리얼의 문장입니다. 메시지의 바이트는 페이로드를 뺀 올라간 것 + 내려온 것입니다.',
      ]),
    ],
  };
}

/** Several servers that share nothing, behind a balancer that places connections without knowing whose they are. */
import type { Law } from './law.ts';

/** CLU1: the share of attempts whose connections all lead to the same server. */
export const shareLetIn = (p: { servers: number; ties: number }): number => p.servers ** -p.ties;

export const clu1 = {
  id: 'CLU1',
  exact: false,
  title: { en: 'Without sticky sessions few get in', ko: '고정 세션이 없으면 연결되기 어려움' },
  statement: {
    en: 'A client of Socket.IO that begins with polling opens a session at one server by its first request, and all that follow name that session. Another server does not know it and answers 400, “Session ID unknown”; the client begins anew, and the session that was opened stays behind until its time-out. So of r connections after the first each has to lead to the same one of w servers, and a share w^−r of attempts succeeds. r is 1 where connections are kept, 2 where every request has its own, and more where the upgrade counts as well. A WebSocket is one connection: with websocket only, or with a balancer that is sticky, everybody is in at once. The count of those who are is binomial; an observed one holds within the interval outside of which one trial in a thousand falls.',
    ko: '폴링부터 시작하는 Socket.IO 클라이언트는 첫 요청으로 한 서버에 세션을 열고, 이후의 요청은 모두 그 세션을 가리킵니다. 다른 서버는 그 세션을 모르므로 400 “Session ID unknown”으로 응답합니다. 클라이언트는 처음부터 다시 시작하고, 열린 세션은 시간이 다할 때까지 남습니다. 따라서 첫 연결 뒤의 연결 r개가 모두 서버 w대 가운데 같은 곳으로 가야 하고, 시도 가운데 w^−r만 성공합니다. r은 연결을 재사용하면 1, 요청마다 연결하면 2이고, 업그레이드까지 세면 더 큽니다. WebSocket은 연결이 하나입니다. websocket만 쓰거나 로드 밸런서가 세션을 고정하면 모두 한 번에 연결됩니다. 한 번에 연결된 수는 이항 분포를 따르며, 실행 천 번에 한 번 벗어나는 구간 안에 있으면 맞는 것으로 봅니다.',
  },
  formula: 'in at the first attempt = w^−r',
  source: 'derived; Socket.IO documentation, “Using multiple nodes”',
  parameters: [
    { name: 'w', unit: '', meaning: { en: 'servers', ko: '서버 수' } },
    {
      name: 'r',
      unit: '',
      meaning: {
        en: 'connections after the first that have to lead to the same server',
        ko: '첫 연결 뒤에 같은 서버로 가야 하는 연결 수',
      },
    },
  ],
  plot: {
    x: { label: { en: 'servers', ko: '서버 수' }, unit: '' },
    y: { label: { en: 'share in at once (r = 2)', ko: '한 번에 연결되는 비율 (r = 2)' }, unit: '' },
    from: 1,
    to: 8,
    curve: (x) => shareLetIn({ servers: x, ties: 2 }),
  },
} satisfies Law;

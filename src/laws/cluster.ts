/** Several servers behind a balancer that does not know a connection's client: sharing nothing, or a Redis. */
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

/** CLU2: bytes that Redis passes on to the servers, of those published to it. */
export const passedOnBytes = (p: { servers: number; handedInBytes: number }): number =>
  p.servers * p.handedInBytes;

export const clu2 = {
  id: 'CLU2',
  exact: true,
  title: { en: 'Redis says everything once to each server', ko: 'Redis는 모든 것을 서버마다 한 번씩 보냄' },
  statement: {
    en: 'A server that says something to all hands it to Redis once: the classic adapter by PUBLISH, the Streams adapter by XADD. Each of w servers has subscribed, or reads the stream, and none is left out, not even the one that said it: it hears its own message again and throws it away. So of the bytes handed in, w times as many come out, to the byte. Redis and its network carry (w + 1) times what is said to all, however few clients a server has, and each server decodes all of it: servers that are added carry connections, and none of this. What goes around a message (commands, channel names, ids of a stream, answers) is counted apart.',
    ko: '모두에게 무언가를 보내는 서버는 그것을 Redis에 한 번 넘깁니다. 클래식 어댑터는 PUBLISH로, Streams 어댑터는 XADD로 넘깁니다. 서버 w대는 모두 구독하거나 스트림을 읽고, 보낸 서버도 빠지지 않습니다. 그 서버는 자기 메시지를 다시 듣고 버립니다. 따라서 넘긴 바이트의 정확히 w배가 나옵니다. 서버에 클라이언트가 아무리 적어도 모두에게 보내는 것의 (w + 1)배가 Redis와 그 네트워크를 지나가고, 서버마다 그 전부를 해석합니다. 서버를 늘리면 연결은 나뉘지만 이 몫은 줄지 않습니다. 메시지를 둘러싼 것(명령, 채널 이름, 스트림의 id, 응답)은 따로 셉니다.',
  },
  formula: 'bytes out = w · bytes in',
  source:
    'derived; Redis commands PUBLISH and XREAD; @socket.io/redis-adapter 8.3.0, @socket.io/redis-streams-adapter 0.3.1',
  parameters: [{ name: 'w', unit: '', meaning: { en: 'servers', ko: '서버 수' } }],
  plot: {
    x: { label: { en: 'servers', ko: '서버 수' }, unit: '' },
    y: { label: { en: 'bytes out for 100 in', ko: '100바이트를 넣을 때 나오는 바이트' }, unit: 'B' },
    from: 1,
    to: 16,
    curve: (x) => passedOnBytes({ servers: x, handedInBytes: 100 }),
  },
} satisfies Law;

/** CLU3: copies in 100 that arrive while Redis is silent. @param own copies in 100 for clients of the same server. */
export const heardWithoutRedis = (p: { own: number; waits: boolean }): number => (p.waits ? 0 : p.own);

export const clu3 = {
  id: 'CLU3',
  exact: true,
  title: { en: 'Whose own clients wait for Redis', ko: '자기 클라이언트도 Redis를 기다리는지' },
  statement: {
    en: 'The classic adapter speaks to its own clients at once and hands the message to Redis beside; the Streams adapter hands it in first and waits for the answer, because the answer is the id by which a client can later ask for what it missed. So while Redis is silent, clients of the sender’s server hear everything with the classic adapter and nothing with the other; clients of other servers hear nothing either way. With p₁ … p_w clients on w servers and everybody speaking to everybody, own copies are Σp² of (Σp)². When Redis speaks again everything comes, because it was held and not lost. On the way of each message the Streams adapter therefore has one round trip to Redis more, for everybody.',
    ko: '클래식 어댑터는 자기 클라이언트에게 바로 보내면서 메시지를 Redis에도 넘깁니다. Streams 어댑터는 먼저 넘기고 응답을 기다립니다. 그 응답이 나중에 놓친 것을 요청할 때 쓰는 id이기 때문입니다. 따라서 Redis가 조용한 동안 보낸 서버의 클라이언트는 클래식 어댑터에서는 모두 듣고 Streams 어댑터에서는 아무것도 듣지 못합니다. 다른 서버의 클라이언트는 어느 쪽이든 듣지 못합니다. 서버 w대에 클라이언트가 p₁ … p_w개 있고 모두가 모두에게 말하면 자기 서버의 몫은 (Σp)² 가운데 Σp²입니다. Redis가 다시 말하면 모두 도착합니다. 잃은 것이 아니라 붙들려 있었기 때문입니다. 그래서 Streams 어댑터에서는 모든 메시지의 경로에 Redis 왕복이 한 번 더 있습니다.',
  },
  formula: 'heard while Redis is silent = Σp² / (Σp)² (classic), 0 (Streams)',
  source:
    'derived; @socket.io/redis-adapter 8.3.0 (broadcast), socket.io-adapter 2.5.8 (ClusterAdapter.broadcast)',
  parameters: [
    { name: 'p', unit: '', meaning: { en: 'clients of a server', ko: '한 서버의 클라이언트 수' } },
  ],
  plot: {
    x: { label: { en: 'servers, clients spread evenly', ko: '서버 수, 클라이언트는 고르게' }, unit: '' },
    y: { label: { en: 'heard of 100 (classic)', ko: '100개 중 들음 (클래식)' }, unit: '' },
    from: 1,
    to: 16,
    curve: (x) => heardWithoutRedis({ own: 100 / x, waits: false }),
  },
} satisfies Law;

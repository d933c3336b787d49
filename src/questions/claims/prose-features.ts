/**
 * What the document says about Socket.IO's own features, and how probes of running servers decide it.
 */
import type { ProseClaim } from './claim.ts';
import type { Evidence } from './evidence.ts';
import { judgement } from './judgement.ts';
import { facts, outageFacts, probed } from './trial-facts.ts';

const B7: ProseClaim = {
  id: 'B7',
  table: null,
  title: { en: 'WebSocket by default', ko: '기본은 WebSocket' },
  says: {
    prose: {
      en: 'Socket.IO uses WebSocket by default and falls back to polling',
      ko: 'Socket.IO는 기본으로 WebSocket을 쓰고 안 되면 폴링으로 바꿉니다',
    },
  },
  judgement: judgement({
    needs: ['connect-order'],
    facts: (evidence) => probed(evidence, 'requests-on-connect', 'first-is-websocket', 'ends-on-websocket'),
    reads: { first: ['first-is-websocket', 'socket.io'], ends: ['ends-on-websocket', 'socket.io'] },
    quotes: { order: ['requests-on-connect', 'socket.io'] },
    verdict({ first, ends }) {
      if (first === 1) return 'confirmed';
      return ends === 1 ? 'refined' : 'contradicted';
    },
    explains: {
      confirmed: {
        en: 'Its first request was for a WebSocket: {order}.',
        ko: '첫 요청이 WebSocket 요청이었습니다: {order}.',
      },
      refined: {
        en: 'The other way round: it begins with polling and then upgrades, so it ends on a WebSocket. Recorded: {order}.',
        ko: '순서가 반대입니다. 폴링으로 시작한 뒤 업그레이드해서 마지막에 WebSocket이 됩니다. 기록: {order}.',
      },
      contradicted: {
        en: 'It began with polling and stayed there: {order}.',
        ko: '폴링으로 시작해 계속 폴링을 썼습니다: {order}.',
      },
    },
  }),
};

const reconnecting = [
  ...[
    'polling',
    'long-polling',
    'sse',
    'sse:resume',
    'ws',
    'ws:reconnect',
    'socket.io',
    'socket.io:recovery',
  ],
];

const herdFacts = (evidence: Evidence) =>
  ['socket.io:websocket', 'sse'].flatMap((name) => [
    ...facts(evidence, 'herd', [name], 'herd-clients', ({ load }) => load.clients),
    ...facts(evidence, 'herd', [name], 'herd-peak'),
  ]);

const B8: ProseClaim = {
  id: 'B8',
  table: null,
  title: { en: 'Reconnection', ko: '재연결' },
  says: {
    prose: {
      en: 'the Socket.IO client reconnects by itself when the connection drops',
      ko: 'Socket.IO 클라이언트는 연결이 끊기면 스스로 다시 연결합니다',
    },
  },
  judgement: judgement({
    needs: ['outage', 'herd'],
    facts: (evidence) => [...outageFacts(evidence, reconnecting), ...herdFacts(evidence)],
    reads: {
      cut: ['clients-cut', 'socket.io'],
      back: ['clients-back', 'socket.io'],
      lost: ['messages-lost', 'socket.io'],
      wsBack: ['clients-back', 'ws'],
    },
    quotes: {
      after: ['back-after', 'socket.io'],
      sseAfter: ['back-after', 'sse'],
      sseLost: ['messages-lost', 'sse'],
      recoveryLost: ['messages-lost', 'socket.io:recovery'],
      longPollingLost: ['messages-lost', 'long-polling'],
      herd: ['herd-clients', 'socket.io:websocket'],
      peak: ['herd-peak', 'socket.io:websocket'],
      ssePeak: ['herd-peak', 'sse'],
    },
    besides: [
      {
        en: 'Of {herd} clients that lost the server at once, at most {peak} were back within 100 ms: Socket.IO spreads them by chance (SSE, which waits as long each time: {ssePeak}).',
        ko: '서버를 동시에 잃은 클라이언트 {herd}개 가운데 100 ms 안에 많아야 {peak}개가 돌아왔습니다. Socket.IO는 대기 시간을 무작위로 흩습니다(매번 같은 시간을 기다리는 SSE는 {ssePeak}개).',
      },
    ],
    verdict: ({ cut, back, wsBack }) => (back < cut ? 'contradicted' : wsBack > 0 ? 'refined' : 'confirmed'),
    explains: {
      confirmed: {
        en: '{back} of {cut} clients came back, {after} after the link healed; ws: {wsBack}. What was said meanwhile is another matter: {lost} copies lost (with connection state recovery {recoveryLost}; SSE {sseLost}, back after {sseAfter}; long polling {longPollingLost}).',
        ko: '클라이언트 {cut}개 중 {back}개가 링크가 복구되고 {after} 뒤에 다시 연결되었습니다(ws {wsBack}개). 그동안 서버가 보낸 메시지는 별개의 문제입니다. Socket.IO는 사본 {lost}개를 잃었습니다(연결 상태 복구를 켜면 {recoveryLost}개, SSE {sseLost}개이고 {sseAfter} 뒤에 다시 연결, 롱 폴링 {longPollingLost}개).',
      },
      refined: {
        en: '{back} of {cut} Socket.IO clients came back, but so did {wsBack} of ws.',
        ko: 'Socket.IO 클라이언트 {cut}개 중 {back}개가 다시 연결되었지만, ws도 {wsBack}개가 다시 연결되었습니다.',
      },
      contradicted: {
        en: 'Only {back} of {cut} clients came back; {lost} copies were lost.',
        ko: '클라이언트 {cut}개 중 {back}개만 다시 연결되었고 사본 {lost}개를 잃었습니다.',
      },
    },
  }),
};

const B9: ProseClaim = {
  id: 'B9',
  table: null,
  title: { en: 'Named events', ko: '이름 있는 이벤트' },
  says: {
    prose: {
      en: 'Socket.IO has named events with arguments; ws carries bare messages',
      ko: 'Socket.IO에는 인자를 넣을 수 있는 이름 있는 이벤트가 있고, ws는 메시지만 주고받습니다',
    },
  },
  judgement: judgement({
    needs: ['events'],
    facts: (evidence) => probed(evidence, 'named-events'),
    reads: { socketIo: ['named-events', 'socket.io'], ws: ['named-events', 'ws'] },
    verdict: ({ socketIo, ws }) => (socketIo === 0 ? 'contradicted' : ws === 0 ? 'confirmed' : 'refined'),
    explains: {
      confirmed: {
        en: 'An event with three arguments arrived under its name, and under no other (named events: Socket.IO {socketIo}, ws {ws}); what ws received was one text, named `message` whatever it said.',
        ko: '인자 세 개를 넣은 이벤트가 보낸 이름으로만 도착했습니다(이름 있는 이벤트: Socket.IO {socketIo}, ws {ws}). ws가 받은 것은 텍스트 하나이고, 내용과 상관없이 이벤트 이름은 `message`였습니다.',
      },
      refined: {
        en: 'Both delivered named events here (Socket.IO {socketIo}, ws {ws}).',
        ko: '여기서는 둘 다 이름 있는 이벤트를 전달했습니다(Socket.IO {socketIo}, ws {ws}).',
      },
      contradicted: {
        en: 'Named events with arguments did not arrive as sent: Socket.IO {socketIo}, ws {ws}.',
        ko: '이름과 인자가 보낸 그대로 도착하지 않았습니다: Socket.IO {socketIo}, ws {ws}.',
      },
    },
  }),
};

const B10: ProseClaim = {
  id: 'B10',
  table: null,
  title: { en: 'Namespaces', ko: '네임스페이스' },
  says: {
    prose: {
      en: 'namespaces separate channels on one server',
      ko: '네임스페이스는 한 서버에서 채널을 나눕니다',
    },
  },
  judgement: judgement({
    needs: ['namespaces'],
    facts: (evidence) => probed(evidence, 'namespaces'),
    reads: { socketIo: ['namespaces', 'socket.io'], ws: ['namespaces', 'ws'] },
    verdict: ({ socketIo, ws }) => (socketIo === 0 ? 'contradicted' : ws === 0 ? 'confirmed' : 'refined'),
    explains: {
      refined: {
        en: 'Both kept two channels apart here (kept apart: Socket.IO {socketIo}, ws {ws}).',
        ko: '여기서는 둘 다 두 채널을 나누었습니다(서로 분리됨: Socket.IO {socketIo}, ws {ws}).',
      },
      confirmed: {
        en: 'A message in one namespace reached that one and never the other. On a bare ws server two paths are one crowd (kept apart: {ws}).',
        ko: '한 네임스페이스로 보낸 메시지는 그 네임스페이스에만 도착했습니다. ws 서버에서는 경로가 둘이어도 같은 그룹입니다(서로 분리됨: {ws}).',
      },
      contradicted: {
        en: 'A message crossed from one namespace to the other, or did not arrive (kept apart: Socket.IO {socketIo}, ws {ws}).',
        ko: '메시지가 다른 네임스페이스로 넘어갔거나 도착하지 않았습니다(서로 분리됨: Socket.IO {socketIo}, ws {ws}).',
      },
    },
  }),
};

const B11: ProseClaim = {
  id: 'B11',
  table: null,
  title: { en: 'Rooms', ko: '룸' },
  says: {
    prose: {
      en: 'rooms group clients; one send reaches the group',
      ko: '룸은 클라이언트를 묶고, 한 번 보내면 룸 전체에 전달됩니다',
    },
  },
  judgement: judgement({
    needs: ['rooms'],
    facts: (evidence) => probed(evidence, 'room-members-hear', 'room-strangers-hear', 'rooms'),
    reads: { members: ['room-members-hear', 'socket.io'], strangers: ['room-strangers-hear', 'socket.io'] },
    verdict: ({ members, strangers }) => (members === 2 && strangers === 0 ? 'confirmed' : 'contradicted'),
    explains: {
      confirmed: {
        en: 'One `io.to(room)` reached {members} of 2 members and {strangers} of 1 stranger.',
        ko: '`io.to(room)`으로 한 번 보내면 구성원 2명 중 {members}명, 룸 밖의 1명 중 {strangers}명이 받았습니다.',
      },
      contradicted: {
        en: '`io.to(room)` reached {members} of 2 members and {strangers} of 1 stranger.',
        ko: '`io.to(room)`으로 보냈을 때 구성원 2명 중 {members}명, 룸 밖의 1명 중 {strangers}명이 받았습니다.',
      },
    },
  }),
};

const B12: ProseClaim = {
  id: 'B12',
  table: null,
  title: { en: 'Broadcast', ko: '브로드캐스트' },
  says: {
    prose: {
      en: 'io.emit reaches everyone, socket.broadcast.emit all but the sender, socket.emit one; with ws one loops over clients',
      ko: 'io.emit은 모두에게, socket.broadcast.emit은 보낸 쪽을 뺀 모두에게, socket.emit은 한 클라이언트에게 보냅니다. ws에서는 clients를 반복하며 보냅니다',
    },
  },
  judgement: judgement({
    needs: ['broadcast'],
    facts: (evidence) =>
      probed(
        ...([evidence, 'clients', 'hear-everyone', 'hear-others'] as const),
        ...(['sender-hears-others', 'hear-one', 'hear-loop'] as const),
      ),
    reads: {
      clients: ['clients', 'socket.io'],
      everyone: ['hear-everyone', 'socket.io'],
      others: ['hear-others', 'socket.io'],
      sender: ['sender-hears-others', 'socket.io'],
      one: ['hear-one', 'socket.io'],
      loop: ['hear-loop', 'ws'],
    },
    verdict({ clients, everyone, others, sender, one, loop }) {
      const right = [
        everyone === clients,
        others === clients - 1 && sender === 0,
        one === 1,
        loop === clients,
      ];
      const held = right.filter(Boolean).length;
      return held === right.length ? 'confirmed' : held === 0 ? 'contradicted' : 'refined';
    },
    explains: {
      confirmed: {
        en: 'Of {clients} clients {everyone} heard io.emit, {others} socket.broadcast.emit (the sender not), {one} socket.emit; a loop over a ws server’s clients reached {loop}.',
        ko: '클라이언트 {clients}개 중 io.emit은 {everyone}개, socket.broadcast.emit은 {others}개(보낸 쪽 제외), socket.emit은 {one}개가 받았습니다. ws 서버에서 clients 반복문으로 보내면 {loop}개가 받았습니다.',
      },
      refined: {
        en: 'Not all of it: of {clients} clients {everyone} heard io.emit, {others} socket.broadcast.emit, {one} socket.emit, {loop} the loop.',
        ko: '일부만 맞습니다. 클라이언트 {clients}개 중 받은 수: io.emit {everyone}개, socket.broadcast.emit {others}개, socket.emit {one}개, 반복문 {loop}개.',
      },
      contradicted: {
        en: 'None of it: of {clients} clients {everyone} heard io.emit, {others} socket.broadcast.emit, {one} socket.emit, {loop} the loop.',
        ko: '모두 틀렸습니다. 클라이언트 {clients}개 중 받은 수: io.emit {everyone}개, socket.broadcast.emit {others}개, socket.emit {one}개, 반복문 {loop}개.',
      },
    },
  }),
};

export const proseAboutFeatures: readonly ProseClaim[] = [B7, B8, B9, B10, B11, B12];

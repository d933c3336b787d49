/**
 * How rows B1, B4, B5 and B6 are decided: each rule beside the sentences of its verdicts, in both languages. B2 and B3 are in
 * library-judgements.ts.
 */
import type { Trial } from '../../document/report.ts';
import { setupBytesPerClient, steadyRequests } from './cost.ts';
import { judgement } from './judgement.ts';
import { carriedFacts, facts, probed, upDown } from './trial-facts.ts';

/** ws, and Socket.IO with its defaults. */
export const both = ['ws', 'socket.io'];

/** Socket.IO with its upgrade, and its polling where the upgrade is refused. */
const fallenBack = ['socket.io', 'socket.io:polling'];

const requestsPerMessage = (trial: Trial): number | null =>
  trial.messages.up === 0 ? null : steadyRequests(trial) / trial.messages.up;

/** What a fallback costs behind a proxy, beside the same chat without one; see the probe `behind-proxy`. */
export const priceFacts = [
  'proxy-between',
  'copies-expected',
  'copies-heard-direct',
  'copies-heard-proxied',
  'chat-bytes-direct',
  'chat-bytes-proxied',
  'server-connections-direct',
  'server-connections-proxied',
] as const;

export const priceBehindProxy = {
  between: ['proxy-between', 'socket.io'],
  copies: ['copies-expected', 'socket.io'],
  proxiedHeard: ['copies-heard-proxied', 'socket.io'],
  directBytes: ['chat-bytes-direct', 'socket.io'],
  proxiedBytes: ['chat-bytes-proxied', 'socket.io'],
  directConnections: ['server-connections-direct', 'socket.io'],
  proxiedConnections: ['server-connections-proxied', 'socket.io'],
} as const;

export const protocol = judgement({
  needs: ['fallback'],
  facts: (evidence) =>
    probed(evidence, 'spoke-over', 'spoke-over-blocked', 'messages-delivered', 'messages-delivered-blocked'),
  reads: {
    wsOpen: ['messages-delivered', 'ws'],
    wsBlocked: ['messages-delivered-blocked', 'ws'],
    socketIoOpen: ['messages-delivered', 'socket.io'],
    socketIoBlocked: ['messages-delivered-blocked', 'socket.io'],
  },
  quotes: {
    open: ['spoke-over', 'socket.io'],
    blocked: ['spoke-over-blocked', 'socket.io'],
    wsOver: ['spoke-over', 'ws'],
  },
  brief: [
    {
      en: 'ws: {wsOver}; Socket.IO: {open} or {blocked}',
      ko: 'ws: {wsOver}. Socket.IO: {open}, 아니면 {blocked}',
    },
  ],
  verdict({ wsOpen, wsBlocked, socketIoOpen, socketIoBlocked }) {
    if (wsOpen === 0 || socketIoOpen === 0) return 'contradicted';
    return wsBlocked === 0 && socketIoBlocked > 0 ? 'confirmed' : 'contradicted';
  },
  explains: {
    confirmed: {
      en: 'On the wire Socket.IO spoke {open}, and {blocked} where upgrades were refused; there ws had {wsBlocked} messages answered, elsewhere {wsOpen}.',
      ko: '기록한 바이트를 보면 Socket.IO가 사용한 방식은 {open}, 업그레이드가 거부된 곳에서는 {blocked}입니다. 그곳에서 ws는 메시지 {wsBlocked}개에 응답을 받았고, 다른 곳에서는 {wsOpen}개에 받았습니다.',
    },
    contradicted: {
      en: 'Where upgrades were refused Socket.IO had {socketIoBlocked} messages answered and ws {wsBlocked}; elsewhere {socketIoOpen} and {wsOpen}.',
      ko: '업그레이드가 거부된 곳에서 응답받은 메시지는 Socket.IO {socketIoBlocked}개, ws {wsBlocked}개였고, 다른 곳에서는 {socketIoOpen}개와 {wsOpen}개였습니다.',
    },
  },
});

export const compatibility = judgement({
  needs: ['fallback', 'fallback-cost', 'behind-proxy'],
  facts: (evidence) => [
    ...probed(evidence, 'messages-sent-blocked', 'messages-delivered-blocked', 'spoke-over-blocked'),
    ...facts(evidence, 'fallback-cost', fallenBack, 'overhead-echo'),
    ...facts(evidence, 'fallback-cost', fallenBack, 'requests-per-message', requestsPerMessage),
    ...probed(evidence, ...priceFacts),
  ],
  reads: {
    sent: ['messages-sent-blocked', 'socket.io'],
    ws: ['messages-delivered-blocked', 'ws'],
    socketIo: ['messages-delivered-blocked', 'socket.io'],
  },
  quotes: {
    upgraded: ['overhead-echo', 'socket.io'],
    fallen: ['overhead-echo', 'socket.io:polling'],
    requests: ['requests-per-message', 'socket.io:polling'],
    ...priceBehindProxy,
  },
  besides: [
    {
      en: 'Behind a reverse proxy it is dearer still. Measured through {between}: a message to two others takes {proxiedBytes} on the wire instead of {directBytes}, and ten of them take {proxiedConnections} connections to the server instead of {directConnections}.',
      ko: '리버스 프록시 뒤에서는 더 비쌉니다. {between}을(를) 거쳐 측정하니 두 명에게 보낸 메시지 하나에 {directBytes} 대신 {proxiedBytes}가 들고, 열 개를 보내는 동안 서버까지의 연결은 {directConnections}개 대신 {proxiedConnections}개였습니다.',
    },
  ],
  brief: [
    {
      en: 'upgrades refused: Socket.IO {socketIo} of {sent}, ws {ws}',
      ko: '업그레이드 거부: {sent}개 중 Socket.IO {socketIo}, ws {ws}',
    },
  ],
  conditions: {
    confirmed: {
      en: '{fallen} B an echo, not {upgraded}',
      ko: '에코당 {upgraded} B 대신 {fallen} B',
    },
  },
  verdict({ sent, ws, socketIo }) {
    if (socketIo < sent) return 'contradicted';
    return ws === 0 ? 'confirmed' : 'refined';
  },
  explains: {
    confirmed: {
      en: 'The same chat behind a middlebox that refuses upgrades: Socket.IO had {socketIo} of {sent} messages answered, ws {ws}. It has a price: {fallen} bytes beside a message and its echo instead of {upgraded}, and {requests} requests a message. (Current browsers all have WebSocket; what lies between may still refuse it.)',
      ko: '업그레이드를 거부하는 중간 장비를 두고 같은 채팅을 실행했습니다. 메시지 {sent}개 중 Socket.IO는 {socketIo}개, ws는 {ws}개에 응답을 받았습니다. 대신 메시지와 에코에 붙는 바이트가 {upgraded}에서 {fallen} 바이트로 늘고, 메시지마다 요청이 {requests}회 필요합니다. (요즘 브라우저는 모두 WebSocket을 지원하지만, 중간 장비가 거부할 수 있습니다.)',
    },
    refined: {
      en: 'Both got through here: Socket.IO {socketIo} of {sent} messages, ws {ws}.',
      ko: '여기서는 둘 다 통신할 수 있었습니다. 메시지 {sent}개 중 Socket.IO {socketIo}개, ws {ws}개가 응답을 받았습니다.',
    },
    contradicted: {
      en: 'Behind a middlebox that refuses upgrades Socket.IO had only {socketIo} of {sent} messages answered, ws {ws}.',
      ko: '업그레이드를 거부하는 중간 장비를 두면 메시지 {sent}개 중 Socket.IO는 {socketIo}개, ws는 {ws}개에만 응답을 받았습니다.',
    },
  },
});

export const socketIoOverhead = judgement({
  needs: ['echo', 'memory'],
  facts: (evidence) => [
    ...upDown(evidence, both),
    ...carriedFacts(evidence, 'echo', both, 'setup-bytes', setupBytesPerClient),
    ...facts(evidence, 'memory', both, 'server-memory'),
  ],
  reads: {
    wsUp: ['overhead-up', 'ws'],
    wsDown: ['overhead-down', 'ws'],
    up: ['overhead-up', 'socket.io'],
    down: ['overhead-down', 'socket.io'],
    wsSetup: ['setup-bytes', 'ws'],
    setup: ['setup-bytes', 'socket.io'],
  },
  quotes: { wsMemory: ['server-memory', 'ws'], memory: ['server-memory', 'socket.io'] },
  brief: [
    {
      en: 'beside a message: ws {wsUp} + {wsDown} B, Socket.IO {up} + {down} B',
      ko: '메시지에 붙는 바이트: ws {wsUp} + {wsDown} B, Socket.IO {up} + {down} B',
    },
  ],
  verdict({ wsUp, wsDown, up, down, wsSetup, setup }) {
    const heavier = [up > wsUp, down > wsDown, setup > wsSetup].filter(Boolean).length;
    return heavier === 3 ? 'confirmed' : heavier === 0 ? 'contradicted' : 'refined';
  },
  explains: {
    confirmed: {
      en: 'A message carries {up} + {down} bytes over Socket.IO and {wsUp} + {wsDown} over ws; a connection {setup} and {wsSetup} bytes; at the server it keeps {memory} and {wsMemory} of memory.',
      ko: '메시지마다 Socket.IO는 {up} + {down} 바이트, ws는 {wsUp} + {wsDown} 바이트가 붙습니다. 연결에는 {setup} 대 {wsSetup} 바이트가 들고, 서버 메모리는 연결당 {memory} 대 {wsMemory}입니다.',
    },
    refined: {
      en: 'Not in everything: messages {up} + {down} against {wsUp} + {wsDown} bytes, connections {setup} against {wsSetup}.',
      ko: '모든 면에서 그런 것은 아닙니다. 메시지는 {up} + {down} 대 {wsUp} + {wsDown} 바이트, 연결은 {setup} 대 {wsSetup} 바이트입니다.',
    },
    contradicted: {
      en: 'Socket.IO was not heavier: messages {up} + {down} against {wsUp} + {wsDown} bytes, connections {setup} against {wsSetup}.',
      ko: 'Socket.IO의 바이트가 더 많지 않았습니다. 메시지는 {up} + {down} 대 {wsUp} + {wsDown} 바이트, 연결은 {setup} 대 {wsSetup} 바이트입니다.',
    },
  },
});

export const socketIoUse = judgement({
  needs: ['chat'],
  facts(evidence) {
    // A run has no chat; its echoes go over the same two.
    if (evidence.trials('chat').length > 0)
      return [
        ...facts(evidence, 'chat', both, 'chat-delivered'),
        ...facts(evidence, 'chat', both, 'chat-expected'),
      ];
    return [
      ...carriedFacts(evidence, 'echo', both, 'chat-delivered', ({ delivery }) => delivery?.delivered),
      ...carriedFacts(evidence, 'echo', both, 'chat-expected', ({ delivery }) => delivery?.sent),
    ];
  },
  reads: {
    ws: ['chat-delivered', 'ws'],
    wsOf: ['chat-expected', 'ws'],
    socketIo: ['chat-delivered', 'socket.io'],
    socketIoOf: ['chat-expected', 'socket.io'],
  },
  brief: [
    {
      en: 'delivered: ws {ws}/{wsOf}, Socket.IO {socketIo}/{socketIoOf}',
      ko: '전달: ws {ws}/{wsOf}, Socket.IO {socketIo}/{socketIoOf}',
    },
  ],
  // If only one of the two can do the job, advice is a fact; if both can, it is taste.
  verdict({ ws, wsOf, socketIo, socketIoOf }) {
    const [wsCan, socketIoCan] = [ws === wsOf, socketIo === socketIoOf];
    if (wsCan && socketIoCan) return 'opinion';
    return socketIoCan ? 'confirmed' : 'contradicted';
  },
  explains: {
    opinion: {
      en: 'Nothing to measure: both carried every message, ws {ws} of {wsOf} and Socket.IO {socketIo} of {socketIoOf}. What is simple or complex is yours to say; rows B2 and B5 say what each has and costs.',
      ko: '측정해서 정할 문제가 아닙니다. 둘 다 메시지를 모두 전달했습니다(ws {wsOf}개 중 {ws}개, Socket.IO {socketIoOf}개 중 {socketIo}개). 무엇이 단순하고 무엇이 복잡한지는 각자 판단할 일입니다. 기능은 B2, 비용은 B5 항목에 있습니다.',
    },
    confirmed: {
      en: 'Here only Socket.IO carried every message: {socketIo} of {socketIoOf} messages, ws {ws} of {wsOf}.',
      ko: '여기서는 Socket.IO만 메시지를 모두 전달했습니다. Socket.IO {socketIoOf}개 중 {socketIo}개, ws {wsOf}개 중 {ws}개입니다.',
    },
    contradicted: {
      en: 'Here Socket.IO did not carry every message: {socketIo} of {socketIoOf} messages, ws {ws} of {wsOf}.',
      ko: '여기서 Socket.IO는 메시지를 다 전달하지 못했습니다. Socket.IO {socketIoOf}개 중 {socketIo}개, ws {wsOf}개 중 {ws}개입니다.',
    },
  },
});

/**
 * How the rows of table B are decided. Over 200 lines because each rule keeps the sentences of its verdicts, in two
 * languages, beside it.
 */
import { setupBytesPerClient } from './cost.ts';
import { judgement } from './judgement.ts';
import { outageFacts } from './outage-facts.ts';
import { facts, probed, upDown } from './trial-facts.ts';

/** ws, and Socket.IO as it comes. */
const both = ['ws', 'socket.io'];

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
  },
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

export const features = judgement({
  needs: ['events', 'rooms', 'namespaces', 'outage'],
  facts: (evidence) => [
    ...probed(evidence, 'named-events', 'rooms', 'namespaces'),
    ...outageFacts(evidence, both),
  ],
  reads: {
    events: ['named-events', 'socket.io'],
    rooms: ['rooms', 'socket.io'],
    namespaces: ['namespaces', 'socket.io'],
    back: ['clients-back', 'socket.io'],
    cut: ['clients-cut', 'socket.io'],
    wsEvents: ['named-events', 'ws'],
    wsRooms: ['rooms', 'ws'],
    wsNamespaces: ['namespaces', 'ws'],
    wsBack: ['clients-back', 'ws'],
  },
  verdict({ events, rooms, namespaces, back, cut, wsEvents, wsRooms, wsNamespaces, wsBack }) {
    if (events + rooms + namespaces < 3 || back < cut) return 'contradicted';
    return wsEvents + wsRooms + wsNamespaces + wsBack === 0 ? 'confirmed' : 'refined';
  },
  explains: {
    confirmed: {
      en: 'Each was asked of running servers. Socket.IO has named events, rooms and namespaces, and {back} of {cut} clients came back after a cut; ws has none of these by itself ({wsBack} came back).',
      ko: '실행 중인 서버에서 하나씩 확인했습니다. Socket.IO에는 이름 있는 이벤트, 룸, 네임스페이스가 있고, 연결이 끊긴 클라이언트 {cut}개 중 {back}개가 다시 연결되었습니다. ws 자체에는 이런 기능이 없습니다(다시 연결된 클라이언트 {wsBack}개).',
    },
    refined: {
      en: 'Socket.IO has all four ({back} of {cut} clients came back), but ws is not without: {wsBack} of its clients came back.',
      ko: 'Socket.IO에는 네 가지가 모두 있습니다(클라이언트 {cut}개 중 {back}개가 다시 연결됨). 그러나 ws에도 전혀 없지는 않습니다(다시 연결된 클라이언트 {wsBack}개).',
    },
    contradicted: {
      en: 'Not all of it was found: {back} of {cut} Socket.IO clients came back after a cut.',
      ko: '모두 확인되지는 않았습니다. 연결이 끊긴 Socket.IO 클라이언트 {cut}개 중 {back}개가 다시 연결되었습니다.',
    },
  },
});

export const ease = judgement({
  needs: ['effort'],
  facts: (evidence) =>
    probed(
      ...([evidence, 'lines-server', 'lines-client', 'packages-server', 'packages-client'] as const),
      ...(['installed-bytes-server', 'installed-bytes-client', 'page-bytes', 'page-bytes-gzip'] as const),
    ),
  reads: {
    ws: ['packages-server', 'ws'],
    socketIo: ['packages-server', 'socket.io'],
    wsBytes: ['installed-bytes-server', 'ws'],
    socketIoBytes: ['installed-bytes-server', 'socket.io'],
    wsLines: ['lines-server', 'ws'],
    socketIoLines: ['lines-server', 'socket.io'],
  },
  quotes: { page: ['page-bytes-gzip', 'socket.io'] },
  verdict({ ws, socketIo, wsBytes, socketIoBytes, wsLines, socketIoLines }) {
    if (ws >= socketIo || wsBytes >= socketIoBytes) return 'contradicted';
    return wsLines < socketIoLines ? 'confirmed' : 'refined';
  },
  explains: {
    confirmed: {
      en: 'ws brings {ws} package ({wsBytes}) and took {wsLines} lines for the matching server; Socket.IO {socketIo} packages ({socketIoBytes}) and {socketIoLines} lines.',
      ko: '같은 서버를 만드는 데 ws는 패키지 {ws}개({wsBytes})와 코드 {wsLines}줄, Socket.IO는 패키지 {socketIo}개({socketIoBytes})와 코드 {socketIoLines}줄이 들었습니다.',
    },
    refined: {
      en: 'Lighter to install, not simpler to write: ws brings {ws} package ({wsBytes}), Socket.IO {socketIo} ({socketIoBytes}), and its page loads {page} (gzip); but the matching server took {wsLines} lines with ws and {socketIoLines} with Socket.IO.',
      ko: '설치는 더 가볍지만 코드가 더 단순하지는 않습니다. ws는 패키지 {ws}개({wsBytes})입니다. Socket.IO는 {socketIo}개({socketIoBytes})이고, 페이지가 {page}(gzip)를 내려받습니다. 그러나 같은 서버를 만드는 데 ws는 {wsLines}줄, Socket.IO는 {socketIoLines}줄이 들었습니다.',
    },
    contradicted: {
      en: 'ws brings {ws} packages ({wsBytes}), Socket.IO {socketIo} ({socketIoBytes}): not lighter.',
      ko: 'ws는 패키지 {ws}개({wsBytes}), Socket.IO는 {socketIo}개({socketIoBytes})로 ws가 더 가볍지 않습니다.',
    },
  },
});

export const compatibility = judgement({
  needs: ['fallback'],
  facts: (evidence) =>
    probed(evidence, 'messages-sent-blocked', 'messages-delivered-blocked', 'spoke-over-blocked'),
  reads: {
    sent: ['messages-sent-blocked', 'socket.io'],
    ws: ['messages-delivered-blocked', 'ws'],
    socketIo: ['messages-delivered-blocked', 'socket.io'],
  },
  verdict({ sent, ws, socketIo }) {
    if (socketIo < sent) return 'contradicted';
    return ws === 0 ? 'confirmed' : 'refined';
  },
  explains: {
    confirmed: {
      en: 'The same chat behind a middlebox that refuses upgrades: Socket.IO had {socketIo} of {sent} messages answered, ws {ws}. (Current browsers all have WebSocket; what lies between may still refuse it.)',
      ko: '업그레이드를 거부하는 중간 장비를 두고 같은 채팅을 실행했습니다. 메시지 {sent}개 중 Socket.IO는 {socketIo}개, ws는 {ws}개에 응답을 받았습니다. (요즘 브라우저는 모두 WebSocket을 지원하지만, 중간 장비가 거부할 수 있습니다.)',
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
    ...facts(evidence, 'echo', both, 'setup-bytes', setupBytesPerClient),
    ...facts(evidence, 'memory', both, 'server-memory', ({ memory }) => memory?.serverBytes),
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
  facts: (evidence) => [
    ...facts(evidence, 'chat', both, 'chat-delivered', ({ delivery }) => delivery.delivered),
    ...facts(evidence, 'chat', both, 'chat-expected', ({ delivery }) => delivery.sent),
  ],
  reads: {
    ws: ['chat-delivered', 'ws'],
    wsOf: ['chat-expected', 'ws'],
    socketIo: ['chat-delivered', 'socket.io'],
    socketIoOf: ['chat-expected', 'socket.io'],
  },
  // Where only one of the two can do the job, advice is a fact; where both can, it is taste.
  verdict({ ws, wsOf, socketIo, socketIoOf }) {
    const [wsCan, socketIoCan] = [ws === wsOf, socketIo === socketIoOf];
    if (wsCan && socketIoCan) return 'opinion';
    return socketIoCan ? 'confirmed' : 'contradicted';
  },
  explains: {
    opinion: {
      en: 'Nothing to measure: both carried the chat, ws {ws} of {wsOf} messages and Socket.IO {socketIo} of {socketIoOf}. What is simple or complex is yours to say; rows B2 and B5 say what each has and costs.',
      ko: '측정해서 정할 문제가 아닙니다. 둘 다 채팅 메시지를 전달했습니다(ws {wsOf}개 중 {ws}개, Socket.IO {socketIoOf}개 중 {socketIo}개). 무엇이 단순하고 무엇이 복잡한지는 각자 판단할 일입니다. 기능은 B2, 비용은 B5 항목에 있습니다.',
    },
    confirmed: {
      en: 'Here only Socket.IO carried the chat: {socketIo} of {socketIoOf} messages, ws {ws} of {wsOf}.',
      ko: '여기서는 Socket.IO만 채팅 메시지를 전달했습니다. Socket.IO {socketIoOf}개 중 {socketIo}개, ws {wsOf}개 중 {ws}개입니다.',
    },
    contradicted: {
      en: 'Here Socket.IO did not carry the whole chat: {socketIo} of {socketIoOf} messages, ws {ws} of {wsOf}.',
      ko: '여기서 Socket.IO는 채팅 메시지를 다 전달하지 못했습니다. Socket.IO {socketIoOf}개 중 {socketIo}개, ws {wsOf}개 중 {ws}개입니다.',
    },
  },
});

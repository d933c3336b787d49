/**
 * How rows B2 and B3 are decided: by the features that each library has by itself, and by what it takes to install and
 * to write.
 */
import type { Fact } from '../probes/fact.ts';
import { fact } from '../probes/fact.ts';
import type { Evidence } from './evidence.ts';
import { judgement } from './judgement.ts';
import { both } from './judgements-b.ts';
import { probed } from './trial-facts.ts';

/** Named events, rooms, namespaces, reconnecting after a cut: how many of them a library has by itself. */
function featuresHad(evidence: Evidence): Fact[] {
  const asked = probed(evidence, 'named-events', 'rooms', 'namespaces', 'comes-back');
  const had = both.flatMap((transport) => {
    const flags = asked.filter((one) => one.transport === transport).map(({ value }) => Number(value));
    return flags.length < 4
      ? []
      : [
          fact(
            'features-had',
            transport,
            flags.reduce((sum, flag) => sum + flag, 0),
          ),
        ];
  });
  return [...asked, ...had];
}

export const features = judgement({
  needs: ['events', 'rooms', 'namespaces', 'reconnection'],
  facts: featuresHad,
  reads: { socketIo: ['features-had', 'socket.io'], ws: ['features-had', 'ws'] },
  quotes: {
    events: ['named-events', 'socket.io'],
    back: ['comes-back', 'socket.io'],
    rooms: ['rooms', 'socket.io'],
    namespaces: ['namespaces', 'socket.io'],
  },
  brief: [
    {
      en: 'of 4 features Socket.IO has {socketIo}, ws {ws}',
      ko: '네 기능 중 Socket.IO {socketIo}개, ws {ws}개',
    },
  ],
  verdict({ socketIo, ws }) {
    if (socketIo < 4) return 'contradicted';
    return ws === 0 ? 'confirmed' : 'refined';
  },
  explains: {
    confirmed: {
      en: 'Each was asked of running servers. Socket.IO has {socketIo} of 4: named events, rooms, namespaces, and coming back by itself after a cut. ws has {ws}.',
      ko: '실행 중인 서버에서 하나씩 확인했습니다. Socket.IO에는 이름 있는 이벤트, 룸, 네임스페이스, 끊긴 뒤 자동 재연결 네 가지 중 {socketIo}가지가 있고 ws에는 {ws}가지가 있습니다.',
    },
    refined: {
      en: 'Socket.IO has {socketIo} of 4 (named events, rooms, namespaces, coming back after a cut), but ws is not without: {ws}.',
      ko: 'Socket.IO에는 네 가지(이름 있는 이벤트, 룸, 네임스페이스, 끊긴 뒤 자동 재연결) 중 {socketIo}가지가 있지만 ws에도 {ws}가지가 있습니다.',
    },
    contradicted: {
      en: 'Socket.IO has {socketIo} of 4: named events {events}, rooms {rooms}, namespaces {namespaces}, coming back after a cut {back}. ws has {ws}.',
      ko: 'Socket.IO에는 네 가지 중 {socketIo}가지가 있습니다: 이름 있는 이벤트 {events}, 룸 {rooms}, 네임스페이스 {namespaces}, 끊긴 뒤 자동 재연결 {back}. ws에는 {ws}가지가 있습니다.',
    },
  },
});

/** A line more or less is a matter of style: lengths that differ by less than a tenth are equal. */
const sameLines = 0.9;

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
  brief: [
    {
      en: 'packages, lines: ws {ws}, {wsLines}; Socket.IO {socketIo}, {socketIoLines}',
      ko: '패키지, 코드 줄: ws {ws}, {wsLines}. Socket.IO {socketIo}, {socketIoLines}',
    },
  ],
  conditions: {
    refined: { en: 'lighter to install, no shorter to write', ko: '설치는 가볍지만 코드는 더 짧지 않음' },
  },
  verdict({ ws, socketIo, wsBytes, socketIoBytes, wsLines, socketIoLines }) {
    if (ws >= socketIo || wsBytes >= socketIoBytes) return 'contradicted';
    return wsLines < sameLines * socketIoLines ? 'confirmed' : 'refined';
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
      en: 'ws brings {ws} packages ({wsBytes}), Socket.IO {socketIo} ({socketIoBytes}): not lighter in both.',
      ko: 'ws는 패키지 {ws}개({wsBytes}), Socket.IO는 {socketIo}개({socketIoBytes})로, ws가 두 가지 모두에서 가볍지는 않습니다.',
    },
  },
});

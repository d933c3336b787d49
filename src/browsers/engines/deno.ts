/** Deno with all permissions: it only runs this package's own code, on this machine. */
import { text } from '../../base/text.ts';
import { isHttp2, isSealed, type Over } from '../../protocols/over.ts';
import type { Engine, StartedWith } from '../engine.ts';
import type { SpokenLane } from '../page-talk.ts';
import { startedBy, trustedBy, trustInFile } from './process-engine.ts';

export const deno = {
  name: 'deno',
  title: 'Deno',
  programs: ['deno'],
  package: null,
  install: 'npm install -g deno',
  args: startedBy('run', '--allow-all', '--no-lock'),
  profile: trustInFile,
  environment: (started: StartedWith) => ({
    ...trustedBy('DENO_CERT')(started),
    DENO_DIR: started.folder,
    DENO_NO_UPDATE_CHECK: '1',
  }),
  cannot(lane: SpokenLane, over: Over) {
    if (lane === 'ws' && isHttp2(over)) return reasons.wsOverHttp2;
    return lane === 'socket.io' && isSealed(over) ? reasons.sealedSocketIo : null;
  },
} as const satisfies Engine;

const reasons = {
  wsOverHttp2: text(
    'Deno opens a connection of HTTP/1.1 for a WebSocket, beside that of HTTP/2: use --over https',
    'Deno는 WebSocket에 HTTP/2 연결과 별도로 HTTP/1.1 연결을 엽니다. --over https를 써야 합니다',
  ),
  sealedSocketIo: text(
    'the client of Socket.IO asks by what Deno has of Node’s, whose connections stand in no key log: use --over http',
    'Socket.IO 클라이언트는 Deno의 Node 호환 모듈로 통신하고, 그 연결은 키 로그에 남지 않습니다. --over http를 써야 합니다',
  ),
};

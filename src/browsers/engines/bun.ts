/** Bun. It does not export the secrets of its connections, so its TLS bytes are counted but have no owners. */
import { text } from '../../base/text.ts';
import { isSealed, type Over } from '../../protocols/over.ts';
import type { Engine } from '../engine.ts';
import type { SpokenLane } from '../page-talk.ts';
import { startedBy, trustedBy, trustInFile } from './process-engine.ts';

export const bun = {
  name: 'bun',
  title: 'Bun',
  programs: ['bun'],
  package: null,
  install: 'npm install -g bun',
  args: startedBy(),
  profile: trustInFile,
  environment: trustedBy('NODE_EXTRA_CA_CERTS'),
  cannot(lane: SpokenLane, over: Over) {
    if (lane === 'sse') return reasons.noEventSource;
    return isSealed(over) ? reasons.noKeyLog : null;
  },
} as const satisfies Engine;

const reasons = {
  noEventSource: text('Bun has no EventSource', 'Bun에는 EventSource가 없습니다'),
  noKeyLog: text(
    'Bun writes no key log, so nobody can tell whose the bytes are that it seals: use --over http',
    'Bun은 키 로그를 남기지 않아 암호화된 바이트의 주인을 알 수 없습니다. --over http를 써야 합니다',
  ),
};

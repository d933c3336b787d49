/** A server that accepts and closes: clients that reset their back-off as soon as a connection is open. */
import type { Law } from './law.ts';
import type { ReconnectPolicy } from './reconnection.ts';

/** HERD6: the same policy for a client whose every attempt is accepted: each wait is the first. */
export const forgetful =
  (policy: ReconnectPolicy): ReconnectPolicy =>
  (_, random) =>
    policy(0, random);

/** HERD6: a client's connections per second. @param p.firstMs mean first wait; @param p.handshakeMs until accepted. */
export const flapsPerSecond = (p: { firstMs: number; handshakeMs: number }): number =>
  1000 / (p.firstMs + p.handshakeMs);

export const herd6 = {
  id: 'HERD6',
  exact: false,
  title: { en: 'Let in and put out: no back-off at all', ko: '받아 주고 끊는 서버: 백오프 없음' },
  statement: {
    en: 'Most clients forget how long they have waited as soon as a connection is open. A server that accepts and closes at once (it is starting, it has no room, its database is away) then meets each of them at the rate of its first wait, for as long as that lasts: no wait ever grows. A client with a first wait of 75 ms comes thirteen times a second, and two hundred of them 2,600 times. A back-off that is forgotten only when a connection has stood for a while, or a server that answers 503 before it accepts, keeps the herd away.',
    ko: '대부분의 클라이언트는 연결이 열리자마자 그동안 얼마나 기다렸는지 잊습니다. 받아들이자마자 끊는 서버(시작하는 중이거나, 자리가 없거나, 데이터베이스가 멈춘 서버)는 그 상태가 이어지는 동안 모든 클라이언트를 첫 대기 시간의 속도로 맞게 됩니다. 대기 시간은 결코 길어지지 않습니다. 첫 대기가 75 ms인 클라이언트는 초당 13번, 200개라면 2,600번 옵니다. 연결이 한동안 유지된 뒤에야 백오프를 잊거나, 서버가 받아들이기 전에 503으로 답하면 이 무리를 막을 수 있습니다.',
  },
  formula: 'connections a second = N/(h + w)',
  source: 'derived',
  parameters: [
    { name: 'N', unit: '', meaning: { en: 'clients', ko: '클라이언트 수' } },
    { name: 'h', unit: 'ms', meaning: { en: 'handshake', ko: '핸드셰이크' } },
    { name: 'w', unit: 'ms', meaning: { en: 'first wait', ko: '첫 대기 시간' } },
  ],
  plot: {
    x: { label: { en: 'first wait', ko: '첫 대기 시간' }, unit: 'ms' },
    y: {
      label: { en: 'connections a second of one client', ko: '클라이언트 하나의 초당 연결 수' },
      unit: '',
    },
    from: 10,
    to: 3000,
    curve: (x) => flapsPerSecond({ firstMs: x, handshakeMs: 0 }),
  },
} satisfies Law;

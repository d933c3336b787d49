/**
 * The letters the laws share, each explained once, and the units they are computed in: nanoseconds, bytes,
 * messages per second.
 */
import type { Parameter } from './law.ts';

export const nanoseconds = { perMs: 1e6, perSecond: 1e9 } as const;

/** λ·t: how many messages are expected in `durationNs` at `rate` messages per second. */
export const expectedMessages = (rate: number, durationNs: number): number =>
  (rate * durationNs) / nanoseconds.perSecond;

const parameter = (name: string, unit: string, en: string, ko: string): Parameter => ({
  name,
  unit,
  meaning: { en, ko },
});

export const u = parameter(
  'u',
  'ns',
  'one-way delay, client to server',
  '클라이언트에서 서버까지의 편도 지연',
);
export const d = parameter(
  'd',
  'ns',
  'one-way delay, server to client',
  '서버에서 클라이언트까지의 편도 지연',
);
export const rtt = parameter('RTT', 'ns', 'round trip, u + d', '왕복 시간, u + d');
export const s = parameter(
  's',
  'ns',
  'time the server works on one request',
  '서버가 요청 하나를 처리하는 시간',
);
export const r = parameter(
  'r',
  'ns',
  'time the client needs to ask again',
  '클라이언트가 다시 요청하기까지 걸리는 시간',
);
export const lambda = parameter(
  'λ',
  '1/s',
  'messages per second for one client',
  '클라이언트 하나당 초당 메시지 수',
);
export const P = parameter('P', 'ns', 'period between two messages, 1/λ', '메시지 사이의 간격, 1/λ');
export const T = parameter('T', 'ns', 'poll interval', '폴링 간격');
export const V = parameter(
  'V',
  'ns',
  'blind window of long polling, d + r + u + s',
  '롱 폴링의 응답 공백 시간, d + r + u + s',
);
export const n = parameter('n', 'B', 'payload of one message', '메시지 하나의 페이로드 크기');
export const N = parameter('N', '', 'number of clients', '클라이언트 수');

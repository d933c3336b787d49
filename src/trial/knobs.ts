/**
 * The table of knobs: all options of a trial. The command line, the environment, the configuration, the library, sweeps
 * and usual plans read it.
 */
import { isIP } from 'node:net';
import { certificateKinds } from '../base/certificate.ts';
import { arrivals } from '../base/schedule.ts';
import { text } from '../base/text.ts';
import type { Load } from '../document/report.ts';
import { loopback } from '../network/link.ts';
import { maxMessageBytes } from '../protocols/contract.ts';
import { overs, tlsVersions } from '../protocols/over.ts';
import { usualHoldMs } from '../servers/server.ts';
import type { Transport } from '../transports/transport.ts';
import {
  briefDuration,
  choice,
  duration,
  durationOrNone,
  flagAlone,
  type Knob,
  milliseconds,
  oneOf,
  onOrOff,
  positive,
  type TypedKnob,
  whole,
} from './knob.ts';
import type { TrialPlan } from './plan.ts';
import { outage } from './scenarios/outage.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** Knobs of the load, in the order of the report: so equal loads are equal as text. */
export const loadKnobs = {
  clients: {
    ...whole('--clients <n>', text('simulated clients', '모의 클라이언트 수'), [1, 100_000], 10),
    swept: '1,10,100',
  },
  messages: {
    ...whole('--messages <n>', text('messages per client', '클라이언트당 메시지 수'), [1, 1_000_000], 30),
    swept: '1,10,100',
  },
  rate: {
    ...positive(
      '--rate <n>',
      text('messages per second and client', '클라이언트당 초당 메시지 수'),
      100_000,
      20,
    ),
    swept: '1,10,100',
  },
  arrivals: choice(
    '--arrivals <kind>',
    text('how messages are spread', '메시지 간격의 분포'),
    arrivals,
    'jittered',
  ),
  durationMs: durationOrNone(
    '--duration <time>',
    text('end the phase after this, if messages have not', '메시지가 남았어도 이 시간이 지나면 끝냄'),
    null,
  ),
  size: {
    ...whole(
      '--size <bytes>',
      text('payload of a message', '메시지 페이로드의 크기'),
      [0, maxMessageBytes],
      64,
    ),
    swept: '1,10,100',
  },
  payload: choice('--payload <kind>', text('what a message is', '메시지의 종류'), ['text', 'binary'], 'text'),
  pollIntervalMs: {
    ...duration('--poll-interval <time>', text('how often polling asks', '폴링이 요청하는 간격'), 100),
    swept: '100ms,1s',
  },
  warmup: whole(
    '--warmup <n>',
    text('warm-up messages per client', '클라이언트당 준비 메시지 수'),
    [0, 10_000],
    5,
  ),
  closed: flagAlone(
    '--closed',
    text(
      'wait for each answer before the next message (latency then counts from sending)',
      '응답을 받은 뒤에 다음 메시지를 보냄(지연은 보낸 때부터 셈)',
    ),
  ),
  ...outage.knobs,
  writeCostUs: briefDuration(
    '--write-cost <time>',
    text('CPU time the server burns at every write', '서버가 쓸 때마다 소모하는 CPU 시간'),
    0,
  ),
} as const satisfies Record<Exclude<keyof Load, 'own'>, TypedKnob>;

/** Knobs of one scenario that have no field of their own in the report: they stand in the load under `own`. */
export const ownKnobs = ({ knobs = {} }: Scenario): Readonly<Record<string, TypedKnob>> =>
  Object.fromEntries(Object.entries(knobs).filter(([key]) => !(key in loadKnobs)));

/** No `own` at all if a scenario has no such knobs. */
export const asOwn = (values: NonNullable<Load['own']>): Pick<Load, 'own'> =>
  Object.keys(values).length > 0 ? { own: values } : {};

/** Knobs besides the load that the command line has too. */
export const sharedKnobs = {
  heartbeatMs: durationOrNone(
    '--heartbeat <time>',
    text('pings and comments: none, or an interval', '핑과 주석: none 또는 간격'),
    25_000,
    true,
  ),
  keepAlive: onOrOff('--keep-alive <on|off>', text('reuse HTTP connections', 'HTTP 연결의 재사용')),
  compression: flagAlone(
    '--compression',
    text('offer permessage-deflate where the protocol has it', '프로토콜에 있으면 permessage-deflate를 제안'),
  ),
  host: {
    takes: (value) => typeof value === 'string' && isIP(value) > 0,
    expected: text(
      'Write a literal address, such as 127.0.0.1 or ::1.',
      '127.0.0.1이나 ::1처럼 숫자로 된 주소를 적어야 합니다.',
    ),
    flag: '--host <address>',
    words: text('literal address to listen on', '받을 주소(이름이 아닌 숫자)'),
    typed: { kind: 'address' },
    usual: '127.0.0.1',
  },
  port: whole(
    '--port <port>',
    text('port of the server; 0 = any free one', '서버의 포트. 0 = 아무 빈 포트'),
    [0, 65_535],
    0,
  ),
  tlsVersion: choice('--tls <version>', text('version of TLS', 'TLS 버전'), tlsVersions, '1.3'),
  certificate: choice(
    '--certificate <kind>',
    text('key of the certificate that is made for the run', '측정을 위해 만드는 인증서의 키'),
    certificateKinds,
    'ecdsa',
  ),
  seed: whole('--seed <n>', text('seed of every schedule', '모든 일정의 시드'), [0, 2 ** 32 - 1], 1),
  timeoutMs: duration(
    '--timeout <time>',
    text('how long a message may take', '메시지를 기다리는 최대 시간'),
    10_000,
  ),
} as const satisfies Record<string, TypedKnob>;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPlain = (value: unknown): boolean =>
  value === null || ['number', 'string', 'boolean'].includes(typeof value);

/** The check of a load's `own`: the knobs of one scenario. */
export const ownKnob: Knob = {
  takes: (value) => isRecord(value) && Object.values(value).every(isPlain),
  expected: text(
    'Write an object of names and plain values.',
    '이름과 단순한 값으로 된 객체를 적어야 합니다.',
  ),
};

/** Knobs besides the load, including values that only the library takes. */
export const conditionKnobs = {
  ...sharedKnobs,
  headers: {
    takes: (value) => isRecord(value) && Object.values(value).every((one) => typeof one === 'string'),
    expected: text('Write an object of names and texts.', '이름과 문자열로 된 객체를 적어야 합니다.'),
  },
  holdMs: milliseconds,
  over: oneOf(overs),
  signal: {
    takes: (value) => value instanceof AbortSignal,
    expected: text('Write an AbortSignal.', 'AbortSignal을 적어야 합니다.'),
  },
  record: {
    takes: (value) => value === undefined || typeof value === 'function',
    expected: text('Write a function.', '함수를 적어야 합니다.'),
  },
} as const satisfies Record<string, Knob>;

const usualOf = <Knobs extends Readonly<Record<string, TypedKnob>>>(knobs: Knobs) =>
  Object.fromEntries(Object.entries(knobs).map(([key, { usual }]) => [key, usual])) as {
    [Key in keyof Knobs]: Knobs[Key]['usual'];
  };

export const usualLoad: Load = usualOf(loadKnobs);

export interface PlanAsked extends Partial<Omit<TrialPlan, 'transport' | 'scenario' | 'load'>> {
  readonly transport: Transport;
  readonly scenario: Scenario;
  readonly load?: Partial<Load>;
}

/** A plan with usual values except for those given. No heartbeats by default. */
export const usualPlan = ({ load, scenario, ...asked }: PlanAsked): TrialPlan => ({
  link: loopback,
  middleboxes: {},
  proxies: [],
  headers: {},
  repeat: 0,
  ...usualOf(sharedKnobs),
  heartbeatMs: null,
  holdMs: usualHoldMs,
  over: 'http',
  signal: new AbortController().signal,
  scenario,
  ...asked,
  load: {
    ...usualLoad,
    ...scenario.defaults,
    ...load,
    ...asOwn({ ...usualOf(ownKnobs(scenario)), ...load?.own }),
  },
});

/** Idle: what silence costs a client in an hour, and what one more connection keeps in memory. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { bytes, count, time } from '../../blocks/quantities.ts';
import { decidedBy } from '../run/contest.ts';
import type { Group } from '../run/groups.ts';
import { meanBytes, some, type Telling, trialsOf } from './scenario-view.ts';

const legends = {
  idle: text(
    'Per client and hour, EXTRAPOLATED from {time} of silence. Bytes go both ways. A client wakes up for every chunk it is handed.',
    '클라이언트당 한 시간의 값: 메시지 없이 {time} 동안 측정해 외삽한 추정치. 바이트는 양방향의 합. 깨어난 횟수: 데이터 조각이 도착해 클라이언트가 깨어난 횟수.',
  ),
  idleMissing: text(
    'Per client and hour: not measured in this run.',
    '클라이언트당 한 시간의 값: 이번 실행에서 측정하지 않음.',
  ),
  fewPolls: text(
    'That is less than three poll intervals of {interval}: too little for a good hour of polls.',
    '측정한 시간이 폴링 간격 {interval}의 세 배보다 짧아, 한 시간의 폴링을 추정하기에는 부족합니다.',
  ),
  memory: text(
    'B/conn: memory one more connection keeps, the slope over {steps} clients after garbage collection; near 0 it may come out negative.',
    'B/연결: 연결 하나가 더 차지하는 메모리. 클라이언트 {steps}개에서 가비지 컬렉션 뒤에 측정한 값의 기울기이며, 0에 가까우면 음수가 나올 수도 있습니다.',
  ),
  memoryMissing: text(
    'Memory per connection: not measured in this run; it takes 20 clients or more.',
    '연결당 메모리: 이번 실행에서 측정하지 않음(클라이언트 20개 이상 필요).',
  ),
};

const whole = (value: number): string => meanBytes(Math.round(value));

/** From fewer intervals than this an hour cannot be extrapolated well. */
const enoughIntervals = 3;

function extrapolation(group: Group, reader: Reader): string {
  const seconds = trialsOf(group).flatMap(({ idle }) => (idle === null ? [] : idle.seconds));
  if (seconds.length === 0) return say(reader, legends.idleMissing);
  return say(reader, legends.idle, { time: time(Math.min(...seconds) * 1e9) });
}

function coarse({ load, ...group }: Group, reader: Reader): string[] {
  const polls = trialsOf({ load, ...group }).some((trial) => trial.polls !== null && trial.polls.made > 0);
  if (!polls || (load.durationMs ?? 0) >= enoughIntervals * load.pollIntervalMs) return [];
  return [say(reader, legends.fewPolls, { interval: time(load.pollIntervalMs * 1e6) })];
}

function memoryLegend(group: Group, reader: Reader): string {
  const memory = trialsOf(group).find((trial) => trial.memory !== null)?.memory;
  if (!memory) return say(reader, legends.memoryMissing);
  return say(reader, legends.memory, { steps: memory.steps.map(count).join(', ') });
}

const hourly = (of: 'bytes' | 'requests' | 'wakeUps') => (trial: Trial) => some(trial.idle?.[of], whole);
const memory = (of: 'serverBytes' | 'clientBytes') => (trial: Trial) => some(trial.memory?.[of], whole);

const title = text('Silence, bytes a client and hour, extrapolated', '유휴 비용(클라이언트당 한 시간, 외삽)');
const best = text('fewest', '가장 적은 방식');

export const idle = {
  columns: [
    { head: text('bytes per hour', '시간당 바이트'), read: hourly('bytes') },
    { head: text('requests per hour', '시간당 요청'), read: hourly('requests') },
    { head: text('wake-ups per hour', '시간당 깨어난 횟수'), read: hourly('wakeUps') },
    { head: text('server B/conn', '서버 B/연결'), read: memory('serverBytes'), optional: true },
    { head: text('client B/conn', '클라이언트 B/연결'), read: memory('clientBytes'), optional: true },
  ],
  legend: (group, reader) => [
    extrapolation(group, reader),
    ...coarse(group, reader),
    memoryLegend(group, reader),
  ],
  sentences: decidedBy({
    by: 'bytes',
    title,
    best,
    // The same heartbeats, over phases that ended some milliseconds apart.
    tolerance: 0.02,
    measure: (trial) => trial.idle?.bytes,
    text: (value) => bytes(Math.round(value)),
  }),
} satisfies Telling;

/** Idle: what silence costs a client in an hour, and what one more connection keeps in memory. */
import { text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import { contestSentence } from '../contest.ts';
import type { Group } from '../groups.ts';
import { bytes, count, time } from '../units.ts';
import type { Words } from '../words.ts';
import { meanBytes, some, type Telling, trialsOf } from './telling.ts';

const whole = (value: number): string => meanBytes(Math.round(value));

/** Fewer intervals than this say little about an hour. */
const enoughIntervals = 3;

function extrapolation(group: Group, words: Words): string {
  const seconds = trialsOf(group).flatMap(({ idle }) => (idle === null ? [] : idle.seconds));
  if (seconds.length === 0) return words.say('legend.idleMissing');
  return words.say('legend.idle', { time: time(Math.min(...seconds) * 1e9) });
}

function coarse({ load, ...group }: Group, words: Words): string[] {
  const polls = trialsOf({ load, ...group }).some((trial) => trial.polls !== null && trial.polls.made > 0);
  if (!polls || (load.durationMs ?? 0) >= enoughIntervals * load.pollIntervalMs) return [];
  return [words.say('legend.fewPolls', { interval: time(load.pollIntervalMs * 1e6) })];
}

function memoryLegend(group: Group, words: Words): string {
  const memory = trialsOf(group).find((trial) => trial.memory !== null)?.memory;
  if (!memory) return words.say('legend.memoryMissing');
  return words.say('legend.memory', { steps: memory.steps.map(count).join(', ') });
}

const hourly = (of: 'bytes' | 'requests' | 'wakeUps') => (trial: Trial) => some(trial.idle?.[of], whole);
const memory = (of: 'serverBytes' | 'clientBytes') => (trial: Trial) => some(trial.memory?.[of], whole);

const title = text('Silence, bytes a client and hour, extrapolated', '유휴 비용(클라이언트당 한 시간, 외삽)');
const best = text('fewest', '가장 적은 방식');

export const idle = {
  columns: [
    { head: 'head.bytesPerHour', read: hourly('bytes') },
    { head: 'head.requestsPerHour', read: hourly('requests') },
    { head: 'head.wakeUpsPerHour', read: hourly('wakeUps') },
    { head: 'head.serverMemory', read: memory('serverBytes'), optional: true },
    { head: 'head.clientMemory', read: memory('clientBytes'), optional: true },
  ],
  legend: (group, words) => [
    extrapolation(group, words),
    ...coarse(group, words),
    memoryLegend(group, words),
  ],
  sentences: (chosen, _references, words) =>
    contestSentence(
      chosen,
      {
        by: 'bytes',
        title,
        best,
        // The same heartbeats, over phases that ended some milliseconds apart.
        tolerance: 0.02,
        measure: (trial) => trial.idle?.bytes,
        text: (value) => bytes(Math.round(value)),
      },
      words,
    ),
} satisfies Telling;

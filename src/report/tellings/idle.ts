/** Idle: what silence costs a client in an hour, and what one more connection keeps in memory. */
import type { Trial } from '../../metrics/report.ts';
import type { Group } from '../groups.ts';
import { bytes, count, time } from '../units.ts';
import type { Words } from '../words.ts';
import { contest, meanBytes, some, type Telling, trialsOf } from './telling.ts';

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
    contest(
      chosen,
      {
        key: 'best.idle',
        measure: (trial) => trial.idle?.bytes,
        text: (trial) => bytes(Math.round(trial.idle?.bytes ?? 0)),
      },
      words,
    ),
} satisfies Telling;

/** Outage: what was lost, doubled or late, and how soon the clients came back. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { count, milliseconds, time } from '../../blocks/quantities.ts';
import { heads } from '../../blocks/table-words.ts';
import type { Group, Labelled } from '../run/groups.ts';
import { column, p95, requests, some, type Telling } from './scenario-view.ts';

const phrases = {
  legend: text(
    'p95: age of what arrived. Back: clients that heard a message after the link had healed, and how long after healing.',
    'p95: 도착한 메시지의 지연. 다시 연결: 링크 복구 뒤에 메시지를 다시 받은 클라이언트와, 복구부터 걸린 시간.',
  ),
  noneBack: text(
    'Never came back, no client heard anything after the link healed: {names}.',
    '다시 연결되지 않은 방식(복구 뒤에 메시지를 받은 클라이언트가 없음): {names}.',
  ),
  partlyBack: text(
    '{transport}: only {recovered} of {clients} clients came back.',
    '{transport}: 클라이언트 {clients}개 중 {recovered}개만 다시 연결됨.',
  ),
  lostNothing: text(
    'Lost nothing in the outage: {names}.',
    '단절 중에 메시지를 하나도 잃지 않은 방식: {names}.',
  ),
  lost: text('Lost messages in the outage: {details}.', '단절 중에 메시지를 잃은 방식: {details}.'),
  lostSome: text('{transport} {lost} of {sent}', '{transport} {sent}개 중 {lost}개'),
  neverBack: text(
    'Never came back after the outage: {names}.',
    '단절 뒤에 다시 연결되지 않은 방식: {names}.',
  ),
};

/** How the link broke. */
export const broken = {
  cut: text(
    'The link was cut for {time}: connections reset, new ones refused.',
    '링크를 {time} 동안 끊었습니다(기존 연결은 리셋, 새 연결은 거부).',
  ),
  refused: text(
    'The server was away for {time}: connections reset, new ones refused.',
    '서버가 {time} 동안 없었습니다(기존 연결은 리셋, 새 연결은 거부).',
  ),
  '503': text(
    'The server was away for {time}: connections reset, every request answered with 503.',
    '서버가 {time} 동안 없었습니다(기존 연결은 리셋, 모든 요청에 503으로 응답).',
  ),
  'accept-close': text(
    'The server could not stay for {time}: connections reset, new ones accepted and closed at once.',
    '서버가 {time} 동안 연결을 유지하지 못했습니다(기존 연결은 리셋, 새 연결은 받아들이자마자 끊음).',
  ),
  silent: text(
    'The link was silent for {time}: every byte held until it healed.',
    '링크를 {time} 동안 멈췄습니다(모든 바이트를 붙잡아 두었다가 복구 뒤에 전달).',
  ),
};

function medianRecovery({ outage }: Trial): number | undefined {
  const sorted = (outage?.recoveryMs ?? []).toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1];
}

const ms = (value: number): string => milliseconds(value * 1e6);

/** One sentence names all transports of which no client came back; each that came back in part has its own. */
function comebacks(group: Group, reader: Reader): string[] {
  const broken = readable(group).flatMap(({ label, trial: { outage: one } }) =>
    one === null || one.recovered === one.clients ? [] : { label, one },
  );
  const gone = broken.filter(({ one }) => one.recovered === 0).map(({ label }) => label);
  const partly = broken.filter(({ one }) => one.recovered > 0);
  return [
    ...(gone.length > 0 ? [say(reader, phrases.noneBack, { names: gone.join(', ') })] : []),
    ...partly.map(({ label, one }) =>
      say(reader, phrases.partlyBack, {
        transport: label,
        recovered: count(one.recovered),
        clients: count(one.clients),
      }),
    ),
  ];
}

/** Invalid trials have no figures, so nothing is said about their coming back. */
const readable = ({ chosen, references }: Group): Labelled[] =>
  [...chosen, ...references].filter(({ trial }) => trial.verdict !== 'invalid');

function lossSentences(trials: readonly Trial[], reader: Reader): string[] {
  const names = (wanted: (trial: Trial) => boolean) =>
    trials.filter(wanted).map(({ transport }) => transport);
  const whole = names(({ delivery }) => delivery.lost === 0);
  const lossy = trials
    .filter(({ delivery }) => delivery.lost > 0)
    .toSorted((a, b) => a.delivery.lost - b.delivery.lost)
    .map(({ transport, delivery }) =>
      say(reader, phrases.lostSome, {
        transport,
        lost: count(delivery.lost),
        sent: count(delivery.sent),
      }),
    );
  const gone = names(({ outage }) => outage?.recovered === 0);
  return [
    ...(whole.length > 0 ? [say(reader, phrases.lostNothing, { names: whole.join(', ') })] : []),
    ...(lossy.length > 0 ? [say(reader, phrases.lost, { details: lossy.join(', ') })] : []),
    ...(gone.length > 0 ? [say(reader, phrases.neverBack, { names: gone.join(', ') })] : []),
  ];
}

export const outage = {
  columns: [
    column('delivery.sent', text('sent', '보냄')),
    column('delivery.delivered', text('deli\u200bvered', '전달')),
    column('delivery.lost', heads.lost),
    column('delivery.duplicated', text('dou\u200bbled', '중복')),
    column('delivery.reordered', heads.reordered),
    p95,
    {
      head: text('clients back', '다시 연결'),
      read: ({ outage: one }) => some(one, (it) => `${count(it.recovered)}/${count(it.clients)}`),
    },
    { head: text('back p50 ms', '다시 연결 p50 ms'), read: (trial) => some(medianRecovery(trial), ms) },
    column('outage.slowestRecovery', text('back max ms', '다시 연결 최대 ms')),
    requests,
  ],
  notes: comebacks,
  counted: ['lost', 'duplicated', 'reordered'],
  legend: (group, reader) => [
    say(reader, broken[group.load.outage], { time: time(group.load.outageMs * 1e6) }),
    say(reader, phrases.legend),
  ],
  sentences: (chosen, _references, reader) => lossSentences(chosen, reader),
} satisfies Telling;

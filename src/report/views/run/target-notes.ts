/**
 * What must be said of a server that this run did not start: whose it is, what is not known of it, how good its times
 * are.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Report, Trial } from '../../../document/report.ts';
import type { Block } from '../../blocks/block.ts';
import { gathered } from '../../blocks/gathered.ts';
import { time } from '../../blocks/quantities.ts';

const phrases = {
  foreign: text(
    'Measured: {url}, which this run has not started. What its process spends and keeps, and how many clients it knows, nobody here can ask: it is not in this report. Laws speak of the servers of rtcompare.',
    '측정 대상: {url}. 이 실행이 띄운 서버가 아닙니다. 서버의 CPU와 메모리, 서버가 아는 클라이언트 수는 여기서 물어볼 수 없어 이 보고서에 없습니다. 법칙은 rtcompare의 서버에 대한 것입니다.',
  ),
  far: text(
    'Measured: servers of rtcompare on another machine, started through {url}.',
    '측정 대상: {url}을(를) 거쳐 다른 컴퓨터에 띄운 rtcompare의 서버.',
  ),
  limits: text(
    'At most {perSecond} messages a second of all clients together, {clients} clients, {minutes} min.',
    '모든 클라이언트를 합쳐 초당 메시지 최대 {perSecond}개, 클라이언트 최대 {clients}개, 최대 {minutes}분.',
  ),
  ages: text(
    'Server’s clock, as measured; its ages may be off by no more than the error: {each}.',
    '서버 시계의 차이를 잰 값. 지연 값의 오차는 아래 오차를 넘지 않습니다: {each}.',
  ),
  clock: text(
    '{transport} {offset} ± {error}, drift {drift} ± {driftError} ppm',
    '{transport} {offset} ± {error}, 시계 빠르기 차이 {drift} ± {driftError} ppm',
  ),
};

/** Empty if the run started its servers itself. */
export function targetBlocks({ plan: { target } }: Pick<Report, 'plan'>, reader: Reader): Block[] {
  if (!target) return [];
  const { url, kind, perSecond, clients, minutes } = target;
  const limits = say(reader, phrases.limits, {
    perSecond: perSecond.toLocaleString('en'),
    clients: clients.toLocaleString('en'),
    minutes: String(minutes),
  });
  return [{ kind: 'paragraph', text: `${say(reader, phrases[kind], { url })} ${limits}` }];
}

/** Rounded to a tenth. */
const ppm = (value: number) => String(Math.round(value * 10) / 10);

const signed = (ns: number) => `${ns < 0 ? '-' : '+'}${time(Math.abs(ns))}`;

/** One sentence for a table's trials; empty if there was only one clock. */
export function clockNote(
  trials: readonly Pick<Trial, 'transport' | 'clock' | 'verdict'>[],
  reader: Reader,
): string[] {
  const each = gathered(
    trials.filter(({ clock, verdict }) => clock && verdict !== 'invalid'),
    ({ transport }) => transport,
  ).flatMap(([{ transport, clock }]) =>
    clock
      ? say(reader, phrases.clock, {
          transport,
          offset: signed(clock.offsetNs),
          error: time(clock.errorNs),
          drift: ppm(clock.driftPpm),
          driftError: ppm(clock.driftErrorPpm),
        })
      : [],
  );
  return each.length === 0 ? [] : [say(reader, phrases.ages, { each: each.join('; ') })];
}

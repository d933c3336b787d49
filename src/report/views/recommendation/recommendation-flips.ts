/** Where the answer flips: how much more or less of one input would make it another transport. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Flip, NumberFlip } from '../../../questions/recommendation/flips.ts';
import { bytes, decimal } from '../../blocks/quantities.ts';
import { lateness, span } from './recommendation-tables.ts';

export const flips = {
  to: text('{where}: {transport}.', '{where}: {transport}.'),
  none: text('{where}: nothing is quick enough.', '{where}: 충분히 빠른 방식 없음.'),
  nowhere: text(
    'Nowhere within five powers of ten of each input.',
    '각 입력을 10만분의 1에서 10만 배까지 바꿔도 답이 바뀌지 않습니다.',
  ),
  streams: text('where streams pass', '스트림이 통과하면'),
  upgrades: text('where upgrades pass', '업그레이드가 통과하면'),
  where: {
    rate: {
      more: text('more than {value}', '이보다 자주 보내면({value})'),
      less: text('less than {value}', '이보다 드물게 보내면({value})'),
    },
    size: {
      more: text('messages from {value} on', '메시지가 {value} 이상이면'),
      less: text('messages up to {value}', '메시지가 {value} 이하이면'),
    },
    rttMs: {
      more: text('a round trip above {value}', '왕복이 {value}보다 길면'),
      less: text('a round trip below {value}', '왕복이 {value}보다 짧으면'),
    },
    withinMs: {
      more: text('if messages may be later than {value}', '{value}보다 늦어도 되면'),
      less: text('if messages must come within less than {value}', '{value}보다 빨리 도착해야 하면'),
    },
    heartbeatMs: {
      more: text('a heartbeat rarer than every {value}', '하트비트가 {value}보다 드물면'),
      less: text('a heartbeat more often than every {value}', '하트비트가 {value}보다 잦으면'),
    },
  },
};

const texts = {
  perSecond: text('{rate} messages a second', '초당 메시지 {rate}개'),
  oneEvery: text('one message every {time}', '{time}마다 메시지 하나'),
};

/** A rate below one message a second is given as one message in so many seconds. */
export const rateText = (rate: number, reader: Reader): string =>
  rate >= 1
    ? say(reader, texts.perSecond, { rate: decimal(rate) })
    : say(reader, texts.oneEvery, { time: span(1 / rate) });

export function flipText(flip: Flip, reader: Reader): string {
  const where = 'value' in flip ? whereText(flip, reader) : say(reader, flips[flip.input]);
  const { to } = flip;
  return to ? say(reader, flips.to, { where, transport: to }) : say(reader, flips.none, { where });
}

function whereText({ input, value, towards }: NumberFlip, reader: Reader): string {
  const at = {
    rate: () => rateText(value, reader),
    size: () => bytes(value),
    rttMs: () => lateness(value),
    withinMs: () => lateness(value),
    heartbeatMs: () => span(value / 1000),
  }[input]();
  return say(reader, flips.where[input][towards], { value: at });
}

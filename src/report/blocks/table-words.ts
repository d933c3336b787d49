/** Words that several tables share: heads of columns, what replaces a missing figure, the direction of bytes. */
import { type Text, text } from '../../base/text.ts';

/** Heads of columns. */
export const heads = {
  transport: text('transport', '전송 방식'),
  scenario: text('scenario', '시나리오'),
  law: text('law', '법칙'),
  metric: text('metric', '항목'),
  predicted: text('predicted', '예측'),
  measured: text('measured', '측정'),
  verdict: text('verdict', '판정'),
  messagesUp: text('msgs up', '보낸 메시지'),
  messagesDown: text('msgs down', '받은 메시지'),
  bytesPerMessage: text('B/msg', 'B/메시지'),
  lost: text('lost', '유실'),
  reordered: text('out of order', '순서 바뀜'),
  total: text('total', '합계'),
  bytes: text('bytes', '바이트'),
  count: text('count', '횟수'),
  direction: text('way', '방향'),
};

/** Printed in place of a figure. */
export const noFigure = {
  tooFew: text('too few', '표본 부족'),
  none: text('-', '-'),
  notMeasured: text('not measured in this run', '이번 실행에서 측정하지 않음'),
};

/** The lowest and the highest of several. */
export const range = text('{from} to {to}', '{from} ~ {to}');

/** The direction of bytes, from the client's side. */
export const directionNames: Readonly<Record<'up' | 'down' | 'both', Text>> = {
  up: text('up', '보낼 때'),
  down: text('down', '받을 때'),
  both: text('in all', '전체'),
};

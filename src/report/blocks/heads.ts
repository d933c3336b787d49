/** Heads of columns that several tables have. */
import { text } from '../../base/text.ts';

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

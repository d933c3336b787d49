/** Echo: time from the due message to its answer, and what both cost. */
import { say, text } from '../../../base/text.ts';
import { overheadShare } from '../../../questions/claims/cost.ts';
import { bytes, share } from '../../blocks/quantities.ts';
import { echoSentences } from '../run/echo-sentences.ts';
import {
  connections,
  overheadPerMessage,
  p50,
  p95,
  p99,
  requests,
  some,
  type Telling,
} from './scenario-view.ts';

const legends = {
  open: text(
    'Time from when a message was due to its echo, steady phase. Requests, connections and bytes in all: every phase, all clients. Overhead: headers and framing of a message and its echo. Share: part of the steady bytes that is not payload.',
    '지연: 보내기로 한 시각부터 에코를 받을 때까지(측정 단계). 요청 수, 연결 수, 전체 바이트: 모든 단계, 전체 클라이언트의 합. 오버헤드: 메시지와 그 에코에 붙은 헤더와 프레이밍. 비율: 측정 단계의 바이트 중 페이로드가 아닌 부분.',
  ),
  closed: text(
    'Time from sending a message to its echo, steady phase. Requests, connections and bytes in all: every phase, all clients. Overhead: headers and framing of a message and its echo. Share: part of the steady bytes that is not payload.',
    '지연: 보낸 때부터 에코를 받을 때까지(측정 단계). 요청 수, 연결 수, 전체 바이트: 모든 단계, 전체 클라이언트의 합. 오버헤드: 메시지와 그 에코에 붙은 헤더와 프레이밍. 비율: 측정 단계의 바이트 중 페이로드가 아닌 부분.',
  ),
};

export const echo = {
  columns: [
    p50,
    p95,
    p99,
    requests,
    connections,
    overheadPerMessage,
    { head: text('bytes in all', '전체 바이트'), read: (trial) => bytes(trial.wire.socketBytes) },
    { head: text('overhead share', '오버헤드 비율'), read: (trial) => some(overheadShare(trial), share) },
  ],
  legend: ({ load }, reader) => [say(reader, load.closed ? legends.closed : legends.open)],
  sentences: echoSentences,
} satisfies Telling;

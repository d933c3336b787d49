/** Echo: time from the due message to its answer, and what both cost. */
import { overheadShare } from '../../questions/claims/cost.ts';
import { echoSentences } from '../echo-sentences.ts';
import { bytes, share } from '../units.ts';
import { connections, overheadPerMessage, p50, p95, p99, requests, some, type Telling } from './telling.ts';

export const echo = {
  columns: [
    p50,
    p95,
    p99,
    requests,
    connections,
    overheadPerMessage,
    { head: 'head.bytesInAll', read: (trial) => bytes(trial.wire.socketBytes) },
    { head: 'head.overheadShare', read: (trial) => some(overheadShare(trial), share) },
  ],
  legend: ({ load }, words) => [words.say(load.closed ? 'legend.echoClosed' : 'legend.echo')],
  sentences: echoSentences,
} satisfies Telling;

/** Push: the age of an event on arrival, and what it cost to be there when it came. */

import type { Trial } from '../../document/report.ts';
import { bytesPerEvent } from '../../questions/claims/cost.ts';
import { pushSentences } from '../echo-sentences.ts';
import { narrowCount, share } from '../units.ts';
import { connections, meanBytes, p50, p95, p99, requests, some, type Telling } from './telling.ts';

const emptyShare = ({ polls }: Trial): number | null =>
  polls === null || polls.made === 0 ? null : polls.empty / polls.made;

export const push = {
  columns: [
    p50,
    p95,
    p99,
    { head: 'head.events', read: (trial) => narrowCount(trial.messages.down) },
    requests,
    connections,
    { head: 'head.emptyPolls', read: (trial) => some(emptyShare(trial), share) },
    { head: 'head.bytesPerEvent', read: (trial) => some(bytesPerEvent(trial), meanBytes) },
  ],
  legend: (_group, words) => [words.say('legend.push')],
  sentences: pushSentences,
} satisfies Telling;

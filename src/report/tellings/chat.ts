/** Chat: when the first and when the last of all hear the same sentence, and whether everyone heard everything. */
import { text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import { bytesPerEvent } from '../../questions/claims/cost.ts';
import { contestSentence } from '../contest.ts';
import { count, milliseconds, narrowCount, time } from '../units.ts';
import { meanBytes, quantile, some, type Telling } from './telling.ts';

/** The difference of two medians; the spread of a single sentence is not kept. */
function spread({ fanOut }: Trial): string | null | undefined {
  if (fanOut === null) return undefined;
  const [first, last] = [fanOut.first.p50, fanOut.last.p50];
  return first === null || last === null ? null : milliseconds(last - first);
}

const expected = ({ clients, messages }: Trial['load']) => ({
  up: clients * messages,
  down: clients * clients * messages,
});

/** The count where it is the expected one, else both. */
const counted = (way: 'up' | 'down') => (trial: Trial) => {
  const [all, seen] = [expected(trial.load)[way], trial.messages[way]];
  return seen === all ? narrowCount(all) : `${narrowCount(seen)} /\u200b${narrowCount(all)}`;
};

const title = text('The last listener hears, median', '마지막 사람이 받기까지(중앙값)');
const best = text('soonest', '가장 빠른 방식');

export const chat = {
  columns: [
    { head: 'head.firstP50', read: quantile('p50', ({ fanOut }) => fanOut?.first) },
    { head: 'head.firstP95', read: quantile('p95', ({ fanOut }) => fanOut?.first) },
    { head: 'head.lastP50', read: quantile('p50', ({ fanOut }) => fanOut?.last) },
    { head: 'head.lastP95', read: quantile('p95', ({ fanOut }) => fanOut?.last) },
    { head: 'head.spread', read: spread },
    { head: 'head.messagesUp', read: counted('up') },
    { head: 'head.messagesDown', read: counted('down') },
    { head: 'head.bytesPerMessage', read: (trial) => some(bytesPerEvent(trial), meanBytes) },
  ],
  legend({ load }, words) {
    const { up, down } = expected(load);
    return [
      words.say('legend.chat', {
        clients: count(load.clients),
        messages: count(load.messages),
        up: count(up),
        down: count(down),
      }),
    ];
  },
  sentences: (chosen, _references, words) =>
    contestSentence(
      chosen,
      {
        by: 'time',
        title,
        best,
        measure: ({ fanOut }) => fanOut?.last.p50,
        text: time,
      },
      words,
    ),
} satisfies Telling;

/** Connect: when a client is ready, after how many round trips, and what it had to ask for. */
import { text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import { contestSentence } from '../contest.ts';
import { rttMs } from '../sweep-axes.ts';
import { count, decimal, milliseconds, time } from '../units.ts';
import type { WordKey } from '../words.ts';
import { type Column, meanBytes, type Telling, trialsOf } from './telling.ts';

const medianNs = ({ stages }: Trial, name: string): number | undefined =>
  stages.find(({ stage }) => stage === name)?.p50Ns;

/** Milliseconds, and beside them how many times the bytes had to cross the link and back. */
const stage = (name: string, head: WordKey): Column => ({
  head,
  read(trial) {
    const ns = medianNs(trial, name);
    if (ns === undefined) return undefined;
    const rtt = rttMs(trial);
    return rtt === 0 ? milliseconds(ns) : `${milliseconds(ns)}\u00a0(${(ns / 1e6 / rtt).toFixed(1)})`;
  },
  optional: true,
});

const perClient =
  (of: 'requests' | 'connections') =>
  ({ setup, load }: Trial) =>
    load.clients === 0 ? undefined : decimal(setup[of] / load.clients);

const title = text('Ready', '연결 준비');
const best = text('soonest', '가장 빠른 방식');

export const connect = {
  columns: [
    stage('connected', 'head.connected'),
    stage('upgraded', 'head.upgraded'),
    stage('ready', 'head.ready'),
    { head: 'head.requests', read: perClient('requests') },
    { head: 'head.connections', read: perClient('connections') },
    {
      head: 'head.setupBytes',
      read: ({ setup, load }) => (load.clients === 0 ? undefined : meanBytes(setup.bytes / load.clients)),
    },
    {
      head: 'head.closed',
      read: (trial) => {
        const ns = medianNs(trial, 'closed');
        return ns === undefined ? undefined : milliseconds(ns);
      },
      optional: true,
    },
  ],
  legend(group, words) {
    const rtt = rttMs(group);
    // Nothing was dialled before the first message: ready at once, because there is nothing to get ready.
    const atOnce = trialsOf(group).filter(
      ({ setup, connections }) => setup.connections === 0 && connections > 0,
    );
    return [
      words.say('legend.connect', { clients: count(group.load.clients) }),
      ...(rtt > 0 ? [words.say('legend.roundTrips', { rtt: time(rtt * 1e6) })] : []),
      ...(atOnce.length > 0
        ? [words.say('legend.atOnce', { names: [...new Set(atOnce.map((one) => one.transport))].join(', ') })]
        : []),
    ];
  },
  sentences: (chosen, _references, words) =>
    contestSentence(
      chosen,
      {
        by: 'time',
        title,
        best,
        measure: (trial) => medianNs(trial, 'ready'),
        text: time,
      },
      words,
    ),
} satisfies Telling;

/** The herd as a picture: how many clients came back in each tenth of a second, and how many its law predicts there. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { lawOfPolicy, perWindow } from '../../../laws/reconnection.ts';
import { transportByName } from '../../../transports/index.ts';
import { expectedArrivals, policyOf } from '../../../trial/predictions/herd.ts';
import type { Block, Chart } from '../../blocks/block.ts';

const phrases = {
  title: text('{transport}: who is back, and when', '{transport}: 언제 얼마나 돌아왔는가'),
  after: text('s after the outage', '단절이 끝난 뒤(초)'),
  clients: text('clients in 100 ms', '100 ms에 돌아온 클라이언트'),
  measured: text('measured', '측정'),
  logarithmic: text('log', '로그'),
  shared: text('* both', '* 둘 다'),
};

const windowMs = 100;
/** How many herds are simulated: enough for a mean that looks the same each time. */
const herds = 50;
/** The fewest clients that are drawn: a smaller herd has no shape. */
const fewest = 50;

type Points = Chart['series'][number]['points'];

/** Windows with less than half a client are left out: they would lie on the axis. */
const drawn = (arrivals: readonly number[]): Points =>
  arrivals.flatMap((count, window) =>
    count < 0.5 ? [] : [[(window * windowMs) / 1000, Math.round(count * 10) / 10] as const],
  );

function chartOf({ transport: name, load, returnedMs = [], figures }: Trial, reader: Reader): Chart | null {
  const transport = transportByName(name);
  const outageMs = figures?.['herd.outage'];
  if (returnedMs.length < fewest || !transport || outageMs === undefined) return null;
  const expected = expectedArrivals({ transport, load }, { outageMs, windowMs, herds });
  const series = [
    { name: say(reader, phrases.measured), points: drawn(perWindow(returnedMs, windowMs)) },
    ...(expected ? [{ name: lawOfPolicy[policyOf({ transport, load })], points: drawn(expected) }] : []),
  ];
  const lastS = Math.ceil(Math.max(...series.flatMap(({ points }) => points.map(([at]) => at)), 1));
  const everyS = Math.ceil(lastS / 10);
  return {
    xLabel: say(reader, phrases.after),
    yLabel: say(reader, phrases.clients),
    logarithmic: say(reader, phrases.logarithmic),
    ticks: Array.from({ length: Math.floor(lastS / everyS) + 1 }, (_, k) => [k * everyS, String(k * everyS)]),
    // Every series starts at the end of the outage, even if its first client came later.
    series: series.map(({ name, points }) => ({ name, points: [[0, 0] as const, ...points] })),
    shared: say(reader, phrases.shared),
  };
}

export const herdCharts = (trials: readonly Trial[], reader: Reader): Block[] =>
  trials.flatMap((trial): Block[] => {
    const chart = chartOf(trial, reader);
    return chart
      ? [
          { kind: 'paragraph', text: say(reader, phrases.title, { transport: trial.transport }) },
          { kind: 'chart', chart },
        ]
      : [];
  });

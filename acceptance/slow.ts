/** One of five clients stops reading: what kernel and server buffer for it obeys its laws; the others do not notice. */
import type { Report, Trial } from '../src/document/report.ts';
import { rtcompare, tally } from './command.ts';

const asked = [
  { transport: 'ws' },
  { transport: 'sse' },
  { transport: 'socket.io:websocket' },
  { transport: 'long-polling' },
  { transport: 'socket.io:websocket', more: ['--volatile'] },
];
/** How much the others' median may grow, as a ratio to the same run in which all clients read. */
const mostAge = 1.5;
/** How much memory may remain when all was read, as a share of what the slow reader's messages took. */
const mostLeft = 0.1;

async function trials(transport: string, readers: number, more: readonly string[]): Promise<Trial> {
  const { code, stdout, stderr } = await rtcompare(
    ...['run', '--scenario', 'slow', '--transport', transport, '--slow-readers', String(readers)],
    ...more,
    ...['--quiet', '--json'],
  );
  if (code !== 0) throw new Error(stderr);
  const trial = (JSON.parse(stdout) as Report).trials.find((one) => one.transport === transport);
  if (!trial) throw new Error(`no trial of ${transport}`);
  return trial;
}

const rounded = (value: number | null | undefined) => Math.round(value ?? Number.NaN);

export async function slow(): Promise<boolean> {
  const { say, held } = tally();
  for (const { transport, more = [] } of asked) {
    const [all, one] = [await trials(transport, 0, more), await trials(transport, 1, more)];
    const isVolatile = more.includes('--volatile');
    const { figures = {}, predictions, delivery, verdict } = one;
    say(
      delivery.lost === 0 || isVolatile,
      `${transport} ${more.join(' ')} (${verdict}): ${delivery.lost} lost of ${delivery.sent}`,
    );
    for (const { law, metric, predicted, measured, tolerance, verdict } of predictions)
      if (law.startsWith('SLOW'))
        say(
          verdict === 'holds' || measured === null,
          `${transport}: ${law}: ${metric}: predicted ${rounded(Number(predicted))} ± ${rounded(tolerance)}, measured ${measured === null ? 'nothing' : rounded(Number(measured))}`,
        );
    // A dropped message takes no memory: then the share is of what it would have taken, its size.
    const perMessage = isVolatile ? one.load.size : (figures['slow.perMessage'] ?? 0);
    const kept = perMessage * (one.load.messages / 2);
    const left = figures['slow.left'] ?? Number.NaN;
    say(left <= mostLeft * kept, `${transport}: ${rounded(left)} B left of ${rounded(kept)} B and more`);
    const [alone, beside] = [all.latency?.p50 ?? Number.NaN, one.latency?.p50 ?? Number.NaN];
    say(
      beside <= mostAge * alone,
      `${transport}: the others' median ${(beside / 1e6).toFixed(2)} ms, ${(alone / 1e6).toFixed(2)} ms where all read: ${(beside / alone).toFixed(2)} ×`,
    );
  }
  return held();
}

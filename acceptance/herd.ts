/**
 * 200 clients of Socket.IO reconnect after outages of 5, 7, 8 and 22 s as its law draws them; equal waits come at
 * once.
 */
import type { Report } from '../src/document/report.ts';
import { rtcompare, tally } from './command.ts';

const clients = 200;

const asked = [
  ...[5, 7, 8, 22].map((seconds) => ({ transport: 'socket.io:websocket', seconds, more: [] as string[] })),
  { transport: 'ws:reconnect', seconds: 5.5, more: ['--reconnect', 'fixed'] },
  { transport: 'ws:reconnect', seconds: 5, more: ['--reconnect', 'full-jitter'] },
];

export async function herd(): Promise<boolean> {
  const { say, held } = tally();
  for (const { transport, seconds, more } of asked) {
    const { code, stdout, stderr } = await rtcompare(
      ...['run', '--scenario', 'herd', '--transport', transport, '--clients', String(clients)],
      ...['--outage-time', `${seconds}s`, ...more, '--quiet', '--json'],
    );
    if (code !== 0) throw new Error(stderr);
    const { trials } = JSON.parse(stdout) as Report;
    for (const { figures, predictions, verdict } of trials) {
      const what = `${transport} ${more.join(' ')} after ${seconds} s (${verdict})`;
      say(figures?.['herd.back'] === clients, `${what}: ${figures?.['herd.back']} of ${clients} are back`);
      for (const { law, metric, predicted, measured, tolerance, verdict, withheld } of predictions)
        if (law.startsWith('HERD'))
          say(
            // 200 attempts at the same moment keep one process busy, so the report may withhold the verdict.
            verdict === 'holds' || withheld === true,
            `${what}: ${law} ${metric}: predicted ${[predicted].flat().map(Math.round).join(' or ')} ± ${Math.round(tolerance)}, ${withheld ? 'withheld, noisy: ' : ''}measured ${[measured].flat().map((one) => Math.round(one ?? Number.NaN))}`,
          );
    }
  }
  return held();
}

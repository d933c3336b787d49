/** Two servers behind a balancer: who is let in at once obeys CLU1, with and without sticky sessions. */
import type { Report, Trial } from '../src/document/report.ts';
import { rtcompare, tally } from './command.ts';

async function trials(transport: string, ...options: string[]): Promise<Trial> {
  const { code, stdout, stderr } = await rtcompare(
    ...['run', '--scenario', 'cluster', '--transport', transport, ...options, '--quiet', '--json'],
  );
  if (code !== 0) throw new Error(stderr);
  const trial = (JSON.parse(stdout) as Report).trials.find((one) => one.transport === transport);
  if (!trial) throw new Error(`no trial of ${transport}`);
  return trial;
}

const cases = [
  ['socket.io:polling', '--sticky', 'off'],
  ['socket.io:polling', '--sticky', 'off', '--keep-alive', 'off'],
  ['socket.io', '--sticky', 'off', '--servers', '3'],
  ['socket.io', '--sticky', 'on'],
  ['socket.io:websocket', '--sticky', 'off'],
  ['sse:resume', '--sticky', 'off'],
  ['sse:resume', '--sticky', 'on'],
  ['long-polling', '--sticky', 'off'],
  ['long-polling', '--sticky', 'on'],
] as const;

export async function cluster(): Promise<boolean> {
  const { say, held } = tally();
  for (const [transport, ...options] of cases) {
    const { figures = {}, predictions, wire, verdict } = await trials(transport, ...options);
    const what = `${transport} ${options.join(' ')} (${verdict})`;
    const law = predictions.find((one) => one.law === 'CLU1');
    say(
      law?.verdict === 'holds',
      `${what}: CLU1 predicted ${law?.predicted} ± ${law?.tolerance}, measured ${law?.measured}`,
    );
    say(wire.up + wire.down === wire.socketBytes, `${what}: ${wire.socketBytes} B on the clients' sockets`);
    const told = Object.entries(figures).map(([name, value]) => `${name.slice(8)} ${Math.round(value)}`);
    say(true, `${what}: ${told.join(', ')}`);
  }
  return held();
}

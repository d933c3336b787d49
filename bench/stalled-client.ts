/**
 * A process in which our clients send at a fixed rate: `stalled-client.ts PORT CLIENTS RATE MESSAGES`; prints
 * results.
 */
import { ourTrial } from './our-trial.ts';

const [port, clients, rate, messages] = process.argv.slice(2).map(Number) as [number, number, number, number];
const { latency, wire, requests } = await ourTrial(
  { transport: 'http', scenario: 'echo', clients, rate, messages, durationMs: null, messageBytes: 64 },
  { host: '127.0.0.1', port, authority: '' },
);
process.stdout.write(JSON.stringify({ p90Ms: (latency?.p90 ?? 0) / 1e6, requests, downBytes: wire.down }));

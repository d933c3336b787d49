/**
 * A process that measures one client once and prints what it read as JSON: `echo-client.ts VARIANT HOST PORT [AUTHORITY] [IN-FLIGHT]`.
 *
 * Each measurement has a process of its own. In a shared one the variant that runs second would inherit the
 * first one's heap and its compiled code, and because `TappedSocket` and `Socket` are different shapes passing
 * through the same functions of Node and ws, each would slow the other down: the ratio would be too good.
 */
import { cpuUsage } from 'node:process';
import { median } from 'simple-statistics';
import { type Address, type Line, type Variant, variants } from './echo-variants.ts';

export interface EchoReading {
  /** Round trip with one message in flight. */
  readonly p50Ns: number;
  /** Messages per second with a window of them in flight. */
  readonly perSecond: number;
  /** User and system time of this process per message of that window: what `perSecond` hides when the server is the slower one. */
  readonly cpuNsPerMessage: number;
}

interface Load {
  readonly warmup: number;
  readonly messages: number;
}

/** Enough warm-up for the compiler to be done: with 500 messages the p50 is still that of half-compiled code. */
const oneInFlight: Load = { warmup: 3000, messages: 5000 };
const windowed: Load = { warmup: 10_000, messages: 30_000 };

/** ws copies a string on its way out, so both variants may send the same one again and again. */
const message = 'm'.repeat(64);

/** The next message leaves when the answer to the last one has come. */
async function roundTrips(open: Open, { warmup, messages }: Load): Promise<number> {
  const times = new Float64Array(messages);
  let answers = -warmup;
  let sentAt = 0;
  const line = await open(answered);
  const say = () => {
    sentAt = performance.now();
    line.send(message);
  };
  const { done, finished } = completion();
  function answered() {
    const now = performance.now();
    if (answers >= 0) times[answers] = now - sentAt;
    answers++;
    if (answers === messages) return done();
    if (answers === 0) line.steady();
    say();
  }
  say();
  await finished;
  await line.close();
  return median([...times]) * 1e6;
}

/** Every answer lets one more message go, so the same number is always on its way. */
async function throughput(open: Open, { warmup, messages }: Load, inFlight: number) {
  let toSend = warmup + messages;
  let answers = -warmup;
  let began = 0;
  let cpuBefore = cpuUsage();
  const line = await open(answered);
  const { done, finished } = completion();
  function answered() {
    answers++;
    if (answers === 0) {
      line.steady();
      cpuBefore = cpuUsage();
      began = performance.now();
    }
    if (answers === messages) return done();
    if (toSend > 0) say();
  }
  const say = () => {
    toSend--;
    line.send(message);
  };
  for (let first = 0; first < inFlight; first++) say();
  await finished;
  const seconds = (performance.now() - began) / 1e3;
  const cpu = cpuUsage(cpuBefore);
  await line.close();
  return { perSecond: messages / seconds, cpuNsPerMessage: ((cpu.user + cpu.system) * 1e3) / messages };
}

type Open = (onAnswer: () => void) => Promise<Line>;

function completion() {
  let done = () => {};
  const finished = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { done, finished };
}

const [variant, host, port, authority = '', inFlight = '64'] = process.argv.slice(2) as [
  ...[variant: Variant, host: string, port: string],
  ...[authority?: string, inFlight?: string],
];
const address: Address = { host, port: Number(port), authority };
const open: Open = (onAnswer) => variants[variant](address, onAnswer);
const p50Ns = await roundTrips(open, oneInFlight);
const reading: EchoReading = { p50Ns, ...(await throughput(open, windowed, Number(inFlight))) };
process.stdout.write(JSON.stringify(reading));

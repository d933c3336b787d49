/**
 * Reads the unit costs off the wire: what heads weigh with these headers, and what it takes to connect. A message or
 * two over each transport is enough, because these bytes are exact.
 */
import { mailboxBytes } from '../laws/http-bytes.ts';
import { measure, startServer } from '../measure.ts';
import type { Trial } from '../metrics/report.ts';
import { echo } from '../scenarios/echo.ts';
import { headersOf } from '../transports/headers.ts';
import { transportByName } from '../transports/index.ts';
import { usualPlan } from '../usual-plan.ts';
import type { UnitCosts } from './costs.ts';

export interface Conditions {
  readonly cookieBytes: number;
  readonly signal: AbortSignal;
  readonly onStage: (transport: string) => void;
}

const names = ['http', 'polling', 'long-polling', 'sse', 'ws', 'socket.io', 'socket.io:polling'];
/** Any size will do: what the message itself weighs is taken away. */
const size = 100;

/** The most frequent whole exchange of a kind, in bytes both ways; 0 where there was none. */
function exchangeBytes({ exchanges }: Trial, kind: string): number {
  const sizes = exchanges.filter((one) => one.kind === kind).flatMap((one) => one.sizes);
  const [first] = sizes.toSorted((a, b) => b.count - a.count || a.up + a.down - (b.up + b.down));
  return first ? first.up + first.down : 0;
}

export async function measureUnitCosts({ cookieBytes, signal, onStage }: Conditions): Promise<UnitCosts> {
  const trials = new Map<string, Trial>();
  for (const name of names) {
    const transport = transportByName(name);
    if (!transport) throw new Error(`no transport ${name}`);
    signal.throwIfAborted();
    onStage(name);
    const plan = usualPlan({
      ...{ transport, scenario: echo, signal, headers: headersOf('minimal', cookieBytes) },
      // Slow enough that messages never share an answer, and that some polls find nothing.
      load: { clients: 1, messages: 4, rate: 10, warmup: 1, size, pollIntervalMs: 30 },
    });
    trials.set(name, await measure(plan, await startServer(plan)));
    signal.throwIfAborted();
  }
  const bytes = (name: string, kind: string) => {
    const trial = trials.get(name);
    return trial ? exchangeBytes(trial, kind) : 0;
  };
  const mailed = size + mailboxBytes(size);
  const packet = size + '42["echo",""]'.length;
  return {
    post: bytes('polling', 'POST /message 204') - size,
    postAndAnswer: bytes('http', 'POST /echo 200') - size * 2,
    emptyPoll: bytes('polling', 'GET /mailbox 204'),
    fullPoll: bytes('polling', 'GET /mailbox 200') - mailed,
    socketIoPost: bytes('socket.io:polling', 'POST /socket.io/ 200') - packet,
    socketIoPoll: bytes('socket.io:polling', 'GET /socket.io/ 200') - packet,
    setup: Object.fromEntries([...trials].map(([name, { setup }]) => [name, setup.bytes])),
  };
}

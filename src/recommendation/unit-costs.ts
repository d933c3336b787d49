/**
 * Reads the unit costs off the wire: what heads weigh with these headers, and what it takes to connect. A message or
 * two over each transport is enough, because these bytes are exact.
 */
import { inEveryLanguage, text } from '../base/text.ts';
import { CannotRun } from '../failure.ts';
import { mailboxBytes } from '../laws/http-bytes.ts';
import { expectedMs } from '../measure.ts';
import { measureAgain } from '../measure-again.ts';
import type { Trial } from '../metrics/report.ts';
import { checkCounts } from '../metrics/verdict.ts';
import { echo } from '../scenarios/echo.ts';
import { headersOf } from '../transports/headers.ts';
import { transportByName } from '../transports/index.ts';
import { usualPlan } from '../usual-plan.ts';
import type { UnitCosts } from './costs.ts';

export interface Conditions {
  readonly cookieBytes: number;
  readonly signal: AbortSignal;
  readonly onStage: (stage: {
    readonly index: number;
    readonly total: number;
    readonly name: string;
    readonly leftMs: number;
  }) => void;
}

const names = ['http', 'polling', 'long-polling', 'sse', 'ws', 'socket.io', 'socket.io:polling'];
/** Any size will do: what the message itself weighs is taken away. */
const size = 100;

/** The most frequent whole exchange of a kind, in bytes both ways. Throws `CannotRun` where there was none. */
function exchangeBytes({ transport, exchanges }: Trial, kind: string): number {
  const sizes = exchanges.filter((one) => one.kind === kind).flatMap((one) => one.sizes);
  const [first] = sizes.toSorted((a, b) => b.count - a.count || a.up + a.down - (b.up + b.down));
  if (first) return first.up + first.down;
  throw new CannotRun(
    inEveryLanguage(
      text(
        '{transport} made no {kind} to weigh; this machine was too busy, run it again',
        '{transport}에 잴 {kind} 요청이 없었습니다. 컴퓨터가 너무 바빴으니 다시 실행해 보면 됩니다',
      ),
      { transport, kind },
    ),
  );
}

export async function measureUnitCosts({ cookieBytes, signal, onStage }: Conditions): Promise<UnitCosts> {
  const trials = new Map<string, Trial>();
  for (const [index, name] of names.entries()) {
    const transport = transportByName(name);
    if (!transport) throw new Error(`no transport ${name}`);
    signal.throwIfAborted();
    const plan = usualPlan({
      ...{ transport, scenario: echo, signal, headers: headersOf('minimal', cookieBytes) },
      // Slow enough that messages never share an answer, and that some polls find nothing.
      load: { clients: 1, messages: 4, rate: 10, warmup: 1, size, pollIntervalMs: 30 },
    });
    const leftMs = (names.length - index) * expectedMs(plan);
    onStage({ index, total: names.length, name, leftMs });
    const trial = await measureAgain(plan, { wanted: 'counts' });
    signal.throwIfAborted();
    checkCounts(text('unit costs', '단위 비용'), [trial]);
    trials.set(name, trial);
  }
  const bytes = (name: string, kind: string) => {
    const trial = trials.get(name);
    if (!trial) throw new Error(`${name} was not weighed`);
    return exchangeBytes(trial, kind);
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

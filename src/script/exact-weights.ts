/** Weighs a transport: runs its conversations and counts the bytes of each stage, for one message, event or poll. */
import type { LibrarySource } from '../base/libraries.ts';
import type { Stage, StageWeight, TransportWeight, WeighedField } from '../document/weighing.ts';
import { createTally, type Tally } from '../ledger/tally.ts';
import { isSealed } from '../protocols/over.ts';
import { serverOf } from '../servers/index.ts';
import type { RecordedSpan } from '../tap/spans.ts';
import type { Transport } from '../transports/transport.ts';
import type { Direction } from '../wire/span.ts';
import { beginsHead } from './recorded-wire.ts';
import { converse, type Recorded, type Script, type Setting } from './scripted-conversation.ts';

/** How often each message, event or poll is repeated: enough to see that all have the same bytes. */
const times = 3;

export type Changes = Omit<Setting, 'transport' | 'server'> & {
  readonly server?: Setting['server'];
  /** Where the server's library comes from, if not from the same place as the client's. */
  readonly serverLibraries?: LibrarySource;
};

/**
 * Sent in place of the real date and port. HPACK codes a digit in 5 or 6 bits (RFC 7541, Appendix B), and writes a date
 * in full again when its second has passed: the same conversation would differ by one byte, or by 24, each time.
 */
const steadyDate = 'Thu, 01 Jan 1970 00:00:00 GMT';
const steadyPort = 50_000;

async function settingOf(transport: Transport, changes: Changes): Promise<Setting> {
  const { serverLibraries = changes.libraries, ...rest } = changes;
  return {
    transport,
    server: await serverOf(transport.server, serverLibraries),
    ...rest,
    serverOptions: { date: steadyDate, ...rest.serverOptions },
    connectOptions: { port: steadyPort, ...rest.connectOptions },
  };
}

/** Weighs connecting alone. */
export async function weighSetup(transport: Transport, changes: Changes = {}): Promise<StageWeight> {
  return stageWeight(await converse(await settingOf(transport, changes), []), 0, 1);
}

/** Weighs each stage of a transport; each has the one outcome of this weighing. */
export async function weighTransport(transport: Transport, changes: Changes = {}): Promise<TransportWeight> {
  const setting = await settingOf(transport, changes);
  const parts = await Promise.all([talking(setting), holding(setting), beating(setting)]);
  return { transport: transport.name, stages: Object.assign({}, ...parts) as TransportWeight['stages'] };
}

type Weights = Partial<Record<Stage, StageWeight[]>>;

const repeat = (step: Step) => async (script: Script) => {
  for (let k = 0; k < times; k++) await step(script);
};

type Step = (script: Script) => Promise<void>;

async function talking(setting: Setting): Promise<Weights> {
  const { traits } = setting.transport;
  const planned: [stage: Stage, asked: boolean, step: Step][] = [
    ['message', true, (script) => script.say()],
    // The transport `tcp` does not distinguish binary from text.
    ['binary', traits.wire !== 'raw', (script) => script.say(true)],
    ['event', traits.push, (script) => script.hear()],
    ['poll', traits.polls, (script) => script.poll()],
  ];
  const steps = planned.filter(([, asked]) => asked);
  const recorded = await converse(
    setting,
    steps.map(([, , step]) => repeat(step)),
  );
  const weigh = (step: number, units: number) => [stageWeight(recorded, step, units)];
  return {
    ...(isSealed(setting.over) && { handshake: [handshakeWeight(recorded)] }),
    setup: weigh(0, 1),
    ...Object.fromEntries(steps.map(([stage], index) => [stage, weigh(index + 1, times)])),
    close: weigh(recorded.closing, 1),
  };
}

/** An empty poll of long polling is one whose hold time has ended. */
async function holding(setting: Setting): Promise<Weights> {
  const { traits } = setting.transport;
  return traits.parks && traits.replays ? { poll: [await awaited(setting, 'holdMs')] } : {};
}

/** Heartbeats are sent by the library's own clock, so they are really waited for. */
const beating = async (setting: Setting): Promise<Weights> =>
  setting.transport.traits.heartbeats ? { heartbeat: [await awaited(setting, 'heartbeatMs')] } : {};

/** Weighs what a server sends by itself after some time, in a conversation without messages. */
async function awaited(setting: Setting, after: 'holdMs' | 'heartbeatMs', ms = 150): Promise<StageWeight> {
  const started = performance.now();
  let connectedMs = 0;
  const recorded = await converse({ ...setting, serverOptions: { ...setting.serverOptions, [after]: ms } }, [
    (script) => {
      connectedMs = performance.now() - started;
      return script.chunks(1);
    },
  ]);
  const lastedMs = performance.now() - started;
  // If the set-up took too long it may include what was waited for, and a long end may include a second one: try again
  // with more time.
  const isAlone = connectedMs < ms && lastedMs < 2 * ms;
  return isAlone ? stageWeight(recorded, 1, 1) : awaited(setting, after, ms * 2);
}

/** The weight of one unit of a step, without the handshakes of its connections. */
function stageWeight({ spans, dialledIn }: Recorded, step: number, units: number): StageWeight {
  const dialled = [...dialledIn.values()].filter((one) => one === step).length;
  return weightOf(
    spans.filter((span) => span.at === step && !isOfHandshake(span)),
    { units, dialled },
  );
}

/**
 * The weight of the TLS handshake of one connection. Not counted in the step in which it was dialled: a TLS 1.3 server
 * sends its tickets after the client's Finished, and the client may be in the next step by then.
 */
const handshakeWeight = ({ spans, dialledIn: { size } }: Recorded): StageWeight =>
  weightOf(spans.filter(isOfHandshake), { units: size, dialled: size });

/** Handshake messages, and the records that carry only those; a closing alert belongs to the close. */
const isOfHandshake = ({ layer, message }: RecordedSpan): boolean =>
  layer === 'tls' &&
  (message.kind === 'packet' || ['handshake', 'change-cipher-spec'].includes(recordType(message)));

const recordType = (message: RecordedSpan['message']): string =>
  message.kind === 'record' ? message.type : '';

function weightOf(
  spans: readonly RecordedSpan[],
  { units, dialled }: { readonly units: number; readonly dialled: number },
): StageWeight {
  const tally = createTally();
  for (const span of spans)
    tally.add({ ...span, length: steadyBytes(span) }, span.message.direction, 'steady');
  const sum = (direction: Direction) =>
    tally.rows().reduce((total, row) => (row.direction === direction ? total + row.bytes : total), 0) / units;
  return {
    units,
    up: sum('up'),
    down: sum('down'),
    requests: spans.filter((span) => span.message.kind === 'request' && beginsHead(span)).length / units,
    connections: dialled / units,
    fields: fieldsOf(tally, spans, units),
    order: { up: headerOrder(spans, 'up'), down: headerOrder(spans, 'down') },
  };
}

/** The field names of the first head of a stage, in order; the other heads have the same. */
function headerOrder(spans: readonly RecordedSpan[], direction: Direction): string[] {
  const heads = spans.filter((span) => span.message.direction === direction && beginsHead(span));
  return heads.slice(0, 1).map(({ name }) => name);
}

/** Lines whose text differs each time: it would change the baseline, though the number of bytes does not. */
const volatile = new Set([
  ...[
    'request-line',
    ':path',
    'host',
    ':authority',
    'date',
    'sec-websocket-key',
    'sec-websocket-accept',
    'last-event-id',
    'x-cursor',
  ],
]);

function fieldsOf(tally: Tally, spans: readonly RecordedSpan[], units: number): WeighedField[] {
  const keyOf = (layer: string, name: string, direction: Direction) =>
    `${direction === 'up' ? 0 : 1} ${layer} ${name}`;
  const unsteady = new Set<string>();
  const samples = new Map<string, string>();
  for (const span of spans) {
    const { layer, name, message } = span;
    const key = keyOf(layer, name, message.direction);
    if (timeOf(span)) unsteady.add(key);
    const line = samples.has(key) ? null : lineOf(span);
    if (line !== null) samples.set(key, line);
  }
  const fields = tally.rows().map(({ layer, name, direction, count, bytes }) => {
    const key = keyOf(layer, name, direction);
    const sample = samples.get(key);
    return [
      key,
      {
        layer,
        name,
        direction,
        count: tidy(count / units),
        bytes: tidy(bytes / units),
        ...(unsteady.has(key) && { unsteady: 't' }),
        ...(sample !== undefined && { sample }),
      },
    ] as const;
  });
  // Sorted, so that the same weighing gives the same file whichever side of a race came first.
  return fields.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, field]) => field);
}

/** Its text: a header as a line, an HTTP/2 frame by its value. Null for lines whose text differs each time. */
function lineOf({ layer, name, clear, value }: RecordedSpan): string | null {
  if (layer === 'http2') return value ?? null;
  return layer === 'http' && !volatile.has(name) ? Buffer.from(clear).toString('latin1').trim() : null;
}

/**
 * The bytes of a span that are the same each time. engine.io-client before 6.6 writes the time into `t`, and `.0`, `.1`
 * … behind it if two requests fall into one millisecond: those are left out.
 */
export const steadyBytes = (span: Pick<RecordedSpan, 'name' | 'length' | 'clear'>): number =>
  span.length - (timeOf(span)?.suffix.length ?? 0);

/** The time is seven digits of base 64; from 6.6 on `t` is a random word of always eight characters. */
function timeOf({ name, clear }: Pick<RecordedSpan, 'name' | 'clear'>): { readonly suffix: string } | null {
  if (name !== 'request-line') return null;
  const found = /[?&]t=[\w-]{7}(\.[\w-]+)?(?=[& ])/.exec(Buffer.from(clear).toString('latin1'));
  return found && { suffix: found[1] ?? '' };
}

/** Thirds add up to 0.9999: what was counted is rounded to the sixth digit. */
const tidy = (value: number) => Math.round(value * 1e6) / 1e6;

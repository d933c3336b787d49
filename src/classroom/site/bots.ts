/**
 * Simulated clients, for schools whose network keeps phones from reaching the page. They use the laboratory's own
 * transports, over the same relay and link as the browsers, in lanes of their own, so that the page can show how much
 * heavier a browser's requests are. They take the transports in turn; the first five also chat.
 */
import { type Clock, sleepUntil } from '../../base/clock.ts';
import { loadLibraries } from '../../base/libraries.ts';
import { randomStream } from '../../base/schedule.ts';
import { isSealed, type Over } from '../../protocols/over.ts';
import { usualHoldMs } from '../../servers/server.ts';
import { createDialer, type DialerTls } from '../../tap/dialer.ts';
import type { Tape } from '../../tap/tape.ts';
import { transportByName } from '../../transports/index.ts';
import type { Connection } from '../../transports/transport.ts';
import { laneNames, type RoomName, type Said, type Settings } from '../page/control-talk.ts';
import { botHeader } from './admission.ts';

interface CrowdOptions {
  /** What the page is served over. */
  readonly over: Exclude<Over, 'h2c'>;
  readonly clock: Clock;
  readonly address: () => { readonly host: string; readonly port: number };
  readonly key: string;
  readonly log: (line: string) => void;
}

/** The transport of each lane in the registry; a bare WebSocket would not reconnect after a cut. */
const transportOf = {
  polling: 'polling',
  'long-polling': 'long-polling',
  sse: 'sse',
  ws: 'ws:reconnect',
  'socket.io': 'socket.io',
};
const talking = laneNames.length;
const phrases = ['hello', 'how fast am I?', 'still here', 'who polls?', 'bytes, bytes'];
const sayEveryMs = 15_000;

/** The relay weighs what bots send; a tape of it would only fill the memory. */
const noTape: Tape = { add: () => {}, drain: () => {}, drainedEarly: () => 0 };

export function createCrowd(options: CrowdOptions) {
  let leaving = new AbortController();
  let gone: Promise<unknown> = Promise.resolve();
  const empty = async () => {
    leaving.abort();
    await gone;
  };
  return {
    empty,
    /** Starts so many; those from before leave first. */
    fill(count: number, settings: Settings) {
      const before = empty();
      leaving = new AbortController();
      const { signal } = leaving;
      // New bots have the names of the old ones, so they join only when those have left.
      gone = before.then(() =>
        Promise.allSettled(
          Array.from({ length: count }, (_, index) => live(options, index, settings, signal)),
        ),
      );
    },
  };
}

/** One simulated client, from joining until the signal. */
async function live(
  options: CrowdOptions,
  index: number,
  settings: Settings,
  signal: AbortSignal,
): Promise<void> {
  const { clock, log } = options;
  const random = randomStream(7, `bot ${index}`);
  const rooms: RoomName[] = index < talking ? ['race', 'chat'] : ['race'];
  const open: Connection[] = [];
  try {
    // Joins are spread over a second.
    await sleepUntil(clock, clock.now() + random() * 1e9, signal);
    for (const room of rooms) open.push(await join(options, room, index, settings));
    for (let turn = 0; ; turn++) {
      await sleepUntil(clock, clock.now() + sayEveryMs * (0.5 + random()) * 1e6, signal);
      const text = phrases[(index + turn) % phrases.length] ?? '';
      const said = { name: `bot ${index + 1}`, text, key: '' } satisfies Said;
      // While the link is cut a message is lost, as it should be.
      await open[1]?.send(Buffer.from(JSON.stringify(said)))?.catch(() => {});
    }
  } catch (error) {
    if (!signal.aborted) log(`bot ${index + 1} left: ${String(error)}`);
  } finally {
    await Promise.allSettled(open.map((connection) => connection.close()));
  }
}

/**
 * The certificate is not checked and no secrets are logged: the site is in this process, and its relay reads it all.
 */
const unchecked: DialerTls = { authority: null, keyLog: { add: () => {} } };

async function join(
  { clock, address, key, over: pageOver }: CrowdOptions,
  room: RoomName,
  index: number,
  { pollIntervalMs }: Settings,
): Promise<Connection> {
  const lane = laneNames[index % laneNames.length] ?? 'ws';
  const transport = transportByName(transportOf[lane]);
  if (!transport) throw new Error(`no transport for ${lane}`);
  const { host, port } = address();
  let connections = 0;
  const library = await loadLibraries(transport.libraries);
  // A transport that cannot use HTTP/2 (Socket.IO) takes HTTP/1.1 on the same port.
  const over = pageOver === 'h2' && transport.traits.notOverHttp2 ? 'https' : pageOver;
  const tls = isSealed(over) ? unchecked : undefined;
  // As a browser writes it: without a default port.
  const { origin } = new URL(`${tls ? 'https' : 'http'}://${host}:${port}`);
  return transport.connect({
    host,
    port,
    prefix: `/bots/${room}/${lane}`,
    client: `b${String(index).padStart(3, '0')}`,
    dialer: createDialer({ host, port, clock, tape: noTape, nextConnection: () => connections++, tls }),
    over,
    library,
    clock,
    random: randomStream(7, `${room} ${index}`),
    pollIntervalMs,
    holdMs: usualHoldMs,
    headers: { origin, [botHeader]: key },
    onMessage: () => {},
    onError: () => {},
    onStage: () => {},
    keepAlive: true,
    compression: false,
    messageBytes: 64,
    binary: false,
  });
}

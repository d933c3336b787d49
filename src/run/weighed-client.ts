/**
 * One client of a transport, for programs that drive it themselves: it speaks to the server at an address, and reports
 * in the end which layer each byte of its sockets belongs to. It has no schedule, server or verdict, unlike a trial.
 */
import { afterReading, realClock } from '../base/clock.ts';
import { CannotRun } from '../base/failure.ts';
import { loadLibraries } from '../base/libraries.ts';
import { type Random, randomStream } from '../base/schedule.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import type { PolicyName } from '../laws/reconnection.ts';
import { createLedger, type Ledger } from '../ledger/ledger.ts';
import type { LayerTotal } from '../ledger/tally.ts';
import { clientName, type Payload } from '../protocols/contract.ts';
import { conversationsOver } from '../protocols/detect.ts';
import { isSealed, type Over } from '../protocols/over.ts';
import { createKeyLog } from '../protocols/tls/key-log.ts';
import { usualHoldMs } from '../servers/server.ts';
import { createDialer } from '../tap/dialer.ts';
import { createTape } from '../tap/tape.ts';
import type { PollCount, Transport } from '../transports/transport.ts';
import { balance } from '../trial/balance.ts';
import { type Client, closeOne, countedBy } from '../trial/clients.ts';
import { transportNamed } from './transport-named.ts';

export interface ClientOptions {
  /** A name, or the caller's own transport. */
  readonly transport: string | Transport;
  readonly host: string;
  readonly port: number;
  /** @param atNs on the machine's monotonic clock, that of `process.hrtime`. */
  readonly onMessage: (data: Payload, atNs: number) => void;
  /** Something went wrong that did not end the connection for good. */
  readonly onTrouble?: (kind: string) => void;
  /** It was cut off, and is back. */
  readonly onBack?: (attempts: number) => void;
  /** It was cut off, and will not come back. */
  readonly onGaveUp?: () => void;
  /** The client's name, for transports whose requests carry it: unique among the clients of a server. */
  readonly name?: string;
  /** The path below which the server is mounted. */
  readonly prefix?: string;
  readonly over?: Over;
  /** PEM of the authority that must vouch for the server, over TLS; left out, the certificate is not verified. */
  readonly authority?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How it reconnects, for transports that leave this to the caller. */
  readonly reconnect?: PolicyName;
  readonly random?: Random;
  readonly pollIntervalMs?: number;
  readonly holdMs?: number;
  readonly keepAlive?: boolean;
  readonly compression?: boolean;
  /** For the transport `tcp`, which has no framing: every message has this size, and `binary` says its kind. */
  readonly messageBytes?: number;
  readonly binary?: boolean;
  /** How long connecting may take; 10 s by default. */
  readonly timeoutMs?: number;
}

/** What went over the sockets of one client, opening and closing handshakes included. */
export interface ClientAccount {
  /** Bytes by layer, direction and phase. */
  readonly layers: readonly LayerTotal[];
  /** What Node's own sockets counted. */
  readonly up: number;
  readonly down: number;
  /** How the layers and the sockets' counts differ, in words; null if they agree to the byte. */
  readonly difference: string | null;
  readonly requests: number;
  readonly connections: number;
  readonly polls: PollCount | null;
}

export interface WeighedClient {
  readonly transport: Transport;
  /** Resolves when the first message can flow. */
  connect(): Promise<void>;
  /** Null if it was written at once; else resolves when the server has accepted it. */
  send(data: Payload): Promise<void> | null;
  /** Closes the connection as its protocol prescribes, in any state. */
  close(): Promise<ClientAccount>;
}

/** Shared by all clients of this process: their bytes wait on it until a client closes, or until they reach 32 MiB. */
const tape = createTape(
  ({ connection, ...chunk }) => {
    ledgers.get(connection)?.weigh({ connection, ...chunk });
  },
  32 * 1024 * 1024,
);
const ledgers = new Map<number, Ledger>();
let connections = 0;
let clients = 0;

const graceMs = 1000;

/** Throws `UsageError` for an unknown transport. Dials nothing before `connect`. */
export function weighedClient(asked: ClientOptions): WeighedClient {
  const transport = transportNamed(asked.transport);
  const { over = 'http', messageBytes = 64 } = asked;
  const keyLog = createKeyLog('', true);
  const ledger = createLedger(conversationsOver(over, transport.traits.wire, messageBytes, keyLog));
  const client: Client = {
    dialer: createDialer({
      host: asked.host,
      port: asked.port,
      clock: realClock,
      tape,
      nextConnection() {
        ledgers.set(connections, ledger);
        return connections++;
      },
      tls: isSealed(over) ? { authority: asked.authority ?? null, keyLog } : undefined,
    }),
    connection: null,
  };
  return {
    transport,
    async connect() {
      const connecting = open(transport, client, { ...asked, over, messageBytes });
      const connection = await withinTime(connecting, asked.timeoutMs ?? 10_000);
      client.connection = connection;
      client.dialer.phase = 'steady';
    },
    send(data) {
      if (!client.connection) throw new Error('the client is not connected');
      return client.connection.send(data);
    },
    async close() {
      // The server would have counted a response that is still on its way, and this client would not.
      await Promise.race([
        client.connection?.quiet(),
        new Promise((resolve) => setTimeout(resolve, graceMs).unref()),
      ]);
      const polls = client.connection?.polls() ?? null;
      await closeOne(client, graceMs);
      return { ...accountOf(client, ledger), polls };
    },
  };
}

async function open(transport: Transport, { dialer }: Client, asked: ClientOptions) {
  const number = clients++;
  const { onMessage, onTrouble = () => {}, name = clientName(number) } = asked;
  return transport.connect({
    host: asked.host,
    port: asked.port,
    client: name,
    dialer,
    clock: realClock,
    over: asked.over ?? 'http',
    prefix: asked.prefix ?? '',
    library: await loadLibraries(transport.libraries),
    random: asked.random ?? randomStream(number, 'weighed client'),
    onMessage: (data) => onMessage(data, realClock.now()),
    onError: onTrouble,
    onStage: () => {},
    onBack: asked.onBack ?? (() => {}),
    onGaveUp: asked.onGaveUp ?? (() => {}),
    reconnect: asked.reconnect ?? 'doubling',
    pollIntervalMs: asked.pollIntervalMs ?? 100,
    holdMs: asked.holdMs ?? usualHoldMs,
    keepAlive: asked.keepAlive ?? true,
    headers: asked.headers ?? {},
    compression: (asked.compression ?? false) && transport.traits.compression,
    messageBytes: asked.messageBytes ?? 64,
    binary: asked.binary ?? false,
  });
}

const tooLate = text(
  'no connection within {ms} ms; is a server of this transport there?',
  '{ms} ms 안에 연결되지 않았습니다. 이 전송 방식의 서버가 있는지 확인하십시오.',
);

async function withinTime<Value>(work: Promise<Value>, ms: number): Promise<Value> {
  let callOff = () => {};
  const late = new Promise<never>((_, reject) => {
    callOff = afterReading(ms, () => reject(new CannotRun(inEveryLanguage(tooLate, { ms: String(ms) }))));
  });
  work.catch(() => {});
  return Promise.race([work, late]).finally(() => callOff());
}

function accountOf({ dialer }: Client, ledger: Ledger): Omit<ClientAccount, 'polls'> {
  tape.drain();
  ledger.close();
  for (const { connection } of dialer.dialled) ledgers.delete(connection);
  const counted = countedBy(dialer, 0);
  const layers = ledger.layers();
  return {
    layers,
    up: counted.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
    down: counted.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    difference: balance({ connections: () => counted }, ledger).difference,
    requests: layers
      .filter(({ layer, direction }) => layer === 'http' && direction === 'up')
      .reduce((sum, { units }) => sum + units, 0),
    connections: counted.length,
  };
}

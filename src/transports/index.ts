/** The registry of transports, in the order in which tables show them. */
import { fetchSse } from './fetch-sse.ts';
import { http } from './http.ts';
import { longPolling } from './long-polling.ts';
import { ndjson } from './ndjson.ts';
import { polling } from './polling.ts';
import { socketIo, socketIoPolling, socketIoRecovery, socketIoWebSocket } from './socket-io.ts';
import { sse, sseResume } from './sse.ts';
import { tcp } from './tcp.ts';
import type { Transport } from './transport.ts';
import { ws, wsReconnect } from './ws.ts';

export const transports: readonly Transport[] = [
  polling,
  longPolling,
  sse,
  sseResume,
  ndjson,
  fetchSse,
  ws,
  wsReconnect,
  socketIo,
  socketIoRecovery,
  socketIoWebSocket,
  socketIoPolling,
  http,
  tcp,
];

/** Finds a transport by its name or an alias, in any case. */
export const transportByName = (name: string): Transport | undefined => {
  const wanted = name.trim().toLowerCase();
  return transports.find((transport) => transport.name === wanted || transport.aliases.includes(wanted));
};

/** Names of the servers: several transports may share one. */
export const serverNames: readonly string[] = [...new Set(transports.map(({ server }) => server))];

/**
 * The registry: every layer with the value from its folder. The compiler checks it against `layers.ts`, which has only
 * the names, because documents need those without the code that reads bytes. Reports take each layer's look from here.
 */
import { chunk } from './chunked/index.ts';
import { encoding } from './encoding/index.ts';
import { engineIo } from './engine-io/index.ts';
import { http } from './http1/index.ts';
import { http2 } from './http2/index.ts';
import type { Layer } from './layers.ts';
import { mailbox } from './mailbox/index.ts';
import { msgpack } from './msgpack/index.ts';
import { multipart } from './multipart/index.ts';
import { ndjson } from './ndjson/index.ts';
import { payload } from './payload/index.ts';
import type { Protocol } from './protocol.ts';
import { socketIo } from './socket-io/index.ts';
import { sse } from './sse/index.ts';
import { tls } from './tls/index.ts';
import { unparsed } from './unparsed/index.ts';
import { websocket } from './websocket/index.ts';

export const protocols = {
  tls,
  http,
  chunk,
  http2,
  sse,
  ndjson,
  multipart,
  websocket,
  mailbox,
  'engine.io': engineIo,
  'socket.io': socketIo,
  msgpack,
  encoding,
  payload,
  unparsed,
} satisfies { readonly [Name in Layer]: Protocol<Name> };

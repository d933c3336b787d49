/**
 * Which library or protocol an application speaks, if the wire shows it: by a subprotocol, a path, a field, or the
 * first message. A further row is a name and its signs. Nothing is guessed: a library that is not listed gets no
 * name.
 */
import type { Direction } from '../wire/span.ts';

/** What is known of a connection when something of it is looked at. */
export interface Sight {
  /** `Sec-WebSocket-Protocol` of the answer; empty without one. */
  readonly subprotocol: string;
  /** With its query. */
  readonly target: string;
  readonly direction: Direction;
  /** How a message begins; empty where a head is looked at. */
  readonly beginning: string;
  /** Of the message, in bytes. */
  readonly length: number;
  /** A WebSocket carries it. */
  readonly isFrame: boolean;
  /** Names of the request's header fields. */
  readonly fields: ReadonlySet<string>;
}

type Known = (sight: Sight) => boolean;

/** What ends a message of SignalR. */
const endOfRecord = '\u001e';

const subprotocol =
  (pattern: RegExp): Known =>
  (sight) =>
    pattern.test(sight.subprotocol);

const path =
  (pattern: RegExp): Known =>
  ({ target }) =>
    pattern.test(target);

const says =
  (direction: Direction, pattern: RegExp): Known =>
  (sight) =>
    sight.direction === direction && pattern.test(sight.beginning);

const frame =
  (direction: Direction, pattern: RegExp): Known =>
  (sight) =>
    sight.isFrame && says(direction, pattern)(sight);

const field =
  (name: string): Known =>
  ({ fields }) =>
    fields.has(name);

const any =
  (...signs: readonly Known[]): Known =>
  (sight) =>
    signs.some((sign) => sign(sight));

/** All signs in one and the same sight. */
const all =
  (...signs: readonly Known[]): Known =>
  (sight) =>
    signs.every((sign) => sign(sight));

const graphqlDocument = /^\{"query":\s*"(\s|\\n)*(\{|query\b|mutation\b|subscription\b|fragment\b|#)/;

/** By name, the signs that all have to be seen on one connection, one after the other or at once. */
export const libraries: Readonly<Record<string, readonly Known[]>> = {
  // github.com/enisdenjo/graphql-ws, PROTOCOL.md; the older subprotocol is another protocol of another library.
  'graphql-ws': [subprotocol(/^graphql-transport-ws$/)],
  // AppSync uses the same subprotocol for other messages (AWS, "Building a real-time WebSocket client").
  'subscriptions-transport-ws': [
    all(
      subprotocol(/^graphql-ws$/),
      says('down', /"type":\s*"connection_ack"/),
      ({ beginning }) => !beginning.includes('"connectionTimeoutMs"'),
    ),
  ],
  'AWS AppSync': [
    all(subprotocol(/^graphql-ws$/), says('down', /"connectionTimeoutMs":\s*\d|"type":\s*"start_ack"/)),
  ],
  // github.com/enisdenjo/graphql-sse, PROTOCOL.md: a document of GraphQL that is answered by an event stream.
  'graphql-sse': [
    ({ direction, beginning, isFrame, fields }) =>
      direction === 'up' &&
      !isFrame &&
      fields.has('accept: text/event-stream') &&
      graphqlDocument.test(beginning),
  ],
  // Model Context Protocol, "Transports"; JSON-RPC's first call is `initialize`.
  MCP: [
    any(
      field('mcp-session-id'),
      field('mcp-protocol-version'),
      // A version of MCP is a date.
      says('up', /"method":\s*"initialize".*"protocolVersion":\s*"\d{4}-/s),
      says('up', /"protocolVersion":\s*"\d{4}-.*"method":\s*"initialize"/s),
    ),
  ],
  // MQTT 5.0 §6; 3.1 had a name of its own.
  MQTT: [subprotocol(/^mqtt(v3\.1)?$/)],
  // STOMP 1.2, "Connecting".
  STOMP: [any(subprotocol(/^v1\d\.stomp$/), frame('up', /^(CONNECT|STOMP)\r?\n([\w-]+:[^\n]*\n)+\r?\n\0/))],
  // wamp-proto.org, "WebSocket Transport".
  WAMP: [subprotocol(/^wamp\.2\./)],
  // Phoenix.Socket.V2.JSONSerializer: join ref, ref, topic, event, payload.
  Phoenix: [frame('up', /^\[("[^"]*"|null),("[^"]*"|null),"[^"]*","phx_join",/)],
  // actioncable, INTERNAL.
  'Action Cable': [subprotocol(/^actioncable-/)],
  // Pusher Channels, "WebSocket protocol".
  Pusher: [frame('down', /^\{"event":\s*"pusher:connection_established"/)],
  // centrifugal.dev, "Client protocol".
  Centrifuge: [
    any(subprotocol(/^centrifuge-/), frame('up', /^\{"(connect":\{.*"id":1\}|id":1,"connect":\{)/)),
  ],
  // github.com/yjs/y-protocols: sync, step 1, the length of a state vector.
  // Both sides begin with it.
  'y-websocket': [
    ({ isFrame, direction, beginning, length }) =>
      isFrame && direction === 'up' && beginning.startsWith('\0\0') && beginning.charCodeAt(2) === length - 3,
    ({ isFrame, direction, beginning }) =>
      isFrame && direction === 'down' && beginning.startsWith('\0') && beginning.charCodeAt(1) <= 1,
  ],
  // docs.cometd.org, "The Bayeux Protocol".
  Bayeux: [says('up', /"channel":\s*"\/meta\/handshake"/)],
  // trpc.io, wsLink and httpSubscriptionLink.
  tRPC: [
    any(
      frame('up', /"method":"(subscription|query|mutation)".*"path":"\w+(\.\w+)*"/s),
      all(
        path(/\/[\w.,]+\?(batch=1|input=|connectionParams=)/),
        says('down', /^\[?\{"(result|error)":\{"(data|json|message)"/),
      ),
    ),
  ],
  // github.com/sockjs/sockjs-protocol: a server id of three digits, a session, a transport.
  // Its frames begin with a letter: open, array, heartbeat, close.
  SockJS: [
    any(
      all(
        path(/\/\d{3}\/[\w-]+\/(websocket|xhr|eventsource|jsonp)(\?|$)/),
        says('down', /(^|\n|"| )(o|h|a\[.*\]|c\[\d+,".*"\])("|\r?\n|$)/s),
      ),
      all(path(/\/\d{3}\/[\w-]+\/(xhr|jsonp)_send(\?|$)/), says('up', /^(\["|d=%5B%22)/)),
      // Streams begin with two kilobytes, which make browsers deliver the rest at once.
      all(path(/\/\d{3}\/[\w-]+\/xhr_streaming$/), says('down', /^h{200}/)),
      all(path(/\/\d{3}\/[\w-]+\/htmlfile\?c=/), says('down', /^\s*<!doctype html>/i)),
    ),
  ],
  // ASP.NET Core, HubProtocol.md: the handshake ends with U+001E.
  SignalR: [
    any(
      ({ direction, beginning }) =>
        direction === 'up' &&
        /^\{"protocol":"[a-z]+","version":\d+\}$/.test(beginning.split(endOfRecord)[0] ?? '') &&
        beginning.includes(endOfRecord),
      path(/\/negotiate\?(.*&)?negotiateVersion=/),
    ),
  ],
  'Vite HMR': [subprotocol(/^vite-(hmr|ping)$/)],
  // It sends its settings, then the hash of what it has built.
  'webpack-dev-server': [
    frame('down', /^\{"type":"(hot|liveReload|overlay|progress|reconnect)"[,}]/),
    frame('down', /^\{"type":"hash","data":"[0-9a-f]+"\}$/),
  ],
};

/**
 * Which library or protocol an application speaks, where the wire says it: a subprotocol, a path, a field, the first thing
 * that was said. A table; a further row is a name and how one knows it. Nothing is guessed: who is not here has no name.
 */
import type { Direction } from '../wire/span.ts';

/** What is known of a connection when something of it is looked at. */
export interface Sight {
  /** `Sec-WebSocket-Protocol` of the answer, or nothing. */
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
  (...all: readonly Known[]): Known =>
  (sight) =>
    all.some((one) => one(sight));

const libraries: Readonly<Record<string, Known>> = {
  // github.com/enisdenjo/graphql-ws, PROTOCOL.md; the older subprotocol is another protocol of another library.
  'graphql-ws': subprotocol(/^graphql-transport-ws$/),
  'subscriptions-transport-ws': subprotocol(/^graphql-ws$/),
  // github.com/enisdenjo/graphql-sse, PROTOCOL.md: a query answered by an event stream.
  'graphql-sse': ({ direction, beginning, isFrame, fields }) =>
    direction === 'up' &&
    !isFrame &&
    fields.has('accept: text/event-stream') &&
    /^\{"(query|operationName)"/.test(beginning),
  // Model Context Protocol, "Transports"; JSON-RPC's first call is `initialize`.
  MCP: any(
    field('mcp-session-id'),
    field('mcp-protocol-version'),
    says('up', /"method":\s*"initialize".*"protocolVersion"|"protocolVersion".*"method":\s*"initialize"/s),
  ),
  // MQTT 5.0 §6; 3.1 had a name of its own.
  MQTT: subprotocol(/^mqtt(v3\.1)?$/),
  // STOMP 1.2, "Connecting".
  STOMP: any(subprotocol(/^v1\d\.stomp$/), frame('up', /^(CONNECT|STOMP)\r?\n/)),
  // wamp-proto.org, "WebSocket Transport".
  WAMP: subprotocol(/^wamp\.2\./),
  // Phoenix.Socket.V2.JSONSerializer: join ref, ref, topic, event, payload.
  Phoenix: frame('up', /^\[("[^"]*"|null),("[^"]*"|null),"[^"]*","phx_join",/),
  // actioncable, INTERNAL.
  'Action Cable': subprotocol(/^actioncable-/),
  // Pusher Channels, "WebSocket protocol".
  Pusher: frame('down', /^\{"event":\s*"pusher:connection_established"/),
  // centrifugal.dev, "Client protocol".
  Centrifuge: any(subprotocol(/^centrifuge-/), frame('up', /^\{"(connect":\{.*"id":1\}|id":1,"connect":\{)/)),
  // github.com/yjs/y-protocols: sync, step 1, the length of a state vector.
  'y-websocket': ({ isFrame, direction, beginning, length }) =>
    isFrame && direction === 'up' && beginning.startsWith('\0\0') && beginning.charCodeAt(2) === length - 3,
  // docs.cometd.org, "The Bayeux Protocol".
  Bayeux: says('up', /"channel":\s*"\/meta\/handshake"/),
  // trpc.io, wsLink and httpSubscriptionLink.
  tRPC: any(
    frame('up', /"method":"(subscription|query|mutation)","params":\{.*"path":/s),
    path(/\/trpc\/[\w.]+\?(batch=1|input=|connectionParams=)/),
  ),
  // github.com/sockjs/sockjs-protocol: a server id of three digits, a session, a transport.
  SockJS: path(
    /\/\d{3}\/[\w-]+\/(websocket|xhr|xhr_send|xhr_streaming|eventsource|htmlfile|jsonp|jsonp_send)(\?|$)/,
  ),
  // ASP.NET Core, HubProtocol.md: the handshake ends with U+001E.
  SignalR: any(
    ({ direction, beginning }) =>
      direction === 'up' &&
      /^\{"protocol":"[a-z]+","version":\d+\}$/.test(beginning.split(endOfRecord)[0] ?? '') &&
      beginning.includes(endOfRecord),
    path(/\/negotiate\?(.*&)?negotiateVersion=/),
  ),
  'Vite HMR': subprotocol(/^vite-(hmr|ping)$/),
  'webpack-dev-server': frame('down', /^\{"type":"(hot|liveReload|hash|overlay|reconnect)"/),
};

/** Names that fit what is seen. */
export const namesOf = (sight: Sight): string[] =>
  Object.entries(libraries)
    .filter(([, isKnown]) => isKnown(sight))
    .map(([name]) => name);

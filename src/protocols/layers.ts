/**
 * The layers, in the order in which tables show them. Every byte of a socket belongs to exactly one. Each has a folder
 * with its reader, explanations and title; `index.ts` checks the folders against this list.
 */
export const layers = [
  'tls', // record heads, tags, handshake messages (RFC 8446)
  'http', // start lines, headers, blank lines (RFC 9112)
  'chunk', // chunked transfer coding: sizes, extensions, line ends, trailers (RFC 9112 §7.1)
  'http2', // frame heads, settings, flow control, padding (RFC 9113)
  'sse', // field names, colons and line ends of an event stream (WHATWG HTML §9.2)
  'ndjson', // quotes, keys and line ends of a stream of JSON lines
  'multipart', // boundaries and fields of bodies of parts (RFC 2046 §5.1)
  'websocket', // frame headers, masks, control frames (RFC 6455 §5)
  'mailbox', // the netstring lengths and commas of our polling responses
  'engine.io', // packet types, separators and handshakes of Engine.IO 4
  'socket.io', // packet types, event names, acks, namespaces and JSON syntax of Socket.IO 5
  'msgpack', // heads and keys of MessagePack
  'encoding', // what base64 and JSON escaping add to a payload
  'payload', // what the application wanted to say
  'unparsed', // what no dissector could read; never thrown away
] as const;

export type Layer = (typeof layers)[number];

/** Names of `unparsed` fields whose bytes are TLS without its secrets, or HTTP/2 after `Upgrade: h2c`. */
export const unreadNames = ['tls', 'http2'] as const;

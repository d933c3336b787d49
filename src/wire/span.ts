/**
 * The vocabulary of the ledger: which layer owns a byte, which way it went, in which phase of a trial.
 *
 * A dissector tells its findings through `Emit`, in the order of the bytes: "the next `bytes` bytes are the
 * field `name` of `layer`". Nothing else leaves a dissector, so nothing can be counted twice or forgotten.
 */

/** Every byte of a socket belongs to exactly one of these. */
export const layers = [
  'http', // start lines, headers, blank lines (RFC 9112)
  'chunk', // chunked transfer coding: sizes, extensions, line ends, trailers (RFC 9112 §7.1)
  'sse', // field names, colons and line ends of an event stream (WHATWG HTML §9.2)
  'ndjson', // quotes, keys and line ends of a stream of JSON lines
  'websocket', // frame headers, masks, control frames (RFC 6455 §5)
  'mailbox', // the netstring lengths and commas of our polling responses
  'engine.io', // packet types, separators and handshakes of Engine.IO 4
  'socket.io', // packet types, event names, acks, namespaces and JSON syntax of Socket.IO 5
  'encoding', // what base64 and JSON escaping add to a payload
  'payload', // what the application wanted to say
  'unparsed', // what no dissector could read; never thrown away
] as const;

export type Layer = (typeof layers)[number];

/** `up` is client → server. */
export type Direction = 'up' | 'down';

export const phases = ['setup', 'warmup', 'steady', 'teardown'] as const;
export type Phase = (typeof phases)[number];

/**
 * What begins with a span: `unit` = a new thing of its layer (an HTTP message, a chunk, an event, a frame, a
 * packet, an application message) and its first field; `field` = a further field of the same thing; `more` =
 * the continuation of the field before it (a long payload arrives in pieces, and must count once).
 */
export type Mark = 'unit' | 'field' | 'more';

/** Says that the next `bytes` bytes of this direction are field `name` of `layer`. Zero bytes are allowed: an empty message is still a message. */
export type Emit = (layer: Layer, name: string, bytes: number, mark: Mark) => void;

/**
 * The names that both sides of every transport use: paths, the cursor's header, the event, content types. Apart from
 * the rest of the protocol because a browser needs them too, and a browser has no `Buffer`.
 */

/** Request targets of the HTTP transports. */
export const paths = {
  /** GET: everything that waits for this client, from its cursor on. */
  mailbox: '/mailbox',
  /** GET: the event stream. */
  events: '/events',
  /** GET: the stream of JSON lines. */
  stream: '/stream',
  /** POST: one message upstream; its body is the message itself. */
  message: '/message',
  /** POST: the plain HTTP reference; the echo comes in the response. */
  echo: '/echo',
  /** POST: a question; its answer comes in the response, piece by piece, as events. */
  answer: '/answer',
  /** The WebSocket endpoint. */
  socket: '/ws',
} as const;

/** The response header that carries the cursor for the next poll. */
export const cursorHeader = 'x-cursor';

/** The Socket.IO event that carries a message, both ways. */
export const eventName = 'echo';

export const contentTypes = {
  text: 'text/plain; charset=utf-8',
  binary: 'application/octet-stream',
  ndjson: 'application/x-ndjson',
} as const;

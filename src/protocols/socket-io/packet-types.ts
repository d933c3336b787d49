/** Types of Socket.IO's packets, by their digits. */
export const packetTypes = [
  'connect',
  'disconnect',
  'event',
  'ack',
  'connect-error',
  'binary-event',
  'binary-ack',
] as const;

export type PacketType = (typeof packetTypes)[number];

/** What no application sent: it opens and leaves namespaces. */
export const isSystem = (type: PacketType): boolean => /connect/.test(type);

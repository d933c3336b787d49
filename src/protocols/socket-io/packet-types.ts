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

/** Packets that no application sent: they open and leave namespaces. */
export const isSystem = (type: PacketType): boolean => /connect/.test(type);

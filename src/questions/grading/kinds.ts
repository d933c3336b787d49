/** The five formats that a student's server may speak, and their paths: docs/wire-formats.md describes them in full. */
import { paths } from '../../protocols/contract.ts';

export const kinds = ['ws-echo', 'ws-chat', 'sse', 'long-polling', 'socket.io'] as const;
export type Kind = (typeof kinds)[number];

export const places = {
  socket: paths.socket,
  events: paths.events,
  message: paths.message,
  poll: '/poll',
  /** A path that no server has. */
  nowhere: '/there-is-nothing-here',
} as const;

/** The two events of a Socket.IO server. */
export const events = { echo: 'echo', chat: 'chat' } as const;

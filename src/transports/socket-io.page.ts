/** Socket.IO, with its own client as its authors ship it for browsers; a script tag has put it there as `io`. */
import { eventName } from '../protocols/endpoints.ts';
import type { OpenLane } from './lane.page.ts';

declare const io: typeof import('socket.io-client').io;

export const openSocketIo: OpenLane = ({ base, client, onMessage, onState }) => {
  const socket = io({ path: `${base}/socket.io/`, query: { client }, forceNew: true });
  socket.on('connect', () => onState('open'));
  socket.on('disconnect', (reason) => onState(reason === 'io client disconnect' ? 'closed' : 'reconnecting'));
  socket.on(eventName, (text: string) => onMessage(text));
  return {
    // It keeps what it cannot send yet, and sends it when it is back.
    async say(text) {
      socket.emit(eventName, text);
    },
    close() {
      socket.disconnect();
      onState('closed');
    },
  };
};

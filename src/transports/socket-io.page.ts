/** Socket.IO, with its own client as shipped for browsers; a script tag has defined it as `io`. */
import { eventName } from '../protocols/endpoints.ts';
import type { OpenLane } from './lane.page.ts';

declare const io: typeof import('socket.io-client').io;

export const openSocketIo: OpenLane = ({ base, client, onMessage, onState, onSettled = () => {} }) => {
  const query = client === '' ? {} : { client };
  const socket = io({ path: `${base}/socket.io/`, query, forceNew: true });
  socket.on('connect', () => onState('open'));
  // It begins with HTTP long polling and upgrades to WebSocket, or goes on polling if the upgrade is refused.
  socket.io.once('open', () => {
    socket.io.engine.once('upgrade', onSettled);
    socket.io.engine.once('upgradeError', onSettled);
  });
  socket.on('disconnect', (reason) => onState(reason === 'io client disconnect' ? 'closed' : 'reconnecting'));
  socket.on(eventName, (text: string) => onMessage(text));
  return {
    // The client buffers what it cannot send yet, and sends it after reconnecting.
    async say(text) {
      socket.emit(eventName, text);
    },
    close() {
      socket.disconnect();
      onState('closed');
    },
  };
};

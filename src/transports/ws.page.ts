/**
 * WebSocket. The browser's object never reconnects by itself: the small loop below is what every application writes.
 * Messages sent while it was disconnected are lost.
 */
import { paths } from '../protocols/endpoints.ts';
import { address, type OpenLane, patience } from './lane.page.ts';

export const openWs: OpenLane = ({ base, client, onMessage, onState }) => {
  const url = new URL(address(base, paths.socket, client), location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const retry = patience();
  let isLeaving = false;
  let socket: WebSocket;
  const connect = () => {
    socket = new WebSocket(url);
    socket.onopen = () => {
      retry.reset();
      onState('open');
    };
    socket.onmessage = ({ data }) => onMessage(String(data));
    socket.onclose = async () => {
      if (isLeaving) return;
      onState('reconnecting');
      await retry.wait();
      if (!isLeaving) connect();
    };
  };
  connect();
  return {
    async say(text) {
      if (socket.readyState !== WebSocket.OPEN) throw new Error('not connected');
      socket.send(text);
    },
    close() {
      isLeaving = true;
      socket.close();
      onState('closed');
    },
  };
};

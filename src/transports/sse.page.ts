/**
 * Server-Sent Events through the browser's `EventSource`: it reads, and reconnects by itself after its retry time
 * (three seconds in Chromium). Messages sent meanwhile are lost: these events have no ids.
 */
import { paths } from '../protocols/endpoints.ts';
import { address, type OpenLane, poster } from './lane.page.ts';

export const openSse: OpenLane = (options) => {
  const { base, client, onMessage, onState } = options;
  const source = new EventSource(address(base, paths.events, client));
  source.onopen = () => onState('open');
  source.onmessage = ({ data }) => onMessage(String(data));
  // An EventSource that was refused does not reconnect (WHATWG HTML §9.2.3).
  source.onerror = () => onState(source.readyState === EventSource.CLOSED ? 'closed' : 'reconnecting');
  return {
    say: poster(options),
    close() {
      source.close();
      onState('closed');
    },
  };
};

/**
 * Server-Sent Events through the browser's `EventSource`: it reads, and comes back by itself after its retry time (three
 * seconds in Chromium). What was said meanwhile is gone: these events have no ids.
 */
import { paths } from '../protocols/endpoints.ts';
import { address, type OpenLane, poster } from './lane.page.ts';

export const openSse: OpenLane = (options) => {
  const { base, client, onMessage, onState } = options;
  const source = new EventSource(address(base, paths.events, client));
  source.onopen = () => onState('open');
  source.onmessage = ({ data }) => onMessage(String(data));
  // Refused, it does not come back (§9.2.3).
  source.onerror = () => onState(source.readyState === EventSource.CLOSED ? 'closed' : 'reconnecting');
  return {
    say: poster(options),
    close() {
      source.close();
      onState('closed');
    },
  };
};

/** The HTTP reference: a message is a POST, the answer its response. */
import { paths } from '../protocols/endpoints.ts';
import type { OpenLane } from './lane.page.ts';

export const openHttp: OpenLane = ({ base, contentType = 'application/json', onMessage, onState }) => {
  onState('open');
  return {
    async say(text) {
      const headers = { 'content-type': contentType };
      const answer = await fetch(`${base}${paths.echo}`, { method: 'POST', headers, body: text });
      const said = await answer.text();
      if (!answer.ok) throw new Error(String(answer.status));
      onMessage(said);
    },
    close: () => onState('closed'),
  };
};

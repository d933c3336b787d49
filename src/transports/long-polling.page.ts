/** Long polling: one question is always out; as soon as it is answered the next one is asked. */
import { paths } from '../protocols/endpoints.ts';
import { address, type OpenLane, patience, post } from './lane.page.ts';
import { openMailbox } from './mailbox.page.ts';

export const openLongPolling: OpenLane = (options) => {
  const { base, client } = options;
  const mailbox = openMailbox(options);
  const listen = async () => {
    const retry = patience();
    while (!mailbox.signal.aborted) {
      if (await mailbox.ask()) retry.reset();
      else await retry.wait();
    }
  };
  void listen();
  return { say: (text) => post(address(base, paths.message, client), text), close: mailbox.leave };
};

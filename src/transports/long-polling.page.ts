/** Long polling: one request is always outstanding; as soon as it is answered, the page sends the next one. */
import { type OpenLane, patience, poster } from './lane.page.ts';
import { openMailbox } from './mailbox.page.ts';

export const openLongPolling: OpenLane = (options) => {
  const mailbox = openMailbox(options);
  const listen = async () => {
    const retry = patience();
    for (let isOpen = false; !mailbox.signal.aborted; ) {
      if (!(await mailbox.ask())) {
        await retry.wait();
        continue;
      }
      retry.reset();
      if (!isOpen) await options.mayGoOn?.();
      isOpen = true;
    }
  };
  void listen();
  return { say: poster(options), close: mailbox.leave, polls: () => mailbox.count };
};

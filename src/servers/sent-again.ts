/**
 * A message in a POST may arrive twice: its sender, or a proxy, sends it again if the connection died before the
 * response (RFC 9110 §9.2.2 forbids it unless it is known to be harmless; browsers and retrying proxies do it all the
 * same). Its identity shows the repetition: it is delivered once, answered each time, and counted.
 */
import { createHearing } from '../metrics/hearing.ts';
import { decodeIdentity, type Payload } from '../protocols/contract.ts';
import type { ServerOptions } from './server.ts';

/** Tells whether a message has come before. Always false without `onSentAgain`, and for messages without identity. */
export function recogniser({ onSentAgain }: Pick<ServerOptions, 'onSentAgain'>): (data: Payload) => boolean {
  if (!onSentAgain) return () => false;
  const hearing = createHearing();
  return (data) => {
    const identity = decodeIdentity(data);
    if (!identity || hearing.isNew(0, identity.client, identity.sequence)) return false;
    onSentAgain();
    return true;
  };
}

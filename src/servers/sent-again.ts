/**
 * A message that comes by POST may come twice: its sender, or a proxy, sends it again where the connection died before the
 * answer (RFC 9110 §9.2.2 forbids it where it is not known to be harmless; browsers and retrying proxies do it all the same).
 * Its identity tells: it is taken once, answered each time, and counted.
 */
import { createHearing } from '../metrics/hearing.ts';
import { decodeIdentity, type Payload } from '../protocols/contract.ts';
import type { ServerOptions } from './server.ts';

/** Says of each message whether it has come before. Where nobody counts them, and of what has no identity, it says no. */
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

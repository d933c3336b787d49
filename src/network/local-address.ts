/** The address by which others on the local network reach this machine; undefined where there is none. */
import { networkInterfaces } from 'node:os';

export const localAddress = (): string | undefined =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

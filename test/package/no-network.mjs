/** Loaded before a program (`node --import`): looking a name up or dialling another machine ends the process. */
import dns from 'node:dns';
import { isIP, Socket } from 'node:net';

const refuse = (what) => {
  process.stderr.write(`no-network: ${what}\n`);
  process.exit(99);
};
const { lookup } = dns;
// A server that listens on a literal address calls `lookup` too, but that sends no query.
dns.lookup = (host, ...rest) => (isIP(host) ? lookup(host, ...rest) : refuse(`looked up ${host}`));
dns.promises.lookup = (host) => refuse(`looked up ${host}`);
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  const host = options?.host ?? (typeof args[1] === 'string' ? args[1] : '127.0.0.1');
  if (options?.path === undefined && !['127.0.0.1', '::1'].includes(host)) refuse(`dialled ${host}`);
  return connect.apply(this, args);
};

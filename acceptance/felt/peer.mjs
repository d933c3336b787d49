/**
 * A peer that knows nothing of the relay: it requests one echo after the other from the WebSocket of RTCOMPARE_URL,
 * first as many again as a warm-up, and prints the median round trip (ns) on stderr: `peer.mjs MESSAGES PAUSE-MS`.
 */
import { WebSocket } from 'ws';

const [messages = 5000, pauseMs = 0] = process.argv.slice(2).map(Number);
const socket = new WebSocket(`${process.env.RTCOMPARE_URL.replace(/^http/, 'ws')}/ws`, {
  perMessageDeflate: false,
});
const question = 'q'.repeat(64);
const timesNs = [];
let [heard, sentMs] = [-messages, 0];
const say = () => {
  sentMs = performance.now();
  socket.send(question);
};
let isGreeted = false;
socket.on('message', () => {
  const nowMs = performance.now();
  // The first message is the server's greeting.
  if (!isGreeted) {
    isGreeted = true;
    return say();
  }
  if (heard >= 0) timesNs.push((nowMs - sentMs) * 1e6);
  if (++heard === messages) {
    process.stderr.write(`felt ${timesNs.sort((a, b) => a - b)[messages >> 1]}\n`);
    return socket.close();
  }
  if (pauseMs > 0) setTimeout(say, pauseMs);
  else say();
});

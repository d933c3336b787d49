/** The registry of laws: the command line, reports and tests walk this array, and nothing else knows them all. */
import { herd5 } from './admission.ts';
import { clu1, clu2, clu3 } from './cluster.ts';
import { fan1, fan2 } from './fan-out.ts';
import { herd6 } from './flapping.ts';
import { by1, by2, by3, by6 } from './http-bytes.ts';
import { h2a, h2b, h2c, h2d } from './http2.ts';
import type { Law } from './law.ts';
import { lp1, lp2, lp3, lp4, lp5 } from './long-polling.ts';
import { lp6, lp7 } from './long-polling-limits.ts';
import { out } from './outage.ts';
import { poll4, poll5, poll6, poll7 } from './poll-contents.ts';
import { poll1, poll2, poll3, poll8 } from './polling.ts';
import { px1 } from './proxy.ts';
import { herd1, herd2, herd3, herd4 } from './reconnection.ts';
import { slow1, slow2, slow3 } from './slow-reader.ts';
import { sio1, sio2, sio3, sio8, sio10 } from './socket-io.ts';
import { sio4, sio6, sio7, sio9 } from './socket-io-connect.ts';
import { sse1, sse2, sse3, sse4, sse5, sse6 } from './sse.ts';
import { co1 } from './stall.ts';
import { str1, str2, str3, str4 } from './stream.ts';
import { tls1, tls2 } from './tls.ts';
import { slow4 } from './vanished.ts';
import { ws1, ws2, ws3, ws4 } from './websocket.ts';

export const laws: readonly Law[] = [
  ...[poll1, poll2, poll3, poll4, poll5, poll6, poll7, poll8],
  ...[lp1, lp2, lp3, lp4, lp5, lp6, lp7],
  ...[sse1, sse2, sse3, sse4, sse5, sse6],
  ...[ws1, ws2, ws3, ws4],
  ...[sio1, sio2, sio3, sio4, sio6, sio7, sio8, sio9, sio10],
  ...[by1, by2, by3, by6],
  ...[tls1, tls2],
  ...[h2a, h2b, h2c, h2d],
  ...[fan1, fan2],
  px1,
  co1,
  out,
  ...[herd1, herd2, herd3, herd4, herd5, herd6],
  ...[slow1, slow2, slow3, slow4],
  ...[clu1, clu2, clu3],
  ...[str1, str2, str3, str4],
];

/** The law with this id, in whatever case it was typed; undefined when there is none. */
export function lawById(id: string): Law | undefined {
  const wanted = id.toUpperCase();
  return laws.find((law) => law.id === wanted);
}

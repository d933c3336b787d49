#!/usr/bin/env bash
# Asked for a fixed rate, autocannon counts a server that stands still once for each millisecond and connection, not once for each
# request that was due: a quarter of the run becomes its median.
#
# A good guess: a load generator with a rate (`-R`) corrects for coordinated omission, so behind a stall its figures are those of the
#   requests that were due: of six seconds one and a half, so a quarter of them waits, and the median is what it was.
# What happens: it hands each response time to its histogram with an expected interval of Math.ceil(1 / rate) ms, where the rate is that
#   of one connection per second. That is 1 ms for every rate from one on, so a request that took 1,000 ms adds 999 samples to its own.
#   Ten connections at 100 requests a second miss some 150 requests in the stall, and the histogram gets about ten thousand samples: the
#   median of the whole run is 200 to 700 ms. With `--ignoreCoordinatedOmission` it is a millisecond or two, and of the stall only
#   the ten requests are seen that were on their way.
# Versions: autocannon 8.0.0, hdr-histogram-js 3, Node 20.20.2.
# Why it matters: polling and long polling are compared with such tools, and servers of real-time applications do stand still: for a
#   collection of garbage, a checkpoint, a deployment. Neither figure is what clients saw: without the correction the stall is all but
#   invisible, with it nothing else is visible.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund autocannon@8.0.0

cat > find.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import autocannon from 'autocannon';

const { version } = createRequire(import.meta.url)('autocannon/package.json');
console.log(`autocannon ${version}, Node ${process.version}`);

const connections = 10;
const overallRate = 100;
const duration = 6;
const stallMs = 1500;

/** Each answer waits until the stall is over, if there is one. */
async function load(ignoreCoordinatedOmission) {
  let first;
  const server = createServer((_, response) => {
    const now = performance.now();
    first ??= now;
    const leftMs = first + 3000 + stallMs - now;
    const isStalled = leftMs > 0 && leftMs <= stallMs;
    setTimeout(() => response.end('ok'), isStalled ? leftMs : 0);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const running = autocannon({
    url: `http://127.0.0.1:${server.address().port}/`,
    ...{ connections, overallRate, duration, ignoreCoordinatedOmission },
  });
  let waitedMs = 0;
  running.on('response', (_client, _status, _bytes, tookMs) => (waitedMs += Math.max(1, Math.floor(tookMs))));
  const result = await running;
  server.closeAllConnections();
  server.close();
  return { requests: result['2xx'], waitedMs, ...result.latency };
}

const corrected = await load(false);
const asSent = await load(true);
for (const [name, { requests, totalCount, p50, p99 }] of Object.entries({ corrected, asSent }))
  console.log(`${name}: ${requests} requests, ${totalCount} samples, p50 ${p50} ms, p99 ${p99} ms`);

const checks = {
  'a sample for each millisecond that a request took': Math.abs(corrected.totalCount / corrected.waitedMs - 1) < 0.05,
  'the median of a run of six seconds is far into the stall': corrected.p50 > 100,
  'without the correction one sample a request, and the median is that of a quick server':
    asSent.totalCount === asSent.requests && asSent.p50 < corrected.p50 / 5,
};
for (const [sentence, holds] of Object.entries(checks)) console.log(holds ? 'as found' : 'CHANGED ', sentence);
process.exit(Object.values(checks).every(Boolean) ? 0 : 1);
JS
timeout 120 node find.mjs

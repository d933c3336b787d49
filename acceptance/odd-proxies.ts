/**
 * Odd configurations of real proxies, for which no probe was written: each is probed, and the findings are compared
 * with the configuration. Proxies that are not installed are named.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProbedProxy } from '../src/questions/passage/configuration-passage.ts';
import { rtcompare, tally } from './command.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'odd-proxies');

type Holds = (probed: ProbedProxy) => boolean;

/** About so many milliseconds: proxies check limits of whole seconds by timers. */
const about = (ms: number | null, wanted: number) => ms !== null && Math.abs(ms - wanted) < 700;

/** By file: sentences about the configuration, and how each is checked. */
const configurations: Readonly<Record<string, Readonly<Record<string, Holds>>>> = {
  'nginx-gzip.conf': {
    'events come one by one, as gzip': ({ stream }) =>
      stream.how === 'event by event' && stream.coding === 'gzip',
    'a torn answer is cut': ({ death }) => death.chunked.end === 'cut',
  },
  'nginx-buffers.conf': {
    '16,384 B at a time': ({ stream }) => stream.how === 'buffered' && stream.bytes === 16_384,
    'X-Accel-Buffering is not heard': ({ helpedStream }) => helpedStream?.how === 'buffered',
  },
  'nginx-large-buffer.conf': {
    '131,072 B at a time': ({ stream }) => stream.how === 'buffered' && stream.bytes === 131_072,
  },
  'nginx-cache.conf': {
    'one of two readers reaches the server, at once and later': ({ sharing }) =>
      sharing.atOnce === 1 && sharing.after === 1,
    'no-store helps': ({ sharing }) => sharing.notStored === 2,
    'a reader that left is not told of': ({ leaving }) => leaving.stream === null,
  },
  'nginx-limits.conf': {
    'the limit is told of requests in a row': ({ connections }) =>
      connections.answered > 10 && connections.status === 429,
    'and of nothing else': ({ stream, poll, upgrade, sharing }) =>
      stream.how === 'event by event' &&
      poll.by === 'server' &&
      upgrade.how === 'passes' &&
      sharing.after === 2,
  },
  'nginx-chunked-off.conf': {
    'a torn answer looks complete': ({ death }) => death.chunked.end === 'complete',
    'one whose length is said is cut': ({ death }) => death.length.end === 'cut',
  },
  'nginx-old-keepalive.conf': {
    'HTTP/1.0, and no connection more': ({ connections }) =>
      connections.httpVersion === '1.0' && connections.perHundred === 0,
    'a quiet stream ends after 3 s, a poll with 504': ({ idle }) =>
      about(idle.stream.ms, 3000) && idle.poll.status === 504 && about(idle.poll.ms, 3000),
    'comments keep it': ({ idle }) => idle.kept?.comments.how === 'open',
  },
  'nginx-paths.conf': {
    'the stream is refused 401 by the proxy': ({ stream }) =>
      stream.how === 'answered' && stream.status === 401 && stream.by === 'proxy',
    'the poll is answered by the proxy': ({ poll }) => poll.by === 'proxy' && poll.ms < 500,
    '/ws is closed, /feed passes': ({ upgrade, otherUpgrade }) =>
      upgrade.how === 'closed' && otherUpgrade?.how === 'passes',
  },
  'nginx-slow.conf': {
    'the stream is slowed to about 4,096 B/s': ({ stream }) =>
      stream.how === 'slow' && Math.abs(stream.bytesPerSecond / 4096 - 1) < 0.25,
  },
  'haproxy-limits.cfg': {
    'a POST is delivered four times': ({ dyingPost }) => dyingPost.deliveries === 4,
    '/feed is refused 403': ({ otherUpgrade }) =>
      otherUpgrade?.how === 'refused' && otherUpgrade.status === 403,
    'quiet stream and WebSocket end after 3 s': ({ idle }) =>
      about(idle.stream.ms, 3000) && about(idle.websocket.ms, 3000),
    'X-Probe is renamed': ({ heads }) =>
      heads?.some(({ change, name }) => change === 'renamed' && name === 'x-tracked') === true,
  },
  'haproxy-answers.cfg': {
    'the stream is answered by the proxy': ({ stream }) => stream.how === 'answered' && stream.by === 'proxy',
    'Socket.IO does not work': ({ fallback }) => fallback.how === 'nothing',
    'a connection a request': ({ connections }) => connections.perHundred === 100,
  },
  'apache-deflate.conf': {
    'events come one by one, as gzip': ({ stream }) =>
      stream.how === 'event by event' && stream.coding === 'gzip',
    '/ws is refused 404, /feed passes': ({ upgrade, otherUpgrade }) =>
      upgrade.status === 404 && otherUpgrade?.how === 'passes',
    'a quiet stream ends after 4 s, a poll with 502': ({ idle }) =>
      about(idle.stream.ms, 4000) && idle.poll.status === 502,
  },
  'caddy-odd.conf': {
    'the poll is answered 504 after a second': ({ poll }) => poll.status === 504 && about(poll.ms, 1000),
    'short requests are answered 503 by the proxy': ({ connections }) =>
      connections.answered === connections.asked && connections.status === 503,
    'X-Probe is removed': ({ heads }) =>
      heads?.some(({ change, name }) => change === 'removed' && name === 'x-probe') === true,
    'its reload says why it cannot': ({ reload }) => reload?.can === false,
  },
};

export async function oddProxies(): Promise<boolean> {
  const { say, held } = tally();
  for (const [file, sentences] of Object.entries(configurations)) {
    const [name = ''] = file.split('-');
    const asked = ['probe', 'proxies', name, '--proxy-config', join(folder, file), '--hold', '1500ms'];
    const { code, stdout, stderr, seconds } = await rtcompare(...asked, '--json', '--quiet');
    if (code === 3) {
      console.log(`skipped: ${file}, ${stderr.trim()}`);
      continue;
    }
    const found = code === 0 ? (JSON.parse(stdout).proxies as ProbedProxy[])[0] : undefined;
    for (const [sentence, holds] of Object.entries(sentences))
      say(found !== undefined && holds(found), `${file}: ${sentence} (${seconds.toFixed(0)} s)`);
  }
  return held();
}

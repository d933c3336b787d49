/**
 * Whether a server is one of those that rtcompare measures, as `rtcompare serve` runs them: most speak formats of their
 * own (protocols/contract.ts), made for weighing. Asked if a server did not get all points. Another server may answer
 * alike.
 */
import { contentTypes, cursorHeader, paths } from '../../protocols/contract.ts';
import { ask, isText } from './clients/http.ts';
import { openRude } from './clients/rude.ts';
import type { Served } from './grade.ts';
import type { Ground } from './ground.ts';
import { events, type Kind, places } from './kinds.ts';
import { onGround } from './spoken-format.ts';

export interface MeasuredServer {
  /** Its name in `rtcompare serve`; servers that answer alike share a name. */
  readonly server: string;
  /** The gradable format that is nearest to it. */
  readonly kind: Kind;
}

interface Known extends MeasuredServer {
  readonly isIt: (ground: Ground) => Promise<boolean>;
}

/** The name of a client that has never connected. */
const asNobody = '?client=nobody';

const post = (ground: Ground, path: string) => ask(ground, { method: 'POST', path, body: 'hello' });

const isAbsent = async (ground: Ground, path: string) => {
  const reply = await post(ground, path);
  return !isText(reply) && reply.status === 404;
};

/** The beginning of an answer that has no end. */
async function beginningOf(ground: Ground, path: string): Promise<string> {
  const rude = await openRude(ground);
  rude.say(`GET ${path} HTTP/1.1\r\nHost: ${ground.host}:${ground.port}\r\n\r\n`);
  return rude.hear(ground.patienceMs);
}

const isStream = async (ground: Ground, path: string, contentType: string) => {
  const said = await beginningOf(ground, path);
  return said.includes(`content-type: ${contentType}\r\nx-accel-buffering: no\r\n`);
};

const frame = 'sixteen bytes do';

/** It accepts only text and bytes, and disconnects a client that sends anything else. */
const refusesObjects = (ground: Ground): Promise<boolean> =>
  new Promise((resolve) => {
    const { host, port, patienceMs: timeout } = ground;
    const socket = ground.library('socket.io-client').io(`http://${host}:${port}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      timeout,
    });
    const timer = setTimeout(() => resolve(false), timeout);
    ground.atEnd(() => {
      clearTimeout(timer);
      socket.disconnect();
    });
    socket.once('connect_error', () => resolve(false));
    socket.once('disconnect', (why) => resolve(why === 'io server disconnect'));
    socket.emit(events.echo, {});
  });

const known: readonly Known[] = [
  {
    server: 'long-polling',
    kind: 'long-polling',
    async isIt(ground) {
      const reply = await ask(ground, { method: 'GET', path: paths.mailbox });
      return !isText(reply) && reply.header(cursorHeader) !== '';
    },
  },
  {
    server: 'sse',
    kind: 'sse',
    isIt: async (ground) =>
      (await isStream(ground, `${paths.events}${asNobody}-else`, 'text/event-stream')) &&
      (await isAbsent(ground, `${paths.message}${asNobody}`)),
  },
  {
    server: 'ndjson',
    kind: 'sse',
    isIt: (ground) => isStream(ground, paths.stream, contentTypes.ndjson),
  },
  {
    server: 'fetch-sse',
    kind: 'sse',
    async isIt(ground) {
      const reply = await post(ground, paths.answer);
      return !isText(reply) && reply.header('content-type') === 'text/event-stream';
    },
  },
  {
    server: 'socket.io',
    kind: 'socket.io',
    isIt: refusesObjects,
  },
  {
    server: 'http',
    kind: 'ws-echo',
    async isIt(ground) {
      const reply = await post(ground, paths.echo);
      return !isText(reply) && reply.status < 300 && isAbsent(ground, places.nowhere);
    },
  },
  {
    server: 'tcp',
    kind: 'ws-echo',
    async isIt(ground) {
      const rude = await openRude(ground);
      rude.say(frame);
      return (await rude.hear(ground.patienceMs)) === frame;
    },
  },
];

/** Null if it is none of them. */
export const measuredAt = (served: Served): Promise<MeasuredServer | null> =>
  onGround(served, async (ground) => {
    // One after the other: in a chat each check would hear the messages of the others.
    for (const one of known) if (await one.isIt(ground)) return one;
    return null;
  });

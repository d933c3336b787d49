/**
 * Finds out which format a server speaks by asking it; null if its answers fit none, or fit so many that one would be a
 * guess.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { loadLibraries } from '../../base/libraries.ts';
import { ask, isText, openStream } from './clients/http.ts';
import { openSocket } from './clients/socket.ts';
import type { Served } from './grade.ts';
import type { Ground } from './ground.ts';
import { type Kind, places } from './kinds.ts';
import { startRecording } from './recording.ts';

const patienceMs = 1200;
const nobody = 404;

export const detectKind = (served: Served): Promise<Kind | null> =>
  onGround(
    served,
    async (ground) => (await engineAt(ground)) ?? (await socketAt(ground)) ?? (await httpAt(ground)),
  );

/** Asks outside the sentences, and leaves no client behind. */
export async function onGround<Answer>(
  served: Served,
  action: (ground: Ground) => Promise<Answer>,
): Promise<Answer> {
  const library = await loadLibraries(['ws', 'socket.io-client', 'eventsource-parser']);
  await using recording = await startRecording(served);
  const closes: (() => void)[] = [];
  const ground: Ground = {
    host: '127.0.0.1',
    port: recording.port,
    socketPath: served.socketPath ?? places.socket,
    patienceMs,
    library,
    atEnd: (close) => closes.push(close),
  };
  try {
    return await action(ground);
  } finally {
    for (const close of closes) close();
  }
}

/** Engine.IO answers with the packet `open` (its protocol, revision 4). */
async function engineAt(ground: Ground): Promise<Kind | null> {
  const path = '/socket.io/?EIO=4&transport=polling';
  const reply = await ask(ground, { method: 'GET', path });
  return !isText(reply) && reply.status === 200 && reply.body.startsWith('0{') ? 'socket.io' : null;
}

/** It is a chat if another client hears what was sent. */
async function socketAt(ground: Ground): Promise<Kind | null> {
  const [one, other] = [await openSocket(ground), await openSocket(ground)];
  if (isText(one) || isText(other)) return null;
  one.send('hello');
  const comes = (socket: typeof one) => socket.heard.until((all) => all.length > 0, patienceMs / 2);
  const [back, across] = await Promise.all([comes(one), comes(other)]);
  if (across) return 'ws-chat';
  return back ? 'ws-echo' : null;
}

/** Streams and polls may both take long to answer; an unknown path is answered at once. */
async function httpAt(ground: Ground): Promise<Kind | null> {
  const asked = await ask(ground, { method: 'GET', path: places.poll });
  if (!isText(asked) && asked.status === 200 && /"cursor"/.test(asked.body)) return 'long-polling';
  const isPoll = isText(asked) || asked.status !== nobody;
  const stream = await Promise.race([openStream(ground), pause(patienceMs).then(() => 'late' as const)]);
  if (stream !== 'late' && !isText(stream)) return 'sse';
  const events = stream === 'late' ? stream : await ask(ground, { method: 'GET', path: places.events });
  const isStream = events === 'late' || isText(events) || events.status !== nobody;
  if (isStream === isPoll) return null;
  return isStream ? 'sse' : 'long-polling';
}

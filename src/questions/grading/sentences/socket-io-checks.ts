/** The checks of a Socket.IO server: which client emits what, and which clients have to hear it. */
import { setTimeout as pause } from 'node:timers/promises';
import { inEveryLanguage, type Text, text } from '../../../base/text.ts';
import { isText, openAll } from '../clients/http.ts';
import { openRude } from '../clients/rude.ts';
import {
  type Event,
  type EventArgument,
  openTalker,
  type Talker,
  valueDifference,
} from '../clients/socket-io.ts';
import { type Ground, silenceMs } from '../ground.ts';
import { firstFault } from '../seen-in-words.ts';

/** A check with one client; if it cannot connect, that is the fault. */
const withOne =
  (check: (talker: Talker, ground: Ground) => Promise<Text | null>) =>
  async (ground: Ground): Promise<Text | null> => {
    const talker = await openTalker(ground);
    return isText(talker) ? talker : check(talker, ground);
  };

/** A check with two clients: the one that emits, and another. */
const withTwo =
  (check: (speaker: Talker, other: Talker, ground: Ground) => Promise<Text | null>) =>
  async (ground: Ground): Promise<Text | null> => {
    const [speaker, other] = await Promise.all([openTalker(ground), openTalker(ground)]);
    if (isText(speaker)) return speaker;
    return isText(other) ? other : check(speaker, other, ground);
  };

export const comeBack =
  (values: readonly EventArgument[], transports?: readonly ('polling' | 'websocket')[]) =>
  async (ground: Ground): Promise<Text | null> => {
    const talker = await openTalker(ground, transports);
    if (isText(talker)) return talker;
    for (const value of values) talker.emit('echo', value);
    return talker.expect('echo', values);
  };

export const reachesOther = withTwo(async (speaker, other) => {
  speaker.emit('chat', 'to all of us');
  return other.expect('chat', ['to all of us']);
});

export const reachesSender = withOne(async (talker) => {
  talker.emit('chat', 'to all of us');
  const fault = await talker.expect('chat', ['to all of us']);
  if (fault) return fault;
  await pause(silenceMs);
  return talker.expect('chat', ['to all of us']);
});

const overheard = text(
  'client 2 heard an echo that was meant for client 1',
  '클라이언트 1에게 갈 echo를 클라이언트 2가 받았습니다',
);

export const onlySender = withTwo(async (speaker, other) => {
  speaker.emit('echo', 'for me alone');
  const fault = await speaker.expect('echo', ['for me alone']);
  if (fault) return fault;
  await pause(silenceMs);
  return other.heard.echo.all.length > 0 ? overheard : null;
});

export const acknowledged = (event: Event) =>
  withOne(async (talker, ground) => {
    const answer = await talker.ask(event, 'did you get it?');
    return 'seen' in answer
      ? answer.seen
      : valueDifference(['did you get it?'], [answer.acknowledged], ground.patienceMs);
  });

export async function five(ground: Ground): Promise<Text | null> {
  const talkers = await openAll(openTalker, ground, 5);
  if (isText(talkers)) return talkers;
  for (const [who, talker] of talkers.entries()) talker.emit('echo', `from client ${who + 1}`);
  const faults = await Promise.all(
    talkers.map((talker, who) => talker.expect('echo', [`from client ${who + 1}`])),
  );
  return firstFault(faults);
}

export const alsoAfter = (disturb: (ground: Ground) => Promise<void>) =>
  withTwo(async (speaker, other, ground) => {
    await disturb(ground);
    other.heard.chat.clear();
    other.heard.echo.clear();
    speaker.emit('echo', 'still here?');
    return (await speaker.expect('echo', ['still here?'])) ?? comeBack(['and for who comes now?'])(ground);
  });

export async function someLeave(ground: Ground): Promise<void> {
  const gone = await openAll(openTalker, ground, 3);
  if (isText(gone)) return;
  for (const talker of gone) {
    talker.emit('chat', 'and away');
    talker.vanish();
  }
  await pause(silenceMs);
}

/** Nothing, a number, an empty object: values that a server has to expect. */
export async function oddEvents(ground: Ground): Promise<void> {
  const odd = await openTalker(ground);
  if (isText(odd)) return;
  for (const event of ['echo', 'chat'] as const) {
    // Each has an acknowledgement: another sentence finds servers that break without one.
    for (const value of [null, 7, {}]) odd.emitBare(event, value, () => {});
  }
  await pause(silenceMs);
  await nonsensePackets(ground);
}

/** Packets that are not Engine.IO, and a session id that the server does not know. */
async function nonsensePackets(ground: Ground): Promise<void> {
  const authority = `${ground.host}:${ground.port}`;
  for (const target of ['/socket.io/?EIO=4&transport=polling&sid=nobody', '/socket.io/?EIO=nonsense', '//']) {
    const rude = await openRude(ground);
    rude.say(`GET ${target} HTTP/1.1\r\nHost: ${authority}\r\nConnection: close\r\n\r\n`);
    await rude.hear();
    rude.reset();
  }
}

export const withoutAck = withOne(async (talker, ground) => {
  talker.emitBare('echo', 'without');
  talker.emitBare('chat', 'without');
  const fault = await talker.expect('echo', ['without']);
  if (fault) return fault;
  await pause(silenceMs);
  const again = await comeBack(['and again'])(ground);
  return again && inEveryLanguage(afterwards, { seen: again });
});

const afterwards = text('the next client: {seen}', '다음 클라이언트: {seen}');

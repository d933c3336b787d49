/** The checks of a WebSocket server: which client sends what, and which clients have to hear it. RFC 6455. */
import { setTimeout as pause } from 'node:timers/promises';
import { inEveryLanguage, type Text, text } from '../../../base/text.ts';
import { isText, openAll } from '../clients/http.ts';
import { openRude } from '../clients/rude.ts';
import { asText, openSocket, type Socket } from '../clients/socket.ts';
import type { Ground } from '../ground.ts';
import { silenceMs } from '../ground.ts';
import { differenceIn, firstFault, type SeenMessage } from '../seen-in-words.ts';

/** Which clients get a message: its sender, or all. */
export type Audience = 'sender' | 'everybody';

/** One client sends these; the listening client has to hear them, and nothing else. */
export const heardAgain =
  (audience: Audience, messages: readonly SeenMessage[], kindCounts = false) =>
  async (ground: Ground): Promise<Text | null> => {
    const sockets = await openAll(openSocket, ground, audience === 'sender' ? 1 : 2);
    if (isText(sockets)) return sockets;
    for (const message of messages) sockets[0]?.send(message);
    // In a chat the other client shows what arrived: another sentence checks whether the sender hears it.
    return (await sockets.at(-1)?.expect(messages, kindCounts)) ?? null;
  };

/** Each client has heard its own message, and nothing else. */
const hearThemselves = async (sockets: readonly Socket[], sent: readonly string[]): Promise<Text | null> =>
  firstFault(await Promise.all(sockets.map((socket, who) => socket.expect(sent.slice(who, who + 1)))));

/** What the others have sent, in any order: another sentence checks whether a client hears its own message. */
async function othersOf(sockets: readonly Socket[], all: readonly string[], patienceMs: number) {
  const of = (who: number, messages: readonly SeenMessage[]) =>
    messages
      .map(asText)
      .filter((message) => message !== all[who])
      .sort();
  await Promise.all(
    sockets.map(({ heard }, who) =>
      heard.until((came) => of(who, came).length >= all.length - 1, patienceMs),
    ),
  );
  const faults = sockets.map(({ heard }, who) => differenceIn(of(who, all), of(who, heard.all), patienceMs));
  return firstFault(faults);
}

/** Five clients send one message each, at once. */
export const several =
  (audience: Audience) =>
  async (ground: Ground): Promise<Text | null> => {
    const sockets = await openAll(openSocket, ground, 5);
    if (isText(sockets)) return sockets;
    const all = sockets.map((_, who) => `from client ${who + 1}`);
    for (const [who, socket] of sockets.entries()) socket.send(all[who] ?? '');
    if (audience === 'everybody') return othersOf(sockets, all, ground.patienceMs);
    const fault = await hearThemselves(sockets, all);
    if (fault) return fault;
    await pause(silenceMs);
    return hearThemselves(sockets, all);
  };

export const alsoAfter =
  (audience: Audience, disturb: (ground: Ground) => Promise<void>) =>
  async (ground: Ground): Promise<Text | null> => {
    const sockets = await openAll(openSocket, ground, 2);
    if (isText(sockets)) return sockets;
    await disturb(ground);
    // In a chat they have heard the others' messages from before those left.
    for (const { heard } of sockets) heard.clear();
    const [speaker, other] = sockets;
    speaker?.send('still here?');
    const listener = audience === 'everybody' ? other : speaker;
    return (
      (await listener?.expect(['still here?'])) ?? heardAgain(audience, ['and for who comes now?'])(ground)
    );
  };

export async function someLeave(ground: Ground): Promise<void> {
  const gone = await openAll(openSocket, ground, 3);
  if (isText(gone)) return;
  for (const socket of gone) {
    socket.send('and away');
    socket.vanish();
  }
  await pause(silenceMs);
}

const handshake = ({ host, port, socketPath }: Ground): string =>
  `GET ${socketPath} HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`;

/**
 * Frames that RFC 6455 forbids: a reserved opcode (§5.2), no mask (§5.1), text that is not UTF-8 (§8.1), an incomplete
 * one.
 */
const forbidden: readonly (readonly number[])[] = [
  [0xff, 0x80, 1, 2, 3, 4],
  [0x81, 0x05, 0x68, 0x65, 0x6c, 0x6c, 0x6f],
  [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28],
  [0x81, 0xfe, 0x10, 0x00, 1, 2, 3, 4, 0x61],
];

export async function breakTheProtocol(ground: Ground): Promise<void> {
  for (const frame of forbidden) {
    const rude = await openRude(ground);
    rude.say(handshake(ground));
    await rude.hear();
    rude.say(Uint8Array.from(frame));
    await rude.hear();
    rude.reset();
  }
  const nonsense = await openRude(ground);
  nonsense.say('this is no request\r\n\r\n');
  await nonsense.hear();
  nonsense.reset();
}

const noPong = text('a Ping was not answered with a Pong', 'Ping에 Pong으로 응답하지 않았습니다');
const noClose = text(
  'a Close was not answered with a Close (code {code})',
  'Close에 Close로 응답하지 않았습니다(코드 {code})',
);

export async function answersControlFrames(ground: Ground): Promise<Text | null> {
  const socket = await openSocket(ground);
  if (isText(socket)) return socket;
  if (!(await socket.ping('there?'))) return noPong;
  const code = await socket.close();
  return code === 1000 || code === 1005 ? null : inEveryLanguage(noClose, { code: String(code ?? '–') });
}

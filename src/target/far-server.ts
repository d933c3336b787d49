/**
 * A server of ours on another machine, directed through the control of `serve --control` there. Its times are those of
 * its own clock and are converted to ours: the two clocks are compared before and after the server sends.
 */
import { WebSocket } from 'ws';
import { afterReading, type Clock } from '../base/clock.ts';
import { CannotRun } from '../base/failure.ts';
import type { Memory } from '../base/resources.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import type { Answered } from '../servers/answerer.ts';
import type { Outgoing } from '../servers/server.ts';
import { authority } from '../transports/transport.ts';
import { type ClockDifference, differenceBetween, exchangesAtATime, offsetOf } from './clock-offset.ts';
import {
  type ClockAnswer,
  controlPath,
  type FarAsk,
  type FarReply,
  type FarStart,
  type FarStarted,
} from './far-talk.ts';
import type { Address, Stats, Target } from './target.ts';

export interface FarControl extends Address {
  readonly token: string;
}

/** Enough for slow requests: starting a process, collecting garbage. */
const answerWithinMs = 15_000;
const connectWithinMs = 5000;
/** The control pings. If nothing has come for so long, the machine or the way to it has failed. */
const silenceMs = 20_000;
const closeWithinMs = 3000;

const silent = text(
  'the control at {where} did not answer "{question}" in {ms} ms',
  '{where}의 제어 연결이 {ms} ms 안에 "{question}"에 답하지 않았습니다',
);
const ended = text(
  'target-gone: the connection to the control at {where} ended',
  'target-gone: {where}의 제어 연결이 끝났습니다',
);
const died = text('target-gone: at {where}, {why}', 'target-gone: {where}에서 {why}');
const wrongToken = text(
  'the control at {where} does not know this token; --target-token takes the one that `rtcompare serve --control` prints there',
  '{where}의 제어 서버가 이 토큰을 모릅니다. --target-token에는 그곳에서 `rtcompare serve --control`이 출력한 토큰을 적어야 합니다',
);
const busy = text(
  'another run measures at {where}; wait until it has ended',
  '다른 측정이 {where}에서 진행 중입니다. 끝날 때까지 기다려야 합니다',
);
const noControl = text(
  'at {where} is no control of `rtcompare serve --control` ({seen})',
  '{where}에 `rtcompare serve --control`의 제어 서버가 없습니다({seen})',
);

/** Starts a server there, and directs it until it is disposed of. Throws `CannotRun` if that is not possible. */
export async function farServer(control: FarControl, start: FarStart, clock: Clock): Promise<Target> {
  const talk = await connect(control);
  try {
    const { port, authority, ticks, answers } = (await talk.ask(start)) as FarStarted;
    return { ...directed(talk, clock, { ticks, answers }), ...placed(control, port, authority) };
  } catch (error) {
    await talk.close();
    throw error;
  }
}

const placed = ({ host }: Address, port: number, authority: string | null) => ({
  endpoint: { host, port },
  ...(authority !== null && { authority }),
});

function directed(
  talk: Talk,
  clock: Clock,
  can: Pick<FarStarted, 'ticks' | 'answers'>,
): Omit<Target, 'endpoint'> {
  const clocks = compareClocks(talk, clock);
  return {
    stats: {
      mark: async () => void (await talk.ask({ type: 'mark' })),
      read: async () => (await talk.ask({ type: 'stats' })) as Stats,
    },
    outgoing: async () => (await talk.ask({ type: 'outgoing' })) as Outgoing[],
    memory: async () => (await talk.ask({ type: 'memory' })) as Memory,
    ...(can.ticks && {
      async tick(load) {
        await clocks.before();
        const due = (await talk.ask({ type: 'tick', load }, Infinity)) as number[];
        const { ours } = await clocks.after();
        return due.map(ours);
      },
    }),
    ...(can.answers && {
      answers: {
        async prepare(load) {
          await clocks.before();
          await talk.ask({ type: 'prepare', load });
        },
        async ended() {
          const answers = (await talk.ask({ type: 'answers' }, Infinity)) as Answered[];
          const { ours } = await clocks.after();
          return answers.map((one) => ({
            ...one,
            dueNs: one.dueNs.map(ours),
            endedNs: ours(one.endedNs),
          }));
        },
      },
    }),
    clockDifference: () => clocks.last(),
    gone: talk.gone,
    [Symbol.asyncDispose]: talk.close,
  };
}

/** Compares the other clock with ours before and after a phase. */
function compareClocks(talk: Talk, clock: Clock) {
  let before: ReturnType<typeof offsetOf> | null = null;
  let last: ClockDifference | null = null;
  const measure = async () => {
    const exchanges = [];
    for (let k = 0; k < exchangesAtATime; k++) {
      const askedNs = clock.now();
      const answer = (await talk.ask({ type: 'clock' })) as ClockAnswer;
      exchanges.push({ askedNs, ...answer, heardNs: clock.now() });
    }
    return offsetOf(exchanges);
  };
  return {
    async before() {
      before = await measure();
    },
    async after() {
      const now = await measure();
      last = differenceBetween(before ?? now, now);
      return last;
    },
    last: () => last,
  };
}

interface Talk {
  ask(question: FarAsk, withinMs?: number): Promise<unknown>;
  readonly gone: AbortSignal;
  close(): Promise<void>;
}

async function connect(control: FarControl): Promise<Talk> {
  const where = authority(control);
  const socket = new WebSocket(`ws://${where}${controlPath}`, {
    headers: { authorization: `Bearer ${control.token}` },
    handshakeTimeout: connectWithinMs,
    perMessageDeflate: false,
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (phrase: Text) => reject(new CannotRun(phrase));
    socket.once('open', resolve);
    socket.once('error', ({ message }) => fail(inEveryLanguage(noControl, { where, seen: message })));
    socket.once('unexpected-response', (request, { statusCode = 0 }) => {
      if (statusCode === 401) fail(inEveryLanguage(wrongToken, { where }));
      else if (statusCode === 409) fail(inEveryLanguage(busy, { where }));
      else fail(inEveryLanguage(noControl, { where, seen: `HTTP ${statusCode}` }));
      request.destroy();
    });
  });
  return talkOver(socket, where);
}

function talkOver(socket: WebSocket, where: string): Talk {
  const gone = new AbortController();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let asked = 0;
  let isEnding = false;
  const over = (told: Text) => {
    if (!isEnding) gone.abort(new CannotRun(told));
    for (const { reject } of waiting.values()) reject(new CannotRun(told));
  };
  const silence = watchSilence(socket);
  socket.on('error', () => {});
  socket.on('message', (data) => {
    const reply = JSON.parse(String(data)) as FarReply;
    if ('gone' in reply) over(inEveryLanguage(died, { where, why: reply.gone }));
    else if ('failed' in reply) waiting.get(reply.id)?.reject(new CannotRun(reply.failed));
    else waiting.get(reply.id)?.resolve(reply.value);
  });
  socket.once('close', () => {
    silence();
    over(inEveryLanguage(ended, { where }));
  });
  return {
    gone: gone.signal,
    ask(question, withinMs = answerWithinMs) {
      if (gone.signal.aborted) return Promise.reject(gone.signal.reason);
      const id = ++asked;
      const answered = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
      socket.send(JSON.stringify({ ...question, id }));
      const late = () =>
        waiting
          .get(id)
          ?.reject(
            new CannotRun(inEveryLanguage(silent, { where, question: question.type, ms: `${withinMs}` })),
          );
      const callOff = withinMs === Infinity ? () => {} : afterReading(withinMs, late);
      return answered.finally(() => {
        callOff();
        waiting.delete(id);
      });
    },
    async close() {
      isEnding = true;
      if (socket.readyState === socket.CLOSED) return;
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      socket.close(1000);
      const callOff = afterReading(closeWithinMs, () => socket.terminate());
      await closed;
      callOff();
    },
  };
}

/** Cuts the connection off if nothing has come over it for too long. Returns a function that stops the watch. */
function watchSilence(socket: WebSocket): () => void {
  let callOff = () => {};
  const heard = () => {
    callOff();
    callOff = afterReading(silenceMs, () => socket.terminate());
  };
  heard();
  socket.on('ping', heard);
  socket.on('message', heard);
  return () => callOff();
}

/**
 * What a fallback costs: the same chat over Socket.IO directly and behind nginx as it is installed, where no upgrade comes
 * through. Bytes as the clients' sockets count them, connections as the server does.
 */
import { io, type Socket } from 'socket.io-client';
import { connectionsOf, type Dialer, DialingAgent } from '../../tap/dialer.ts';
import type { Address } from '../../target/target.ts';
import { type Fact, fact } from './fact.ts';
import { createRecorder } from './recorder.ts';
import { host, patienceMs, serveSocketIo, withinMs } from './serving.ts';
import { stockNginx } from './stock-nginx.ts';

const members = 3;
const messages = 10;
const copies = messages * (members - 1);

interface Member {
  readonly socket: Socket;
  readonly dialer: Dialer;
  heard: number;
  leave(): Promise<void>;
}

/** Connected, and with its transport settled. */
async function join({ host, port }: Address): Promise<Member> {
  const { dialer } = createRecorder(host, port);
  const agent = new DialingAgent(dialer, true);
  const options = { forceNew: true, reconnection: false, agent: agent as unknown as string };
  const socket = io(`http://${host}:${port}`, options);
  const settled = new Promise<boolean>((resolve) =>
    socket.io.once('open', () => {
      for (const event of ['upgrade', 'upgradeError'] as const)
        socket.io.engine.once(event, () => resolve(true));
    }),
  );
  const connected = new Promise<boolean>((resolve) => socket.once('connect', () => resolve(true)));
  await withinMs(patienceMs, Promise.all([connected, settled]));
  const member: Member = {
    socket,
    dialer,
    heard: 0,
    async leave() {
      socket.disconnect();
      await withinMs(patienceMs, agent.idle());
      agent.destroy();
    },
  };
  socket.on('said', () => member.heard++);
  return member;
}

const bytesOf = (all: readonly Member[]): number =>
  all
    .flatMap(({ dialer }) => connectionsOf(dialer))
    .reduce((sum, { socket }) => sum + socket.bytesRead + socket.bytesWritten, 0);

/** One speaks, and waits until the others have heard it. */
async function chat(front: Address): Promise<{ heard: number; bytesPerMessage: number }> {
  const all = await Promise.all(Array.from({ length: members }, () => join(front)));
  const [speaker, ...others] = all;
  const heard = () => others.reduce((sum, one) => sum + one.heard, 0);
  const before = bytesOf(all);
  for (let said = 1; said <= messages; said++) {
    speaker?.socket.emit('say', `message ${String(said).padStart(2, '0')}`);
    const isHeard = () => others.every((one) => one.heard >= said);
    for (const end = performance.now() + patienceMs; !isHeard() && performance.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const bytesPerMessage = (bytesOf(all) - before) / messages;
  await Promise.all(all.map(({ leave }) => leave()));
  return { heard: heard(), bytesPerMessage };
}

async function told(suffix: 'direct' | 'proxied'): Promise<Fact[]> {
  let connections = 0;
  await using server = await serveSocketIo((socketIo) => {
    socketIo.httpServer.on('connection', () => connections++);
    socketIo.on('connection', (socket) =>
      socket.on('say', (text: string) => socket.broadcast.emit('said', text)),
    );
  });
  const address = { host, port: server.port };
  await using front = suffix === 'proxied' ? await stockNginx(address) : null;
  const { heard, bytesPerMessage } = await chat(front?.address ?? address);
  return [
    ...(front ? [fact('proxy-between', 'socket.io', front.who)] : []),
    fact(`copies-heard-${suffix}`, 'socket.io', heard),
    fact(`chat-bytes-${suffix}`, 'socket.io', Math.round(bytesPerMessage)),
    fact(`server-connections-${suffix}`, 'socket.io', connections),
  ];
}

export const behindProxy = async (): Promise<Fact[]> => [
  fact('copies-expected', 'socket.io', copies),
  ...(await told('direct')),
  ...(await told('proxied')),
];

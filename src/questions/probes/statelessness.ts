/**
 * Is HTTP's connection its memory? Over one kept-alive connection a client posts a message, asks for its mailbox by
 * name, posts again, and asks without a name. If requests stand alone (RFC 9110 §3.3), the last finds nothing.
 */
import { Agent, type IncomingMessage, request } from 'node:http';
import { realClock } from '../../base/clock.ts';
import { contentTypes, decodeMailbox, paths } from '../../protocols/contract.ts';
import { behaviours } from '../../servers/behaviours.ts';
import { server as polling } from '../../servers/polling.ts';
import type { RunningServer } from '../../servers/server.ts';
import { type Fact, fact } from './fact.ts';
import { host } from './serving.ts';

const servePolling = (): Promise<RunningServer> => {
  const echo = behaviours.echo?.(realClock);
  if (!echo) throw new Error('there is no behaviour echo');
  return polling.start(echo, {
    host,
    port: 0,
    holdMs: 0,
    mailboxSilenceMs: 60_000,
    keepAliveTimeoutMs: 60_000,
    heartbeatMs: null,
    compression: false,
    resume: false,
    messageBytes: 0,
    writeCostUs: 0,
  });
};

export async function statelessness(serve = servePolling): Promise<Fact[]> {
  const server = await serve();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    return await askWithAndWithoutAName(server.port, agent);
  } finally {
    agent.destroy();
    await server.close();
  }
}

async function askWithAndWithoutAName(port: number, agent: Agent): Promise<Fact[]> {
  const ports = new Set<number | undefined>();
  let requests = 0;
  const ask = (method: string, path: string, body?: string) =>
    new Promise<Buffer>((resolve, reject) => {
      requests++;
      const headers = { 'content-type': contentTypes.text, 'content-length': body?.length ?? 0 };
      const asked = request({ host, port, agent, method, path, headers }, async (response) => {
        ports.add(response.socket.localPort);
        resolve(await wholeOf(response));
      });
      asked.once('error', reject);
      asked.end(body);
    });
  const mine = '?client=0001';
  await ask('GET', paths.mailbox + mine);
  await ask('POST', paths.message + mine, 'hello');
  const named = decodeMailbox(await ask('GET', paths.mailbox + mine)).length;
  await ask('POST', paths.message + mine, 'hello again');
  const nameless = decodeMailbox(await ask('GET', paths.mailbox)).length;
  return [
    fact('requests-on-one-connection', 'polling', ports.size === 1 ? requests : 1),
    fact('messages-with-identity', 'polling', named),
    fact('messages-without-identity', 'polling', nameless),
  ];
}

async function wholeOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

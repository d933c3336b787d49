/** A process that downloads the same body again and again and prints the median of its seconds: `download-client.ts HOST PORT`. */
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { median } from 'simple-statistics';

const [host, port] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const times = 8;

async function download(): Promise<number> {
  const began = performance.now();
  const [answer] = (await once(get({ host, port, agent }), 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  return (performance.now() - began) / 1e3;
}

// The first opens the connection.
await download();
const seconds: number[] = [];
while (seconds.length < times) seconds.push(await download());
agent.destroy();
process.stdout.write(JSON.stringify(median(seconds)));

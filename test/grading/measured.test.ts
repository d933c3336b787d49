/** A server of `rtcompare serve` with its own format is recognised by its answers, and no other server is. */
import { expect, test } from 'vitest';
import { realClock } from '../../src/base/clock.ts';
import { kinds } from '../../src/questions/grading/kinds.ts';
import { measuredAt } from '../../src/questions/grading/measured.ts';
import { behaviours } from '../../src/servers/behaviours.ts';
import { serverOf } from '../../src/servers/index.ts';
import { patient } from '../../src/servers/server.ts';
import { serverNames } from '../../src/transports/index.ts';
import { examples, runServers } from '../support/wire-formats.ts';

const host = '127.0.0.1';
const askedAt = (port: number) => measuredAt({ host, port, process: null });

async function served(name: string, behaviour: string) {
  const options = { ...patient, host, port: 0, messageBytes: 16 };
  const server = await (await serverOf(name)).start(behaviours[behaviour]!(realClock), options);
  try {
    return await askedAt(server.port);
  } finally {
    await server.close();
  }
}

/** Those that answer alike have one name; and `ws` speaks the format (a) or (b). */
const nameOf: Readonly<Record<string, string | null>> = { polling: 'long-polling', ws: null };

test.each(['echo', 'chat'])(
  'each server that is served as %s is known by its answers',
  async (behaviour) => {
    for (const name of serverNames) {
      const known = nameOf[name] === undefined ? name : nameOf[name];
      expect((await served(name, behaviour))?.server ?? null, name).toBe(known);
    }
  },
  30_000,
);

test('no example of the page is taken for one, whole or with a fault', async () => {
  const codes = kinds.map((kind) => examples[`${kind}.cjs`]!);
  const faulty = codes.map((code) =>
    code.replace('response.writeHead(204)', 'response.writeHead(404)').replace('socket.emit(', 'void ('),
  );
  await using running = await runServers([...codes, ...faulty]);
  expect(await Promise.all(running.ports.map(askedAt))).toEqual(running.ports.map(() => null));
}, 30_000);

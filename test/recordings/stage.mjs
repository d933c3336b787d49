/**
 * Where a recording takes place: a plain TCP relay that writes down every chunk, and what the scripts count meanwhile
 * in the callbacks of the libraries. Nothing of the product is used, so that the two can be held against each other.
 */
import { connect, createServer } from 'node:net';

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until something has come about; a recording that hangs fails. */
export async function until(holds, what = String(holds)) {
  const deadline = Date.now() + 15_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`never came about: ${what}`);
    await pause(5);
  }
}

export const listening = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

export function createStage() {
  const chunks = [];
  const endings = [];
  const sockets = new Set();
  let startedAt;
  let connections = 0;

  const pass = (from, to, connection, direction) => {
    from.setNoDelay();
    from.on('data', (bytes) => {
      startedAt ??= process.hrtime.bigint();
      const at = Number(process.hrtime.bigint() - startedAt);
      chunks.push({ at, connection, direction, bytes: bytes.toString('base64') });
      to.write(bytes);
    });
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => sockets.delete(from));
    sockets.add(from);
  };

  return {
    chunks,
    /** What the libraries report: messages of the application, and heartbeats, by the side that sends the first of a pair. */
    count: { sent: 0, received: 0, pings: { up: 0, down: 0 } },
    /** Stands before a port, and answers with its own. */
    async relay(port) {
      const server = createServer({ allowHalfOpen: true }, (client) => {
        const connection = connections++;
        const application = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
        pass(client, application, connection, 'up');
        pass(application, client, connection, 'down');
      });
      endings.push(() => server.close());
      return listening(server);
    },
    /** To be done when the recording is over, the last first. */
    after: (end) => endings.push(end),
    async end() {
      for (const end of endings.reverse()) await end();
      // What a farewell still sends belongs to the recording.
      for (let quiet = 0, seen = -1; quiet < 20 && sockets.size > 0; quiet++) {
        if (seen !== chunks.length) quiet = 0;
        seen = chunks.length;
        await pause(10);
      }
    },
  };
}

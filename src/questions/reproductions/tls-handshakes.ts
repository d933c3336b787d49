/** Handshakes of TLS over real sockets, the first and a resumed one, and what a write takes afterwards. */
import { once } from 'node:events';
import { connect, createServer } from 'node:tls';
import type { Certificate } from '../../base/certificate.ts';
import type { TlsVersion } from '../../laws/tls.ts';
import { onlyVersion } from '../../protocols/over.ts';
import { listen } from '../../servers/listening.ts';
import { TappedSocket } from '../../tap/tap.ts';

const host = '127.0.0.1';
const messageBytes = 100;

export interface WeighedHandshake {
  /** Both ways, tickets included. */
  readonly handshakeBytes: number;
  /** What a write takes beside what is written. */
  readonly recordBytes: number;
  readonly isResumed: boolean;
}

/** A client that connects for the first time, then one that resumes with the first one's ticket. */
export async function weighHandshakes(version: TlsVersion, { key, cert }: Certificate) {
  const server = createServer({ key, cert, ...onlyVersion(version) }, (socket) => {
    // A client that leaves may reset its connection.
    socket.on('error', () => socket.destroy());
    socket.pipe(socket);
  });
  const { port, close } = await listen(server, { host, port: 0, writeCostUs: 0 });
  const come = async (session?: Buffer) => {
    let seen = 0;
    let ticket: Buffer | undefined;
    const tapped = new TappedSocket((_, bytes) => {
      seen += bytes.length;
    });
    tapped.setNoDelay(true);
    const socket = connect({ socket: tapped, host, ca: cert, ...(session && { session }) });
    socket.on('session', (given: Buffer) => {
      ticket = given;
    });
    tapped.connect({ host, port });
    await once(socket, 'secureConnect');
    const echo = async () => {
      const before = seen;
      socket.write(Buffer.alloc(messageBytes));
      for (let left = messageBytes; left > 0; ) left -= ((await once(socket, 'data')) as [Buffer])[0].length;
      return { before, after: seen };
    };
    // Tickets come before the first echo, and nothing beside the second.
    const first = await echo();
    const second = await echo();
    const isResumed = socket.isSessionReused();
    const echoBytes = second.after - second.before;
    socket.destroy();
    await once(tapped, 'close');
    const weighed: WeighedHandshake = {
      handshakeBytes: first.after - echoBytes,
      recordBytes: echoBytes / 2 - messageBytes,
      isResumed,
    };
    return { weighed, ticket };
  };
  try {
    const { weighed: full, ticket } = await come();
    const { weighed: resumed } = await come(ticket);
    return { full, resumed };
  } finally {
    await close();
  }
}

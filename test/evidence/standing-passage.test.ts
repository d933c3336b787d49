/** Probes of what stands open, against small proxies that do a known thing to it. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { facingServer } from '../../src/questions/passage/facing-server.ts';
import { probeFallback } from '../../src/questions/passage/fallback-passage.ts';
import { probeHeads } from '../../src/questions/passage/heads-passage.ts';
import { probeIdle } from '../../src/questions/passage/idle-passage.ts';
import { probeLeaving } from '../../src/questions/passage/leaving-passage.ts';
import { probeWaiting } from '../../src/questions/passage/lone-passage.ts';
import { closeCodeOf, looksWhole } from '../../src/questions/passage/raw-socket.ts';
import { probeReload } from '../../src/questions/passage/reload-passage.ts';
import { probeSharing } from '../../src/questions/passage/request-passage.ts';
import type { Sides } from '../../src/questions/passage/through-asking.ts';

const host = '127.0.0.1';
const server = await facingServer();
afterAll(() => server[Symbol.asyncDispose]());

interface Doing {
  /** After silence of so many ms `end` is done to the client. */
  readonly idleMs?: number;
  readonly end?: (near: Socket, asked: string) => void;
  /** What comes from the server waits for so long. */
  readonly holdMs?: number;
}

/** Hands bytes on, but for what it is told to do. */
async function proxy({ idleMs, end, holdMs }: Doing = {}, behind = server) {
  const open = new Set<{ near: Socket; far: Socket; asked: string }>();
  const listener = createServer((near) => {
    const far = connect({ host, port: behind.port });
    const pair = { near, far, asked: '' };
    open.add(pair);
    let quiet: NodeJS.Timeout | undefined;
    const heard = () => {
      clearTimeout(quiet);
      if (idleMs === undefined) return;
      quiet = setTimeout(() => {
        end?.(near, pair.asked);
        far.destroy();
      }, idleMs);
    };
    near.on('data', (bytes) => {
      if (pair.asked === '') pair.asked = bytes.toString('latin1');
      heard();
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      heard();
      if (holdMs) setTimeout(() => near.writable && near.write(bytes), holdMs);
      else near.write(bytes);
    });
    const over = () => {
      clearTimeout(quiet);
      open.delete(pair);
      near.destroySoon();
      far.destroySoon();
    };
    for (const socket of [near, far]) socket.on('error', () => {}).on('close', over);
  });
  await new Promise<void>((resolve) => listener.listen(0, host, resolve));
  const sides: Sides = { front: { host, port: (listener.address() as AddressInfo).port }, server: behind };
  return {
    sides,
    open,
    [Symbol.dispose]() {
      listener.close();
      for (const { near, far } of open) for (const socket of [near, far]) socket.destroy();
    },
  };
}

test.concurrent('idle: a stream that ends as if complete, 504 to a poll, FIN to a WebSocket, and what keeps them', async () => {
  using cutting = await proxy({
    idleMs: 900,
    end: (near, asked) =>
      near.end(
        asked.includes('/poll') ? 'HTTP/1.1 504 \r\n\r\n' : asked.includes('Upgrade') ? '' : '0\r\n\r\n',
      ),
  });
  const { stream, poll, websocket, kept } = await probeIdle(cutting.sides, 1500);
  expect(stream).toMatchObject({ how: 'FIN', whole: true });
  expect(poll).toMatchObject({ how: 'answered', status: 504 });
  expect(websocket).toMatchObject({ how: 'FIN', whole: false });
  for (const end of [stream, poll, websocket]) expect(end.toldMs).not.toBe(null);
  expect(kept).toMatchObject({
    comments: { how: 'open' },
    serverPings: { how: 'open' },
    clientPings: { how: 'open' },
    shortPoll: { status: 200 },
  });
});

test.concurrent('idle: a Close frame and a reset are told as such', async () => {
  using closing = await proxy({
    idleMs: 150,
    end: (near, asked) =>
      asked.includes('Upgrade') ? near.end(Buffer.from([0x88, 2, 0x03, 0xe9])) : near.resetAndDestroy(),
  });
  const { stream, websocket } = await probeIdle(closing.sides, 300);
  expect(stream.how).toBe('RST');
  expect(websocket).toMatchObject({ how: 'close frame', status: 1001 });
});

test.concurrent('a reload that cuts, and one that does nothing', async () => {
  using cut = await proxy();
  const cutAll = async () => {
    for (const { near } of cut.open) near.destroy();
    return null;
  };
  using calm = await proxy();
  const [cutting, keeping, refusing] = await Promise.all([
    probeReload(cut.sides, cutAll),
    probeReload(calm.sides, async () => null),
    probeReload(calm.sides, async () => 'no such file'),
  ]);
  expect(cutting).toMatchObject({ can: true, stream: { how: 'cut' }, websocket: { how: 'cut' } });
  if (cutting.can) for (const end of [cutting.stream, cutting.websocket]) expect(end.againMs).not.toBe(null);
  expect(keeping).toMatchObject({
    can: true,
    stream: { how: 'kept' },
    websocket: { how: 'kept' },
    failed: 0,
  });
  expect(refusing).toEqual({ can: false, words: 'no such file' });
});

test.concurrent('what is let go by time is late by that time, and not buffered', async () => {
  using late = await proxy({ holdMs: 250 });
  const seemed = { how: 'buffered', bytes: 4096, headMs: 0, coding: null } as const;
  const found = await probeWaiting(late.sides, seemed, 2000);
  expect(found.how).toBe('late');
});

test.concurrent('nothing between: an echo weighs the same on both sides and directly; heads are what they were', async () => {
  // Of its own: what its sockets carry is counted.
  await using alone = await facingServer();
  using plain = await proxy({}, alone);
  const { how, price } = await probeFallback(plain.sides, { host, port: alone.port });
  expect(how).toBe('websocket');
  expect(price).toMatchObject({ near: price!.direct, far: price!.direct, connections: 0 });
  expect(await probeHeads(plain.sides)).toEqual([]);
  expect(await probeSharing(plain.sides)).toMatchObject({ atOnce: 2, after: 2, notStored: null });
  expect(await probeLeaving(plain.sides)).not.toMatchObject({ stream: null });
});

test('Close frames and ends that look whole', () => {
  expect(closeCodeOf('\x81\x02hi\x88\x02\x03\xe8')).toBe(1000);
  expect(closeCodeOf('\x88\x00')).toBe(1005);
  expect(closeCodeOf('\x81\x02hi')).toBe(undefined);
  expect(looksWhole('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n')).toBe(false);
  expect(looksWhole('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n')).toBe(true);
  expect(looksWhole('HTTP/1.0 200 OK\r\n\r\nhi')).toBe(true);
  expect(looksWhole('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi')).toBe(false);
});

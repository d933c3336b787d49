/** What stock HAProxy and nginx do to an event stream, in the installed version, compared with bare clients. */
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { findProxy } from '../../src/network/proxies/found-proxy.ts';
import { realProxyByName } from '../../src/network/proxies/index.ts';
import { startProxy } from '../../src/network/proxies/proxy-process.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { behind, versionOf, where } from '../support/behind.ts';
import { listening } from '../support/inspected.ts';

const host = '127.0.0.1';

const corked = where('haproxy');
test
  .skipIf(corked.skip)
  .concurrent(
    `the age of an event behind a real proxy is held against bare clients through the same one${corked.word}`,
    async () => {
      const { bareStream, predictions } = await behind('haproxy:stock', 'sse', { scenario: push });
      // Two clients, four events each. HAProxy 2.6 says with what it sends that more will come, and the kernel waits
      // for it.
      expect(bareStream!.events).toBe(8);
      if (versionOf('haproxy') === 2.006) expect(bareStream!.pieces).toBeLessThan(8);
      const { predicted, measured, proxy } = predictions.find(({ law }) => law === 'PX1')!;
      expect(predicted).toBe(bareStream!.p50Ms);
      expect(measured).toBeGreaterThan(0);
      // The law is about the proxy itself, so it must not be excused as the proxy's doing.
      expect(proxy).toBe(undefined);
    },
  );

const event = `data: ${'.'.repeat(100)}\n\n`;
const events = 100;
const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n';

/** A server that asks for nothing (ours ask every proxy not to buffer), and goes on until it is told to end. */
function talking() {
  let end = () => {};
  const server = createServer((socket) => {
    socket.on('error', () => {});
    end = () => socket.end();
    socket.once('data', () => socket.write(head + event.repeat(events)));
  });
  return { server, end: () => end() };
}

const held = where('nginx');
test
  .skipIf(held.skip)
  .concurrent(
    `nginx, unless told otherwise, lets an event stream go in pieces of 4,096 B${held.word}`,
    async () => {
      const { server, end } = talking();
      const nginx = realProxyByName('nginx')!;
      const chosen = {
        name: 'nginx',
        flavour: 'stock',
        own: undefined,
        kind: nginx.kind,
        ...findProxy(nginx),
      };
      await using proxy = await startProxy(chosen, host, { host, port: await listening(server) });
      // Of two buffers and a part of a third the head is in the first; the part is held for as long as the stream goes
      // on.
      const whole = events * event.length;
      const full = 2 * 4096 - head.length;
      const chunks = await chunksFrom(proxy.endpoint, full, end);
      let passed = head.length;
      const ends = chunks.map((size) => {
        passed += size;
        return passed;
      });
      expect(ends.at(-1)).toBe(head.length + whole);
      expect(ends.slice(0, -1).filter((one) => one % 4096 !== 0)).toEqual([]);
      expect(ends.at(-2)).toBe(2 * 4096);
      server.close();
    },
  );

/** Sizes of the chunks of the answer (RFC 9112 §7.1). @param onFull called as soon as so many bytes of it are there. */
const chunksFrom = (address: { host: string; port: number }, full: number, onFull: () => void) =>
  new Promise<number[]>((resolve) => {
    let answer = '';
    const sizes = () =>
      [...answer.matchAll(/\r\n([0-9a-f]+)\r\n/g)]
        .map(([, size]) => Number.parseInt(size!, 16))
        .filter((size) => size > 0);
    const socket = connect(address);
    socket.setEncoding('latin1').on('data', (text) => {
      answer += text;
      if (sizes().reduce((sum, size) => sum + size, 0) >= full) onFull();
    });
    socket.once('close', () => resolve(sizes()));
    socket.write('GET / HTTP/1.1\r\nHost: application\r\nConnection: close\r\n\r\n');
  });

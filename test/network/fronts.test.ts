/**
 * TLS and HTTP/2 in front of a real proxy: it ends them with the certificate of the run, and speaks HTTP/1.1 in clear
 * text to the server. Both sides balance, each in its own protocol.
 */
import { expect, test } from 'vitest';
import { CannotConnect } from '../../src/base/failure.ts';
import { readBetween } from '../../src/network/between.ts';
import { obstacle } from '../../src/trial/limits.ts';
import { behind, measureBehind, where } from '../support/behind.ts';
import { trialPlan } from '../support/plans.ts';

const bytesOf = (layers: readonly { layer: string; bytes: number }[], layer: string) =>
  layers.filter((one) => one.layer === layer).reduce((sum, { bytes }) => sum + bytes, 0);

for (const [proxy, over, transport] of [
  ['haproxy:stock', 'https', 'socket.io'],
  ['haproxy:stock', 'h2', 'ws'],
  ['nginx:websocket', 'https', 'ws'],
  ['apache:stock', 'h2', 'http'],
  ['caddy:stock', 'h2c', 'sse'],
] as const) {
  const { skip, word } = where(proxy);
  test.skipIf(skip).concurrent(`${proxy} ends ${over} before the server of ${transport}${word}`, async () => {
    const { wire, farSide, predictions } = await behind(proxy, transport, { over });
    const isSealed = over !== 'h2c';
    expect(bytesOf(wire.layers, 'tls') > 0).toBe(isSealed);
    expect(bytesOf(wire.layers, 'http2') > 0).toBe(over !== 'https');
    expect(bytesOf(farSide!.layers, 'tls') + bytesOf(farSide!.layers, 'http2')).toBe(0);
    expect(bytesOf(farSide!.layers, 'http')).toBeGreaterThan(0);
    expect(bytesOf(farSide!.layers, 'payload')).toBe(bytesOf(wire.layers, 'payload'));
    // Bytes that the proxy wrote break no law.
    expect(predictions.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
  });
}

const nginx = where('nginx');
test.skipIf(nginx.skip)(
  `a proxy that takes no WebSocket over HTTP/2 is a result in words${nginx.word}`,
  async () => {
    const refused = await measureBehind('nginx:websocket', 'ws', { over: 'h2' }).catch((error) => error);
    expect(refused).toBeInstanceOf(CannotConnect);
    expect(refused.found.why.en).toMatch(
      /^nginx takes no WebSocket over HTTP\/2 \(extended CONNECT, RFC 8441\)/,
    );
    expect(refused.found.outcome).toBe('refused');
  },
);

test.each([
  ['httpxy', 'h2', /^httpxy does not end h2 here, only HTTP\/1\.1 in clear text: .*nginx, haproxy/],
  ['httpxy', 'https', /^httpxy does not end https here/],
  ['buffering,httpxy', 'h2c', /^httpxy does not end h2c here/],
  ['buffering', 'h2', /^a middlebox that reads HTTP\/1\.1 sees none over h2/],
] as const)('--proxy %s --over %s: one line before anything starts', (proxy, over, line) => {
  expect(obstacle({ ...trialPlan('sse', { over }), ...readBetween(proxy) })?.en).toMatch(line);
});

const haproxy = where('haproxy');
test.skipIf(haproxy.skip)(`a configuration of one’s own has to name the certificate${haproxy.word}`, () => {
  const placed = (name: string) => `$\{${name}}`;
  const own = `bind ${placed('LISTEN')} server ${placed('UPSTREAM')}`;
  const over = (text: string) =>
    obstacle({ ...trialPlan('sse', { over: 'h2' }), ...readBetween('haproxy', text) })?.en;
  expect(over(own)).toMatch(/^--proxy-config: over h2 the file needs \$\{CERTIFICATE\}/);
  expect(over(`${own} crt ${placed('CERTIFICATE')}`)).toBe(undefined);
});

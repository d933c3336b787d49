/**
 * Squid as the forward proxy of a company, where it is installed: through a tunnel and in absolute form every transport
 * balances as it does without, and what the proxy refuses is told in words.
 */
import { expect, test } from 'vitest';
import { CannotConnect } from '../../src/base/failure.ts';
import { readBetween } from '../../src/network/between.ts';
import { behind, measureBehind, where } from '../support/behind.ts';

const { skip, word } = where('squid-forward');
const bytesOf = (layers: readonly { layer: string; bytes: number }[], layer: string) =>
  layers.filter((one) => one.layer === layer).reduce((sum, { bytes }) => sum + bytes, 0);

for (const [flavour, over, transport, kinds] of [
  ['connect', 'http', 'socket.io', /^CONNECT 200, GET \/socket\.io\/ 200/],
  ['connect', 'https', 'ws', /^CONNECT 200, GET \/ws 101$/],
  ['connect', 'h2', 'sse', /^CONNECT 200, POST \/message 204$/],
  ['clear', 'http', 'socket.io', /^(?=.*CONNECT 200)(?=.*GET \/socket\.io\/ 101)GET \/socket\.io\/ 200/],
  ['clear', 'http', 'http', /^POST \/echo 200$/],
  ['auth', 'http', 'sse', /^CONNECT 200, POST \/message 204$/],
] as const) {
  test
    .skipIf(skip)
    .concurrent(
      `through squid-forward:${flavour} ${transport} over ${over}: both sides balance${word}`,
      async () => {
        const { wire, farSide, exchanges, predictions } = await behind(
          `squid-forward:${flavour}`,
          transport,
          { over },
        );
        expect([...new Set(exchanges.map(({ kind }) => kind))].join(', ')).toMatch(kinds);
        // With TLS at the server Node bypasses the tapped stream, so its sockets are not counted.
        expect(farSide === undefined).toBe(over !== 'http');
        if (farSide) expect(bytesOf(farSide.layers, 'payload')).toBe(bytesOf(wire.layers, 'payload'));
        expect(predictions.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
      },
    );
}

for (const [flavour, transport, status] of [
  ['denied', 'ws', 403],
  ['denied', 'http', 403],
  ['auth-missing', 'socket.io', 407],
] as const) {
  test
    .skipIf(skip)
    .concurrent(`squid-forward:${flavour} is a result in words for ${transport}${word}`, async () => {
      const refused = await measureBehind(`squid-forward:${flavour}`, transport).catch((error) => error);
      expect(refused).toBeInstanceOf(CannotConnect);
      expect(refused.found).toMatchObject({ outcome: 'refused', status });
      expect(refused.found.why.en).toMatch(
        new RegExp(`^squid-forward gives no tunnel to the server \\(CONNECT answered ${status} `),
      );
    });
}

test.skipIf(skip)(`a forward proxy stands at the clients${word}`, () => {
  expect(() => readBetween('httpxy,squid-forward')).toThrow(/^--proxy: squid-forward stands at the clients/);
  expect(readBetween('idle-timeout=5s,squid-forward,httpxy').proxies).toMatchObject([
    { proxy: { name: 'squid-forward', flavour: 'connect' } },
    { proxy: { name: 'httpxy' } },
  ]);
});

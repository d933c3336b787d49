/** What is measured is what every application gets: the loaded parts are the library's own. */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { ownLibraries } from '../../src/base/libraries.ts';

test('the client of undici is the one of its index, with all that it can do', async () => {
  const { Client } = await ownLibraries('undici');
  const methods = Object.keys(Client.prototype.constructor.prototype);
  expect(Client.prototype.request).toBeTypeOf('function');
  // After ours, not before: the index would give its client what ours has to have by itself.
  const index = createRequire(import.meta.url)('undici') as typeof import('undici');
  expect(Client).toBe(index.Client);
  expect(Object.keys(index.Client.prototype)).toEqual(methods);
  for (const method of ['request', 'stream', 'pipeline', 'connect', 'upgrade'] as const)
    expect(Client.prototype[method], method).toBeTypeOf('function');
});

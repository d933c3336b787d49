/** An example under a real Artillery, where one is installed with the engine: RTCOMPARE_ARTILLERY names the folder. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { hasArtillery, pushedEvent, runExample } from '../../acceptance/artillery/running.ts';

const installed = process.env.RTCOMPARE_ARTILLERY ?? '';
const isThere = installed !== '' && hasArtillery(installed);
const examples = fileURLToPath(new URL('../../examples/artillery', import.meta.url));

test.skipIf(!isThere)(
  `examples/artillery/push.yml runs, and counts what its relays carried${isThere ? '' : ' (left out: no Artillery here)'}`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rtcompare-artillery-'));
    try {
      cpSync(examples, folder, { recursive: true });
      symlinkSync(join(installed, 'node_modules'), join(folder, 'node_modules'), 'junction');
      const { code, rows, output } = await runExample(folder, 'push.yml');
      expect([code, code === 0 ? '' : output]).toEqual([0, '']);
      expect(rows.map(({ name }) => name).sort()).toEqual(['sse', 'ws']);
      for (const { name, counted, carried } of rows) {
        expect(counted.up).toBe(carried.up);
        // A client that closes a stream has not read the events still on their way.
        expect((carried.down - counted.down) % (name === 'sse' ? pushedEvent : Infinity)).toBe(0);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

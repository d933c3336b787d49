/**
 * `rtcompare serve NAME --devtools`, put together: a measured server and a page that speaks to it, on one origin, behind
 * a relay that counts. Only for browsers of this machine.
 */

import type { Clock } from '../../../base/clock.ts';
import type { Language, Text } from '../../../base/text.ts';
import { loopback } from '../../../network/link.ts';
import { startRelay } from '../../../network/relay.ts';
import { serverOf } from '../../../servers/index.ts';
import type { Behaviour } from '../../../servers/server.ts';
import { authority } from '../../../transports/transport.ts';
import type { LaneName } from '../../page/control-talk.ts';
import { createGuard } from '../guard.ts';
import { devtoolsHtml } from '../html.ts';
import { pageFiles } from '../page-files.ts';
import { startDevtoolsSite } from './devtools-site.ts';
import { createFigures } from './figures.ts';
import { createDevtoolsLedger, type DevtoolsLedger } from './panel-rows.ts';
import { notes, stepsFor } from './steps.ts';

export interface DevtoolsOptions {
  readonly transport: LaneName;
  readonly behaviour: Behaviour;
  readonly port: number;
  readonly language: Language;
  readonly clock: Clock;
}

export interface Devtools extends AsyncDisposable {
  readonly url: string;
  readonly steps: readonly Text[];
  readonly ledger: DevtoolsLedger;
}

const host = '127.0.0.1';

/** Rejects with the system's error when it cannot listen. */
export async function startDevtools(options: DevtoolsOptions): Promise<Devtools> {
  const { transport, behaviour, port, language, clock } = options;
  const guard = createGuard();
  const ledger = createDevtoolsLedger(() => clock.now());
  let steps: readonly Text[] = [];
  const figures = createFigures({ ledger, transport, steps: () => steps, notes });
  const html = { type: 'text/html; charset=utf-8', bytes: Buffer.from(devtoolsHtml(language)) };
  const site = await startDevtoolsSite({
    ...{ server: await serverOf(transport), behaviour, guard, figures: figures.accept },
    files: new Map(pageFiles(language)).set('/', html),
  });
  const relay = await startRelay(
    { targetHost: host, targetPort: site.port, host, port, link: loopback, seed: 1 },
    clock,
    ledger.watch,
  ).catch(async (error) => {
    figures.close();
    await site.close();
    throw error;
  });
  const here = authority({ host, port: relay.port });
  guard.allow([here, `localhost:${relay.port}`]);
  const url = `http://${here}/`;
  steps = stepsFor(transport, url);
  return {
    ...{ url, steps, ledger },
    async [Symbol.asyncDispose]() {
      figures.close();
      await relay[Symbol.asyncDispose]();
      await site.close();
    },
  };
}

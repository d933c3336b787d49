/**
 * `rtcompare serve NAME --devtools`, put together: a measured server and a page that speaks to it, on one origin,
 * behind a relay that counts. Only for browsers of this machine. All requests but the page's own go to the measured
 * server unchanged, so that the rows of the Network panel are those of `rtcompare serve`.
 */

import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../../base/clock.ts';
import type { Language } from '../../../base/text.ts';
import { loopback } from '../../../network/link.ts';
import { serverOf } from '../../../servers/index.ts';
import type { Behaviour } from '../../../servers/server.ts';
import type { LaneName } from '../../page/control-talk.ts';
import { sendFile } from '../answers.ts';
import { devtoolsHtml } from '../html.ts';
import { mount } from '../mounted-lanes.ts';
import { openOrigin } from '../origin.ts';
import { pageFiles } from '../page-files.ts';
import { createFigures } from './figures.ts';
import { createDevtoolsLedger } from './panel-rows.ts';
import { stepsFor } from './steps.ts';

export interface DevtoolsOptions {
  readonly transport: LaneName;
  readonly behaviour: Behaviour;
  readonly port: number;
  readonly language: Language;
  readonly clock: Clock;
}

/** Rejects with the system's error when it cannot listen. */
export async function startDevtools(options: DevtoolsOptions) {
  const { transport, port, clock } = options;
  const ledger = createDevtoolsLedger(() => clock.now());
  const figures = createFigures({ ledger, transport, steps: () => stepsFor(transport, origin.url) });
  const html = { type: 'text/html; charset=utf-8', bytes: Buffer.from(devtoolsHtml(options.language)) };
  const files = new Map(pageFiles(options.language)).set('/', html);
  const lane = mount(await serverOf(transport), textual(options.behaviour));
  const origin = await openOrigin({
    front: { host: '127.0.0.1', port, link: loopback, seed: 1 },
    clock,
    watch: ledger.watch,
    log: () => {},
    answer(request, response) {
      const file = request.method === 'GET' ? files.get(pathOf(request)) : undefined;
      if (file) sendFile(file, request, response);
      else lane.request(request, response);
    },
    upgrade(request, socket, head) {
      if (pathOf(request) === '/figures') figures.accept(request, socket, head);
      else lane.upgrade(request, socket, head);
    },
  }).catch((error) => {
    figures.close();
    throw error;
  });
  return {
    url: origin.url,
    steps: stepsFor(transport, origin.url),
    ledger,
    async [Symbol.asyncDispose]() {
      figures.close();
      await origin[Symbol.asyncDispose]();
    },
  };
}

/** Lanes post JSON, which a measured server takes for bytes; here the typed message has to come back as text. */
const textual = (behaviour: Behaviour): Behaviour => ({
  ...behaviour,
  message: (from, data) =>
    behaviour.message(from, typeof data === 'string' ? data : Buffer.from(data).toString()),
});

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?')[0] ?? '';

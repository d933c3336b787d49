/** A page with a server of its own, and between them a door that keeps the bytes: what a probe of an engine runs on. */
import { realClock } from '../../base/clock.ts';
import type { Browser } from '../../browsers/browser.ts';
import { createRecording } from '../../browsers/door.ts';
import type { DrivenPage } from '../../browsers/driven-page.ts';
import type { RequestHead } from '../../document/browser-side.ts';
import { createLedger, type Ledger } from '../../ledger/ledger.ts';
import { createRequestHeads } from '../../ledger/request-heads.ts';
import { conversationsOver } from '../../protocols/detect.ts';
import { createKeyLog } from '../../protocols/tls/key-log.ts';
import { createTape } from '../../tap/tape.ts';
import { type HabitServer, habitServer } from './habit-server.ts';

export interface HabitStage {
  readonly page: DrivenPage;
  readonly server: HabitServer;
  /** Lets the page do one action of `page-probes.ts`. */
  act(name: string, ...values: (string | number)[]): Promise<unknown>;
  /** The request heads that have passed so far. */
  heads(): RequestHead[];
  ledger(): Ledger;
}

const host = '127.0.0.1';

/** @param path of the page: another one if the page is not isolated. @param isTab whether another tab can hide it. */
export async function onStage<Result>(
  browser: Browser,
  play: (stage: HabitStage) => Promise<Result>,
  path = '/',
  isTab = false,
): Promise<Result> {
  await using server = await habitServer(host);
  const dissect = () => conversationsOver('http', 'http', 0, createKeyLog());
  const ledger = createLedger(dissect());
  const heads = createRequestHeads(dissect());
  const tape = createTape((chunk) => {
    ledger.weigh(chunk);
    heads.keep(chunk);
  });
  let connections = 0;
  const nextConnection = () => connections++;
  const recording = createRecording({ clock: realClock, tape, nextConnection, isSealed: false });
  const seat = await browser.seats.fresh(path, isTab);
  try {
    seat.door.leadTo({ host, port: server.port }, recording);
    return await play({
      page: seat.page,
      server,
      act: (name, ...values) => seat.page.ask({ type: 'probe', name, values }),
      heads() {
        tape.drain();
        return heads.read();
      },
      ledger() {
        tape.drain();
        ledger.close();
        return ledger;
      },
    });
  } finally {
    await browser.seats.giveBack(seat, false);
  }
}

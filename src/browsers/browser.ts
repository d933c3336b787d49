/**
 * A browser that was started for a run: it is kept by a process of its own (`browser-host.ts`) and has a first page
 * that opens the others. Its driver only has it load addresses.
 */
import { readFileSync } from 'node:fs';
import type { Certificate } from '../base/certificate.ts';
import { CannotRun } from '../base/failure.ts';
import { inEveryLanguage, text } from '../base/text.ts';
import { keyLogIn } from './browser-folder.ts';
import { type DrivenPage, drivePage } from './driven-page.ts';
import type { ChosenBrowser } from './engine.ts';
import { createKeeper } from './keeper.ts';
import { openPageSite, type PageSite, written } from './page-site.ts';
import { controlParameter, nameParameter } from './page-talk.ts';
import { createSeats, type Seats } from './seats.ts';

export interface Browser extends AsyncDisposable {
  readonly chosen: ChosenBrowser;
  /** Process ids: of the process that keeps the browser, and of the browser's process group. */
  readonly pid: number;
  readonly group: number;
  readonly folder: string;
  readonly seats: Seats;
  /** Lines of its key log so far. */
  secrets(): string;
  /** Aborted, with the reason, when the browser ends before it was told to. */
  readonly gone: AbortSignal;
}

const silent = text(
  '{name} was started and has not loaded a page after {seconds} s',
  '{name}을(를) 시작했지만 {seconds}초가 지나도록 페이지를 열지 않았습니다',
);

/** A freshly installed engine creates its profile on its first start. */
const startsWithinMs = 30_000;

/** @param certificate for TLS trials: the browser trusts it. Throws `CannotRun` if the browser does not start. */
export async function startBrowser(
  chosen: ChosenBrowser,
  host: string,
  certificate: Certificate | null,
): Promise<Browser> {
  const site = await openPageSite(host, certificate);
  const keeper = createKeeper(chosen.name);
  const close = async () => {
    await keeper[Symbol.asyncDispose]();
    await site[Symbol.asyncDispose]();
  };
  try {
    const visits = createVisits(site, chosen, keeper.gone);
    const first = visits.expect(visits.first);
    const trusted = certificate ? [certificate.cert] : [];
    const { name, path } = chosen;
    const { pid: group, folder } = await keeper.start({ name, path, trusted, url: first.url });
    const opener = await first.page;
    const seats = createSeats(site, (place) => {
      const { url, page } = visits.expect(place);
      opener.tell({ type: 'visit', url, isTab: place.isTab });
      return page;
    });
    return {
      chosen,
      seats,
      group,
      folder,
      pid: keeper.pid,
      gone: keeper.gone,
      secrets: () => readKeyLog(folder),
      async [Symbol.asyncDispose]() {
        await seats.close();
        opener.leave();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Place {
  /** The address of a door to the site, as `host:port`. */
  readonly at: string;
  readonly isSealed: boolean;
  readonly path: string;
}

/** Each page has a name, which it gives when it connects. */
function createVisits(site: PageSite, chosen: ChosenBrowser, gone: AbortSignal) {
  let pages = 0;
  const arriving = async (name: string): Promise<DrivenPage> => {
    const page = await orGone(site.arrival(name).then(drivePage), gone, chosen);
    if (page.gone.aborted) throw page.gone.reason;
    return page;
  };
  return {
    first: { at: written(site.at(false)), isSealed: false, path: '/' },
    expect({ at, isSealed, path }: Place) {
      const name = String(++pages);
      const asked = { [nameParameter]: name, [controlParameter]: site.control(isSealed) };
      const url = `${isSealed ? 'https' : 'http'}://${at}${path}?${new URLSearchParams(asked)}`;
      const page = arriving(name);
      // The promise may reject before its caller awaits it; without a handler that would end the process.
      page.catch(() => {});
      return { url, page };
    },
  };
}

function readKeyLog(folder: string): string {
  try {
    return readFileSync(keyLogIn(folder), 'latin1');
  } catch {
    // No TLS connection was made so far.
    return '';
  }
}

const orGone = <Value>(wanted: Promise<Value>, gone: AbortSignal, { name }: ChosenBrowser) =>
  new Promise<Value>((resolve, reject) => {
    const told = { name, seconds: String(startsWithinMs / 1000) };
    const timer = setTimeout(() => reject(new CannotRun(inEveryLanguage(silent, told))), startsWithinMs);
    const ended = () => reject(gone.reason);
    gone.addEventListener('abort', ended, { once: true });
    if (gone.aborted) ended();
    wanted.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      gone.removeEventListener('abort', ended);
    });
  });

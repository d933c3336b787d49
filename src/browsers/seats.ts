/**
 * Pages behind their doors, for clients to take and give back. A page that was used in clear text can serve again, with
 * another server behind its door and without its earlier connections; opening a new page takes longer than many a
 * trial. A page that used TLS remembers the server's sessions, so it is not used again.
 */
import { type ClientDoor, openDoor } from './door.ts';
import type { DrivenPage } from './driven-page.ts';
import { type PageSite, written } from './page-site.ts';

export interface Seat {
  readonly page: DrivenPage;
  readonly door: ClientDoor;
}

export interface Seats {
  take(isSealed: boolean): Promise<Seat>;
  /** A new page, from another path; if it is a tab beside others, it can be hidden. */
  fresh(path: string, isTab?: boolean): Promise<Seat>;
  giveBack(seat: Seat, mayServeAgain: boolean): Promise<void>;
  close(): Promise<void>;
}

type Visit = (place: {
  readonly at: string;
  readonly isSealed: boolean;
  readonly path: string;
  readonly isTab: boolean;
}) => Promise<DrivenPage>;

export function createSeats(site: PageSite, visit: Visit): Seats {
  const free: Seat[] = [];
  const open = async (isSealed: boolean, path: string, isTab = false): Promise<Seat> => {
    const door = await openDoor(site.at(isSealed));
    try {
      return { door, page: await visit({ at: written(door.at), isSealed, path, isTab }) };
    } catch (error) {
      await door.close();
      throw error;
    }
  };
  const leave = async ({ page, door }: Seat) => {
    page.leave();
    await door.close();
  };
  return {
    take: async (isSealed) => (isSealed ? undefined : free.pop()) ?? open(isSealed, '/'),
    fresh: (path, isTab) => open(false, path, isTab),
    async giveBack(seat, mayServeAgain) {
      if (!mayServeAgain || seat.page.gone.aborted) return leave(seat);
      seat.door.leadTo(site.at(false), null);
      free.push(seat);
    },
    close: async () => void (await Promise.all(free.splice(0).map(leave))),
  };
}

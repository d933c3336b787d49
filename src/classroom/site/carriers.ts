/** Which connections carried which lanes, as the relay saw it: HTTP/2 has one where HTTP/1.1 has several. */
import { type Carriers, type HttpVersion, type LaneName, laneNames } from '../page/control-talk.ts';
import type { PageAccount } from './lane-account.ts';

const versions: readonly HttpVersion[] = ['h2', 'http/1.1'];

/** Versions that carried nothing are left out. */
export const carriersOf = (accountOf: (lane: LaneName) => Pick<PageAccount, 'connections'>): Carriers[] =>
  versions.flatMap((version) => {
    const of = (lane: LaneName) =>
      [...accountOf(lane).connections()].flatMap(([connection, spoken]) =>
        spoken === version ? [connection] : [],
      );
    const lanes = laneNames.filter((lane) => of(lane).length > 0);
    const connections = new Set(lanes.flatMap(of)).size;
    return connections === 0 ? [] : [{ version, connections, lanes }];
  });

/** How many connections carried the newest exchanges of these accounts. */
export const connectionsOf = (accounts: readonly Pick<PageAccount, 'newest'>[]): number =>
  new Set(accounts.flatMap((account) => account.newest()?.connection ?? [])).size;

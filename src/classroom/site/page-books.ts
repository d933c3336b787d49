/**
 * The books of the page: every byte the relay carried belongs to a lane of a room, the simulated clients, or the page
 * itself. They always add up to what the relay counted; bytes that wait for the rest of their line are counted
 * separately.
 */
import type { Watch } from '../../network/relay.ts';
import type { Layer } from '../../protocols/layers.ts';
import type { RecordedSpan } from '../../tap/spans.ts';
import type { Dissect } from '../../wire/conversation.ts';
import { type LaneName, laneNames, type PageBalance, type RoomName } from '../page/control-talk.ts';
import { attributedRelay } from './attributed-relay.ts';
import { addSpan, type Exchange } from './exchange.ts';
import { openAccount, type PageAccount } from './lane-account.ts';
import type { Place } from './place.ts';

export interface Books {
  readonly watch: Watch;
  /** Parses what has come meanwhile. */
  catchUp(): void;
  /** The account of one page in one lane; empty if it has sent nothing yet. */
  of(client: string, room: RoomName, lane: LaneName): PageAccount;
  /** Simulated clients of a room, all together. */
  bots(room: RoomName, lane: LaneName): PageAccount;
  balance(): PageBalance;
  /** Forgets the accounts of pages that match; the sums stay. */
  forget(isOld: (client: string) => boolean): void;
}

interface BooksOptions {
  readonly now: () => number;
  /** Whether the site has given out this name. Other names get no account, but their bytes are in the sums. */
  readonly isKnown: (client: string) => boolean;
  readonly dissect?: Dissect<Layer> | undefined;
}

type Owner = 'race' | 'chat' | 'bots' | 'page';

export function createBooks({ now, isKnown, dissect }: BooksOptions): Books {
  /** By client name (`allBots` for all bots), then by lane. */
  const accounts = new Map<string, Map<string, PageAccount>>();
  const sums: Record<Owner, number> = { race: 0, chat: 0, bots: 0, page: 0 };
  const accountOf = (client: string, { room, lane }: Pick<Place, 'room' | 'lane'>): PageAccount => {
    const own = accounts.get(client) ?? new Map<string, PageAccount>();
    const account = own.get(`${room} ${lane}`) ?? openAccount();
    accounts.set(client, own.set(`${room} ${lane}`, account));
    return account;
  };
  const told = (span: RecordedSpan, exchange: Exchange) => {
    const { place } = exchange;
    addSpan(exchange, span);
    sums[ownerOf(exchange)] += span.length;
    if (!place || !(place.isBot || isKnown(place.client))) return;
    accountOf(place.isBot ? allBots : place.client, place).take(span, exchange);
  };
  const relay = attributedRelay({ now, told, dissect });
  return {
    watch: relay.watch,
    catchUp: relay.catchUp,
    of: (client, room, lane) => accounts.get(client)?.get(`${room} ${lane}`) ?? openAccount(),
    bots: (room, lane) => accountOf(allBots, { room, lane }),
    // relay.sums() comes first: it parses what has come meanwhile, which `sums` then includes.
    balance: () => ({ ...relay.sums(), ...sums }),
    forget(isOld) {
      for (const client of [...accounts.keys()])
        if (client !== allBots && isOld(client)) accounts.delete(client);
    },
  };
}

/** No page has this name. */
const allBots = '';

const ownerOf = ({ place }: Exchange): Owner => (place === null ? 'page' : place.isBot ? 'bots' : place.room);

/** Lanes in their order, each with what `of` returns for it. */
export const byLane = <Value>(of: (lane: LaneName) => Value): Record<LaneName, Value> =>
  Object.fromEntries(laneNames.map((lane) => [lane, of(lane)])) as Record<LaneName, Value>;

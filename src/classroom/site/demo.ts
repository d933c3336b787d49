/** The classroom page, put together: rooms and lanes in one site, behind the recording relay with the emulated link. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Language, Reader } from '../../base/text.ts';
import type { Link } from '../../document/report.ts';
import { parseLink } from '../../network/link.ts';
import type { Relay } from '../../network/relay.ts';
import { anyConversations } from '../../protocols/detect.ts';
import { type Classroom, usualSettings } from '../page/control-talk.ts';
import type { RecordedTables } from '../page/tables-talk.ts';
import { createCrowd } from './bots.ts';
import { createChatRoom } from './chat-room.ts';
import { createConductor, type RaceLink } from './conductor.ts';
import { createControl } from './control-sockets.ts';
import { createFilling, type MeasureRows } from './filling.ts';
import { closedDoor, invitation, newCodes, openDoor } from './join-code.ts';
import { mountLanes } from './mounted-lanes.ts';
import { openOrigin } from './origin.ts';
import { type Books, createBooks } from './page-books.ts';
import { pageFiles } from './page-files.ts';
import { createSessions } from './page-sessions.ts';
import { createRaceRoom } from './race-room.ts';
import { recentKeys } from './recent-keys.ts';
import { createSite } from './site.ts';
import type { Seal } from './site-server.ts';

export interface DemoOptions {
  /** A literal address; one that is not loopback only for a classroom. */
  readonly host: string;
  readonly port: number;
  /** The page's TLS; null for HTTP/1.1 in clear text. */
  readonly seal: Omit<Seal, 'keyLog'> | null;
  readonly language: Language;
  /** How the user who started the page types commands, in that language. */
  readonly command: Reader['command'] & {};
  readonly isClassroom: boolean;
  readonly bots: number;
  readonly recorded: RecordedTables | null;
  readonly clock: Clock;
  readonly seed: number;
  readonly log: (line: string) => void;
  /** Measures every row of the tables. */
  readonly measure: MeasureRows;
}

export interface Demo extends AsyncDisposable {
  readonly port: number;
  /** The page's address for the person who leads. */
  readonly url: string;
  readonly classroom: Classroom | null;
  readonly books: Books;
}

/**
 * Connections of one phone or laptop in a class: enough for five pages, and a tenth of what the site accepts in all.
 */
const mostPerAddress = 60;

const linkOf = (rttMs: number): Link => parseLink(`rtt=${rttMs}ms`);

/** Rejects with the system's error when it cannot listen. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { clock, seed, host, port, log, language, isClassroom } = options;
  const codes = newCodes();
  const botKey = randomBytes(18).toString('base64url');
  const sessions = createSessions(options.seal?.over === 'h2' ? 'h2' : 'http/1.1');
  const keyLog = recentKeys();
  const books = createBooks({
    now: () => clock.now(),
    isKnown: sessions.isKnown,
    dissect: (listener, ordinal) => anyConversations(keyLog)(listener, ordinal),
  });
  const raceRoom = createRaceRoom(clock, seed);
  const chatRoom = createChatRoom(clock);
  const crowd = createCrowd({
    clock,
    log,
    key: botKey,
    over: options.seal?.over ?? 'http',
    address: () => ({ host, port: origin.relay.port }),
  });
  const conductor = createConductor({
    clock,
    room: raceRoom,
    link: linkOver(() => origin.relay),
    fill: (bots) => crowd.fill(bots, conductor.state().settings),
    changed: () => control.tell(),
  });
  const filling = createFilling({ measure: options.measure, log, changed: () => control.tellFilling() });
  const control = createControl({
    clock,
    sessions,
    books,
    conductor,
    filling,
    language,
    recorded: options.recorded,
    history: chatRoom.history,
    classroom: () => (isClassroom ? invitation(codes, origin.url) : null),
    command: options.command,
  });
  const site = createSite({
    sessions,
    botKey,
    control,
    language,
    files: pageFiles(language),
    raceNumber: conductor.number,
    addressOf: ({ socket }) => origin.relay.clientAt(socket.remotePort ?? 0) ?? '',
    door: isClassroom ? closedDoor(codes, clock, options.seal !== null) : openDoor,
    lanes: { race: await mountLanes(() => raceRoom.behaviour), chat: await mountLanes(chatRoom.behaviour) },
  });
  const link = linkOf(usualSettings.rttMs);
  const front = { host, port, seed, link, ...(isClassroom && { mostPerAddress }) };
  const seal = options.seal && { ...options.seal, keyLog };
  const origin = await openOrigin({ front, seal, clock, log, watch: books.watch, ...site }).catch((error) => {
    control.close();
    throw error;
  });
  if (options.bots > 0) conductor.set({ ...usualSettings, bots: options.bots });
  crowd.fill(options.bots, conductor.state().settings);
  return {
    port: origin.relay.port,
    books,
    classroom: isClassroom ? invitation(codes, origin.url) : null,
    url: isClassroom ? `${origin.url}join#${codes.lead}` : origin.url,
    async [Symbol.asyncDispose]() {
      conductor.end();
      await filling.end();
      await crowd.empty();
      control.close();
      await origin[Symbol.asyncDispose]();
    },
  };
}

/** The relay's functions that a race needs. */
const linkOver = (relay: () => Relay): RaceLink => ({
  cut: () => relay().cut(),
  heal: () => relay().heal(),
  change(rttMs) {
    relay().cut();
    relay().relink(linkOf(rttMs));
    relay().heal();
  },
});

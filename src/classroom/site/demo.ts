/**
 * The classroom page, put together: rooms and lanes in one site, and in front of it the recording relay with the
 * emulated link, on the port that browsers know. The site itself listens on a port that answers nobody but the relay:
 * its Host is not among the allowed ones.
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Language, Reader } from '../../base/text.ts';
import type { Link } from '../../document/report.ts';
import { parseLink } from '../../network/link.ts';
import { startRelay } from '../../network/relay.ts';
import { authority } from '../../transports/transport.ts';
import { type Classroom, type RecordedTables, usualSettings } from '../page/control-talk.ts';
import { createCrowd } from './bots.ts';
import { createChatRoom } from './chat-room.ts';
import { createConductor } from './conductor.ts';
import { createControl } from './control-sockets.ts';
import { createFilling, type MeasureRows } from './filling.ts';
import { createGuard } from './guard.ts';
import { closedDoor, newCodes, openDoor } from './join-code.ts';
import { mountLanes } from './mounted-lanes.ts';
import { type Books, createBooks } from './page-books.ts';
import { pageFiles } from './page-files.ts';
import { createSessions } from './page-sessions.ts';
import { qrModules } from './qr.ts';
import { createRaceRoom } from './race-room.ts';
import { startSite } from './site.ts';

export interface DemoOptions {
  /** A literal address; anything but a loopback one only for a classroom. */
  readonly host: string;
  readonly port: number;
  readonly language: Language;
  /** How printed commands are typed here, in that language. */
  readonly command: Reader['command'] & {};
  readonly isClassroom: boolean;
  readonly bots: number;
  readonly recorded: RecordedTables | null;
  readonly clock: Clock;
  readonly seed: number;
  readonly log: (line: string) => void;
  /** How every row of the tables is measured. */
  readonly measure: MeasureRows;
}

export interface Demo extends AsyncDisposable {
  readonly port: number;
  /** Where the page is, for who leads. */
  readonly url: string;
  readonly classroom: Classroom | null;
  readonly books: Books;
}

/** Of one phone or laptop in a class: enough for five pages, and a tenth of what the site takes in all. */
const mostPerAddress = 60;

const linkOf = (rttMs: number): Link => parseLink(`rtt=${rttMs}ms`);

/** One list of parts, over 40 lines because they know each other. Rejects with the system's error when it cannot listen. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { clock, seed, host, log, recorded, isClassroom } = options;
  const codes = newCodes();
  const sessions = createSessions();
  const guard = createGuard();
  const books = createBooks({ now: () => clock.now(), isKnown: sessions.isKnown });
  const botKey = randomBytes(18).toString('base64url');
  const raceRoom = createRaceRoom(clock, seed);
  const chatRoom = createChatRoom(clock);
  const crowd = createCrowd({ clock, key: botKey, log, address: () => ({ host, port: relay.port }) });
  let classroom: Classroom | null = null;

  const conductor = createConductor({
    clock,
    room: raceRoom,
    link: {
      cut: () => relay.cut(),
      heal: () => relay.heal(),
      change(rttMs) {
        relay.cut();
        relay.relink(linkOf(rttMs));
        relay.heal();
      },
    },
    fill: (bots) => crowd.fill(bots, conductor.state().settings),
    changed: () => control.tell(),
  });
  const { measure, language, command } = options;
  const filling = createFilling({ measure, log, changed: () => control.tellFilling() });
  const control = createControl({
    ...{ clock, sessions, books, conductor, recorded, filling, language },
    ...{ history: chatRoom.history, classroom: () => classroom },
    commandIn: (wanted) => (wanted === language ? command : { ...command, end: ` --lang ${wanted}` }),
  });
  const site = await startSite({
    raceNumber: conductor.number,
    ...{ guard, sessions, botKey, log, control: control.accept, language, files: pageFiles(language) },
    addressOf: ({ socket }) => relay.clientAt(socket.remotePort ?? 0) ?? '',
    door: isClassroom ? closedDoor(codes, clock) : openDoor,
    lanes: { race: await mountLanes(() => raceRoom.behaviour), chat: await mountLanes(chatRoom.behaviour) },
  });
  const relay = await startRelay(
    {
      ...{ targetHost: '127.0.0.1', targetPort: site.port, host, port: options.port },
      ...{ seed, link: linkOf(usualSettings.rttMs) },
      ...(isClassroom && { mostPerAddress }),
    },
    clock,
    books.watch,
  ).catch(async (error) => {
    control.close();
    await site.close();
    throw error;
  });
  const here = authority({ host, port: relay.port });
  guard.allow(host === '127.0.0.1' ? [here, `localhost:${relay.port}`] : [here]);
  const url = `http://${here}/`;
  if (isClassroom) {
    const joinUrl = `${url}join#${codes.join}`;
    classroom = { url: joinUrl, code: codes.join, modules: qrModules(joinUrl) };
  }
  if (options.bots > 0) conductor.set({ ...usualSettings, bots: options.bots });
  crowd.fill(options.bots, conductor.state().settings);
  return {
    ...{ port: relay.port, classroom, books },
    url: isClassroom ? `${url}join#${codes.lead}` : url,
    async [Symbol.asyncDispose]() {
      conductor.end();
      await filling.end();
      await crowd.empty();
      control.close();
      await relay[Symbol.asyncDispose]();
      await site.close();
    },
  };
}

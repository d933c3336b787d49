/**
 * The site's end of `/control`: one WebSocket for each page, for everything that is not a lane, so that it takes none
 * of the browser's six HTTP connections. It sends the state of the race and the relay's counts, and answers requests.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '../../base/clock.ts';
import type { Language, Reader } from '../../base/text.ts';
import { layers } from '../../protocols/layers.ts';
import { layerTitle } from '../../report/wire/look.ts';
import { type Classroom, type Heard, limits, type ToPage, type ToSite } from '../page/control-talk.ts';
import type { RecordedTables } from '../page/tables-talk.ts';
import { limitClients } from './admission.ts';
import { openBucket } from './bucket.ts';
import { carriersOf, connectionsOf } from './carriers.ts';
import type { Conductor } from './conductor.ts';
import { wireUnits } from './exchange-data.ts';
import type { Filling } from './filling.ts';
import { readToSite } from './inbound.ts';
import type { Role } from './join-code.ts';
import { filledTables } from './measured-tables.ts';
import { type Books, byLane } from './page-books.ts';
import { ownEvidence } from './page-evidence.ts';
import { type ClassSession, type ClassSessions, enter } from './page-sessions.ts';
import { openPageSockets } from './page-sockets.ts';

interface ControlParts {
  readonly clock: Clock;
  readonly sessions: ClassSessions;
  readonly books: Books;
  readonly conductor: Conductor;
  readonly history: () => readonly Heard[];
  readonly recorded: RecordedTables | null;
  readonly classroom: () => Classroom | null;
  readonly filling: Filling;
  /** How the user who started the page types commands, in their language. */
  readonly command: Reader['command'] & {};
  readonly language: Language;
}

export interface Control {
  /** Returns false, and does nothing, if this client has too much open. */
  accept(role: Role, request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Sends the changed race to all pages. */
  tell(): void;
  /** Sends the changed state of the bots' measurement to all pages. */
  tellFilling(): void;
  close(): void;
}

interface Visitor {
  readonly session: ClassSession;
  readonly send: (message: ToPage) => void;
}

const layerTitles = Object.fromEntries(layers.map((layer) => [layer, layerTitle(layer)]));
const countersEveryMs = 500;
const mostUnreadBytes = 1024 * 1024;

export function createControl(parts: ControlParts): Control {
  const { clock, sessions, books, conductor } = parts;
  const tick = () => {
    books.catchUp();
    for (const { session, send } of visitors.values()) send(countersOf(parts, session, visitors.size));
  };
  const sockets = openPageSockets<Visitor>({
    mostBytes: limits.messageBytes,
    everyMs: countersEveryMs,
    tick,
  });
  const visitors = sockets.pages;
  const tellAll = (message: ToPage) => {
    for (const { send } of visitors.values()) send(message);
  };
  const welcome = (socket: WebSocket, session: ClassSession): Visitor => {
    const send: Visitor['send'] = (message) => {
      // A page that does not read would fill this process's memory.
      if (socket.bufferedAmount > mostUnreadBytes) socket.terminate();
      else socket.send(JSON.stringify(message));
    };
    const visitor = { session, send };
    const bucket = openBucket(clock.now());
    socket.on('message', (data) => {
      // Ten a second are enough for a person; more, and messages that do not fit the schema, are ignored.
      const asked = bucket.take(clock.now()) ? readToSite(String(data)) : null;
      if (asked) hear(parts, visitor, asked);
    });
    for (const message of firstWords(parts, session)) send(message);
    return visitor;
  };
  return {
    accept(role, request, socket, head) {
      const wanted = new URL(request.url ?? '', 'http://localhost').searchParams.get('client');
      // After a cut a page keeps its session, if its cookie still has the same role.
      const known = sessions.of(wanted);
      const mayLead = role === 'leads';
      const session = known?.mayLead === mayLead ? known : sessions.create(mayLead);
      const leave = enter(session);
      if (!leave) return false;
      socket.once('close', leave);
      sockets.accept(request, socket, head, (accepted) => welcome(accepted, session));
      return true;
    },
    tell() {
      const race = conductor.state();
      // No view shows an earlier race or a page that is gone, and their accounts would fill the memory.
      books.forget((client) => isBefore(race.number)(client) || !sessions.isKnown(client));
      tellAll({ type: 'race', race });
    },
    tellFilling: () => tellAll({ type: 'fill', fill: parts.filling.state() }),
    close: sockets.close,
  };
}

/** The first messages to a page. */
const firstWords = (parts: ControlParts, { token, mayLead }: ClassSession): readonly ToPage[] => [
  {
    type: 'welcome',
    client: token,
    mayLead,
    history: parts.history(),
    recorded: parts.recorded,
    classroom: parts.classroom(),
    command: parts.command,
    layers: layerTitles,
  },
  { type: 'race', race: parts.conductor.state() },
  { type: 'fill', fill: parts.filling.state() },
];

function countersOf({ books, conductor }: ControlParts, { token }: ClassSession, people: number): ToPage {
  const client = raceClient(token, conductor.number());
  const mean = ({ requests, up }: { requests: number; up: number }) =>
    requests === 0 ? null : up / requests;
  return {
    type: 'counters',
    people,
    balance: books.balance(),
    race: byLane((lane) => books.of(client, 'race', lane).count()),
    carriers: carriersOf((lane) => books.of(client, 'race', lane)),
    requestBytes: {
      page: mean(books.of(client, 'race', 'polling').count()),
      bots: mean(books.bots('race', 'polling').count()),
    },
  };
}

/** A client name for each race, because each has mailboxes and accounts of its own. */
const raceClient = (token: string, number: number) => `${token}.${number}`;
const isBefore = (number: number) => (client: string) => Number(client.split('.')[1] ?? number) < number;

function hear(parts: ControlParts, { session, send }: Visitor, asked: ToSite) {
  const { clock, books, conductor, filling } = parts;
  const { token, mayLead } = session;
  const accountOf = (room: 'race' | 'chat', lane: Parameters<Books['of']>[2]) =>
    books.of(room === 'race' ? raceClient(token, conductor.number()) : token, room, lane);
  switch (asked.type) {
    case 'ping':
      return send({ type: 'pong', sentMs: asked.sentMs, nowMs: clock.now() / 1e6 });
    case 'vote':
      // A vote counts only before the race: after it, it would be no prediction.
      if (conductor.state().phase === 'voting') conductor.vote(token, asked);
      return;
    case 'settings':
      if (mayLead) conductor.set(asked.settings);
      return;
    case 'start':
    case 'stop':
    case 'again':
    case 'cut':
      if (mayLead) conductor[asked.type]();
      return;
    case 'fill':
      // Not during a race, which would disturb the timing.
      if (mayLead && conductor.state().phase !== 'running') filling.begin();
      return;
    case 'wire':
      books.catchUp();
      return send({
        type: 'wire',
        units: wireUnits(accountOf(asked.room, asked.lane).newest(), asked.language),
      });
    case 'weight': {
      books.catchUp();
      const account = accountOf('chat', asked.lane);
      return send({ type: 'weight', lane: asked.lane, said: account.said(), heard: account.heard() });
    }
    case 'streams':
      books.catchUp();
      return send({
        type: 'streams',
        connections: connectionsOf(limitClients(token).map((client) => books.of(client, 'chat', 'sse'))),
      });
    case 'tables': {
      books.catchUp();
      const { from, language } = asked;
      const end = language === parts.language ? parts.command.end : ` --lang ${language}`;
      const reader = { language, command: { ...parts.command, end } };
      const own = () => ownEvidence(asked, conductor.state().settings, accountOf);
      const evidence = from === 'bots' ? filling.evidence() : own();
      const tables = evidence ? filledTables(from, evidence, reader) : [];
      return send({ type: 'tables', from, tables });
    }
  }
}

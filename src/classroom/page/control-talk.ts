/**
 * What the classroom page and its site say to each other over `/control`, and what travels in the lanes: shapes and
 * bounds, nothing that runs. Both sides import this file.
 */

import type { Language, Text } from '../../base/text.ts';
import type { DocumentTable, FillState, RecordedTables, TableSource, Times } from './tables-talk.ts';

export const laneNames = ['polling', 'long-polling', 'sse', 'ws', 'socket.io'] as const;

export type LaneName = (typeof laneNames)[number];

/** Where lanes lead: each room has one of every kind. */
export const roomNames = ['race', 'chat'] as const;

export type RoomName = (typeof roomNames)[number];

/** What the class is asked before a race: whose events are youngest, who needs the fewest bytes. */
export const questions = ['fresh', 'light'] as const;

export type TablesQuestion = (typeof questions)[number];

export interface Settings {
  readonly rttMs: number;
  readonly pollIntervalMs: number;
  /** Events per second. */
  readonly rate: number;
  readonly payloadBytes: number;
  readonly bots: number;
}

/** Where the differences show. */
export const usualSettings: Settings = {
  rttMs: 80,
  pollIntervalMs: 2000,
  rate: 2,
  payloadBytes: 64,
  bots: 0,
};

/** How long the link stays cut. */
export const cutMs = 3000;

/** What the sliders offer and the site accepts. */
export const bounds: Readonly<Record<keyof Settings, readonly [least: number, most: number, step: number]>> =
  {
    rttMs: [0, 600, 20],
    pollIntervalMs: [200, 5000, 100],
    rate: [0.5, 20, 0.5],
    payloadBytes: [64, 2048, 64],
    bots: [0, 50, 5],
  };

export type Votes = Readonly<Record<TablesQuestion, Readonly<Record<LaneName, number>>>>;

/** Times are milliseconds of the site's clock. */
export interface RaceState {
  /** Lanes opened for another race are closed, and events of another race are nobody's. */
  readonly number: number;
  readonly phase: 'voting' | 'running' | 'ended';
  readonly settings: Settings;
  readonly votes: Votes;
  readonly cut: { readonly atMs: number; readonly healedMs: number | null } | null;
}

/** One event of the race, as JSON, the same in every lane. */
export interface RaceEvent {
  readonly race: number;
  readonly n: number;
  readonly dueMs: number;
  /** Fills the payload up to its size. */
  readonly pad: string;
}

export const limits = { messageBytes: 4096, name: 40, text: 1000, key: 16, token: 16, history: 200 } as const;

/** What somebody says in the chat. */
export interface Said {
  readonly name: string;
  readonly text: string;
  /** The sender knows its own message by it. */
  readonly key: string;
}

/** What everybody hears: the site says who spoke, and how. */
export interface Heard extends Said {
  /** Counts messages. */
  readonly id: number;
  /** Counts people; a name is only what somebody calls themselves. */
  readonly from: number;
  readonly via: LaneName;
}

export const refusals = ['too-fast', 'not-understood'] as const;

export interface Refused {
  readonly refused: (typeof refusals)[number];
}

/** Bytes of one lane, as the relay saw them. */
export interface LaneCount {
  readonly requests: number;
  readonly connections: number;
  readonly up: number;
  readonly down: number;
  readonly layers: Readonly<Record<string, number>>;
  readonly polls: number;
  readonly emptyPolls: number;
}

/** As ALPN names them. */
export type HttpVersion = 'http/1.1' | 'h2';

/** Connections of one version that have carried a page's race, and whose requests were on them. */
export interface Carriers {
  readonly version: HttpVersion;
  readonly connections: number;
  readonly lanes: readonly LaneName[];
}

export type LaneCounts = Readonly<Record<LaneName, LaneCount>>;

/** What carried a message, weighed: request and response, or a frame, or a chunk. */
export interface Weight {
  readonly up: number;
  readonly down: number;
  /** Of these the JSON that page and site say to each other; what somebody typed is a part of it. */
  readonly json: number;
}

/** All that the relay carried since it started; `unread` waits for the rest of its line or message. */
export interface PageBalance {
  readonly relay: number;
  readonly race: number;
  readonly chat: number;
  readonly bots: number;
  readonly page: number;
  readonly unread: number;
}

export interface WireField {
  readonly offset: number;
  readonly hex: string;
  readonly text: string;
  readonly layer: string;
  readonly owner: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly specification: string | null;
}

export interface WireUnit {
  readonly direction: 'up' | 'down';
  readonly title: string;
  readonly content: string;
  readonly bytes: number;
  readonly fields: readonly WireField[];
}

export interface Classroom {
  readonly url: string;
  readonly code: string;
  /** Rows of the QR code, a character a module: `#` is dark. */
  readonly modules: readonly string[];
}

export interface Welcome {
  readonly type: 'welcome';
  /** Names this page in every lane; nobody can guess it. */
  readonly client: string;
  /** Whether this page may start races and move sliders. */
  readonly mayLead: boolean;
  readonly history: readonly Heard[];
  readonly recorded: RecordedTables | null;
  readonly classroom: Classroom | null;
  /** What a printed command begins and ends with where this page was started. */
  readonly command: { readonly start: string; readonly end: string };
  /** What each layer is called, by its name. */
  readonly layers: Readonly<Record<string, Text>>;
}

export type ToPage =
  | Welcome
  | { readonly type: 'race'; readonly race: RaceState }
  | { readonly type: 'pong'; readonly sentMs: number; readonly nowMs: number }
  | {
      readonly type: 'counters';
      readonly race: LaneCounts;
      readonly balance: PageBalance;
      /** Mean bytes of an HTTP request, heads and all, of this page's and of the simulated clients. */
      readonly requestBytes: { readonly page: number | null; readonly bots: number | null };
      readonly people: number;
      /** What carried this page's race. */
      readonly carriers: readonly Carriers[];
    }
  /** So many connections carried the six event streams that this page opened last. */
  | { readonly type: 'streams'; readonly connections: number }
  | { readonly type: 'wire'; readonly units: readonly WireUnit[] }
  | {
      readonly type: 'weight';
      readonly lane: LaneName;
      readonly said: Weight | null;
      readonly heard: Weight | null;
    }
  | { readonly type: 'fill'; readonly fill: FillState }
  | { readonly type: 'tables'; readonly from: TableSource; readonly tables: readonly DocumentTable[] };

export type ToSite =
  | { readonly type: 'ping'; readonly sentMs: number }
  | {
      readonly type: 'vote';
      readonly question: TablesQuestion;
      readonly lane: LaneName;
      /** The name under which this browser voted before, if it did: a page that is loaded again has a new one. */
      readonly instead: string | null;
    }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'start' | 'stop' | 'again' | 'cut' | 'fill' }
  | { readonly type: 'wire'; readonly room: RoomName; readonly lane: LaneName; readonly language: Language }
  | { readonly type: 'weight'; readonly lane: LaneName }
  | { readonly type: 'streams' }
  | {
      readonly type: 'tables';
      readonly from: TableSource;
      readonly language: Language;
      readonly race: Readonly<Partial<Record<LaneName, Times>>>;
      readonly chat: Readonly<Partial<Record<LaneName, Times>>>;
    };

/**
 * The messages between the classroom page and its site over `/control`, and those in the lanes: shapes and bounds, no
 * code. Both sides import this file.
 */

import type { Language, Text } from '../../base/text.ts';
import type { DocumentTable, FillState, RecordedTables, TableSource, Times } from './tables-talk.ts';

export const laneNames = ['polling', 'long-polling', 'sse', 'ws', 'socket.io'] as const;

export type LaneName = (typeof laneNames)[number];

/** The rooms to which lanes lead: each has a lane of every kind. */
export const roomNames = ['race', 'chat'] as const;

export type RoomName = (typeof roomNames)[number];

/** What the class is asked before a race: which lane's events are youngest, which lane needs the fewest bytes. */
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

/** Settings at which the lanes differ visibly. */
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
  /** The page closes lanes that were opened for another race, and ignores events of another race. */
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

/** A chat message as the page sends it. */
export interface Said {
  readonly name: string;
  readonly text: string;
  /** By this key the sender recognises its own message. */
  readonly key: string;
}

/** A chat message as all pages receive it: the site adds the sender and the lane. */
export interface Heard extends Said {
  /** The message's number. */
  readonly id: number;
  /** The sender's number; a name is only what people call themselves. */
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

/** Connections of one version that have carried a page's race, and the lanes whose requests were on them. */
export interface Carriers {
  readonly version: HttpVersion;
  readonly connections: number;
  readonly lanes: readonly LaneName[];
}

export type LaneCounts = Readonly<Record<LaneName, LaneCount>>;

/** Bytes of what carried a message: request and response, or a frame, or a chunk. */
export interface Weight {
  readonly up: number;
  readonly down: number;
  /** Bytes of the JSON among these; the typed text is a part of it. */
  readonly json: number;
}

/** All bytes that the relay carried since it started; `unread` ones wait for the rest of their line or message. */
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
  /** Rows of the QR code, a character for each module: `#` is dark. */
  readonly modules: readonly string[];
}

export interface Welcome {
  readonly type: 'welcome';
  /** Names this page in every lane. It is random, so other clients cannot guess it. */
  readonly client: string;
  /** Whether this page may start races and move sliders. */
  readonly mayLead: boolean;
  readonly history: readonly Heard[];
  readonly recorded: RecordedTables | null;
  readonly classroom: Classroom | null;
  /** How printed commands begin and end on the machine where the site was started. */
  readonly command: { readonly start: string; readonly end: string };
  /** Titles of the layers, by name. */
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
      /** The connections that carried this page's race. */
      readonly carriers: readonly Carriers[];
    }
  /** How many connections carried the six event streams that this page opened last. */
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

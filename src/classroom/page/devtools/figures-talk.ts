/** The messages between the page beside DevTools and its site over `/figures`: shapes, no code. */
import type { Text } from '../../../base/text.ts';
import type { LaneName } from '../control-talk.ts';

/** Bytes of one portion of an exchange. */
export interface PanelLine {
  readonly name: Text;
  readonly where: Text;
  /** The name of the figure in DevTools that counts it; null if none does. */
  readonly counted: Text | null;
  readonly up: number;
  readonly down: number;
}

/** A frame of a WebSocket, or a chunk of an event stream. */
export interface PanelPiece {
  readonly direction: 'up' | 'down';
  /** What DevTools shows for it; null if it shows nothing. */
  readonly shown: number | null;
  readonly bytes: number;
}

/** A row of the Network panel. */
export interface PanelRow {
  readonly number: number;
  readonly connection: number;
  readonly method: string;
  readonly target: string;
  /** Null while it is pending. */
  readonly status: number | null;
  /** The figure in column Size, in bytes. */
  readonly size: number;
  readonly up: number;
  readonly down: number;
  readonly lines: readonly PanelLine[];
  readonly pieceKind: 'frame' | 'event' | null;
  /** The newest of them. */
  readonly pieces: readonly PanelPiece[];
  readonly piecesInAll: number;
}

export type ToDevtoolsPage =
  | {
      readonly type: 'welcome';
      /** The name of this page in its requests, by which its rows are found. */
      readonly client: string;
      readonly transport: LaneName;
      readonly steps: readonly Text[];
      readonly notes: readonly Text[];
    }
  | { readonly type: 'rows'; readonly rows: readonly PanelRow[]; readonly inAll: number };

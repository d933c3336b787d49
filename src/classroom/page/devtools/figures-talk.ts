/** What the page beside DevTools and its site say to each other over `/figures`: shapes, nothing that runs. */
import type { Text } from '../../../base/text.ts';
import type { LaneName } from '../control-talk.ts';

/** Bytes of one portion of an exchange. */
export interface PanelLine {
  readonly name: Text;
  readonly where: Text;
  /** What the figure of DevTools that counts it is called; null where none does. */
  readonly counted: Text | null;
  readonly up: number;
  readonly down: number;
}

/** A frame of a WebSocket, or a chunk of an event stream. */
export interface PanelPiece {
  readonly direction: 'up' | 'down';
  /** What DevTools says of it; null where it shows nothing. */
  readonly shown: number | null;
  readonly bytes: number;
}

/** A row of the Network panel. */
export interface PanelRow {
  readonly number: number;
  readonly connection: number;
  readonly method: string;
  readonly target: string;
  /** Null as long as it is pending. */
  readonly status: number | null;
  /** What column Size says, in bytes. */
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
      /** What this page is called in its requests: its rows are found by it. */
      readonly client: string;
      readonly transport: LaneName;
      readonly steps: readonly Text[];
      readonly notes: readonly Text[];
    }
  | { readonly type: 'rows'; readonly rows: readonly PanelRow[]; readonly inAll: number };

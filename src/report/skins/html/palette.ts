/**
 * Colours of the pages, and how each layer is filled. Colours alone would not do: on a grey copy, and for many eyes,
 * eleven of them run together. So every layer has a pattern of its own, cut out of its colour in that of the paper.
 */
import type { Layer } from '../../../protocols/layers.ts';

export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly shade: string;
  readonly samples: string;
  readonly law: string;
  readonly median: string;
  readonly layers: Readonly<Record<Layer, string>>;
}

export const light: Palette = {
  ...{ paper: '#ffffff', ink: '#1b1f24', quiet: '#57606a', line: '#d0d7de', shade: '#f3f5f8' },
  ...{ samples: '#7fa7d9', law: '#b3261e', median: '#1b1f24' },
  layers: {
    http: '#3f6a9a',
    chunk: '#6fa8d0',
    sse: '#3f8a37',
    ndjson: '#62a854',
    websocket: '#e07508',
    mailbox: '#a2638f',
    'engine.io': '#d9433f',
    'socket.io': '#b98d00',
    encoding: '#8a6249',
    payload: '#c4bcb8',
    unparsed: '#000000',
  },
};

export const dark: Palette = {
  ...{ paper: '#12161c', ink: '#e6edf3', quiet: '#9da7b3', line: '#343c46', shade: '#1b212a' },
  ...{ samples: '#4d7fb8', law: '#ff8a80', median: '#ffffff' },
  layers: {
    http: '#6b9bd1',
    chunk: '#b5d6ee',
    sse: '#74c36b',
    ndjson: '#a5e39a',
    websocket: '#ffa24d',
    mailbox: '#cf9dc1',
    'engine.io': '#f28482',
    'socket.io': '#edc348',
    encoding: '#c49a80',
    payload: '#5f5a56',
    unparsed: '#ffffff',
  },
};

/** What is cut out of a square of eight by eight; three layers are solid, and far apart in lightness. */
export const patterns: Readonly<Record<Layer, string>> = {
  http: '',
  chunk: 'M2 2h2v2h-2z M6 6h2v2h-2z',
  sse: 'M-1 3L3 -1 M-1 9L9 -1 M5 9L9 5',
  ndjson: 'M-1 5L3 9 M-1 -1L9 9 M5 -1L9 3',
  websocket: 'M2 -1V9 M6 -1V9',
  mailbox: 'M4 -1V9 M-1 4H9',
  'engine.io': 'M-1 2H9 M-1 6H9',
  'socket.io': 'M-1 -1L9 9 M-1 9L9 -1',
  encoding: 'M1 1h3v3h-3z',
  payload: '',
  unparsed: '',
};

export const nameOf = (layer: Layer): string => layer.replace('.', '-');

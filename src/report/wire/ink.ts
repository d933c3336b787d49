/**
 * Each layer has its own colour, and its name is written beside it all the same: colour never says anything alone.
 * Escape codes are Node's own; whether there may be any is decided by whoever prints.
 */
import { styleText } from 'node:util';
import type { Layer } from '../../protocols/layers.ts';

type Style = Parameters<typeof styleText>[0];

export interface Ink {
  readonly layer: (layer: Layer, text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** Readable on dark and on light; what the application wanted to say is marked as with a highlighter. */
const styles: Readonly<Record<Layer, Style>> = {
  http: 'blueBright',
  chunk: 'cyan',
  sse: 'green',
  ndjson: 'green',
  websocket: 'magenta',
  mailbox: 'yellow',
  'engine.io': 'cyanBright',
  'socket.io': 'greenBright',
  encoding: 'red',
  payload: ['black', 'bgYellow'],
  unparsed: ['white', 'bgRed'],
};

// Node would ask stdout whether it is a terminal; that has been decided already.
const paint = (style: Style, text: string): string =>
  text === '' ? '' : styleText(style, text, { validateStream: false });

const colours: Ink = {
  layer: (layer, text) => paint(styles[layer], text),
  strong: (text) => paint('bold', text),
  faint: (text) => paint('dim', text),
};

const same = (text: string) => text;
const plain: Ink = { layer: (_layer, text) => text, strong: same, faint: same };

export const inkOf = (colour: boolean): Ink => (colour ? colours : plain);

/**
 * How a conversation is shown: language, colour, and the characters of its lines. Widths are counted as in a terminal.
 */
import { styleText } from 'node:util';
import { type Phrase, type Reader, readerOfFiles, say, type Text } from '../../base/text.ts';
import { protocols } from '../../protocols/index.ts';
import type { Layer } from '../../protocols/layers.ts';
import { escapeControls, plainCharacters } from '../skins/escape.ts';
import { displayWidth } from '../skins/wrap.ts';

/** Each layer has its own colour, and its name stands beside it: colour alone never carries meaning. */
interface Ink {
  readonly layer: (layer: Layer, text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

// By default `styleText` checks whether stdout is a terminal; that is already decided.
const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
  text === '' ? '' : styleText(style, text, { validateStream: false });

const colours: Ink = {
  layer: (layer, text) => paint(protocols[layer].look.terminal, text),
  strong: (text) => paint('bold', text),
  faint: (text) => paint('dim', text),
};

const same = (text: string) => text;
const plain: Ink = { layer: (_layer, text) => text, strong: same, faint: same };

/** Characters that `--ascii` replaces. */
const drawn = {
  up: '▶',
  down: '◀',
  line: '─',
  dots: '┄',
  side: '│',
  silence: '┊',
  double: '═',
  again: '↑',
  unprintable: '·',
  full: '█',
  http: '░',
  cut: '…',
};
const typed: typeof drawn = {
  up: '>',
  down: '<',
  line: '-',
  dots: '.',
  side: '|',
  silence: ':',
  double: '=',
  again: '^',
  unprintable: '.',
  full: '#',
  http: ':',
  cut: '~',
};

export interface LookOptions {
  readonly language: Reader['language'];
  readonly ascii: boolean;
  readonly colour: boolean;
}

export interface Look {
  readonly reader: Reader;
  readonly ink: Ink;
  readonly ascii: boolean;
  readonly signs: typeof drawn;
  /** A text in the reader's language; control characters from the wire in its values can no longer move the cursor. */
  readonly say: (text: Phrase<string>, values?: Readonly<Record<string, string>>) => string;
  readonly clean: (text: string) => string;
  readonly layerName: (layer: Layer) => string;
}

export function lookOf({ language, ascii, colour }: LookOptions): Look {
  const reader = readerOfFiles(language);
  const clean = (text: string) => (ascii ? plainCharacters(escapeControls(text)) : escapeControls(text));
  return {
    reader,
    ascii,
    clean,
    ink: colour ? colours : plain,
    signs: ascii ? typed : drawn,
    say: (text, values = {}) => clean(say(reader, text, values)),
    layerName: (layer) => layerTitle(layer)[language],
  };
}

/** The name of a layer in one piece: the word for tables has marks where a narrow column may break it. */
export function layerTitle(layer: Layer): Text {
  const { en, ko } = protocols[layer].look.title;
  return { en: en.replaceAll('\u200b', ''), ko: ko.replaceAll('\u200b', '') };
}

/** Padded with blanks to this many columns, never cut. */
export const pad = (text: string, columns: number, align: 'left' | 'right' = 'left'): string => {
  const blanks = ' '.repeat(Math.max(0, columns - displayWidth(text)));
  return align === 'left' ? text + blanks : blanks + text;
};

/** At most this many columns; `cutSign` shows that something was cut. */
export function cutTo(text: string, columns: number, cutSign: string): string {
  if (displayWidth(text) <= columns) return text;
  let kept = '';
  for (const character of text) {
    if (displayWidth(kept + character + cutSign) > columns) break;
    kept += character;
  }
  return kept + cutSign;
}

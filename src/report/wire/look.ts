/** How a conversation is shown: language, colour, and which signs draw its lines. Widths count as a terminal counts. */
import { type Phrase, type Reader, readerOfFiles, say } from '../../base/text.ts';
import type { Layer } from '../../protocols/layers.ts';
import { layerNames } from '../blocks/layer-names.ts';
import { escapeControls, plainCharacters } from '../skins/escape.ts';
import { displayWidth } from '../skins/wrap.ts';
import { type Ink, inkOf } from './ink.ts';

/** Signs that `--ascii` replaces. */
const drawn = {
  ...{ up: '▶', down: '◀', line: '─', dots: '┄', side: '│', silence: '┊', double: '═' },
  ...{ again: '↑', unprintable: '·', full: '█', http: '░', cut: '…' },
};
const typed: typeof drawn = {
  ...{ up: '>', down: '<', line: '-', dots: '.', side: '|', silence: ':', double: '=' },
  ...{ again: '^', unprintable: '.', full: '#', http: ':', cut: '~' },
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
  /** A text in the reader's language; whatever came from the wire can no longer move the cursor. */
  readonly say: (text: Phrase<string>, values?: Readonly<Record<string, string>>) => string;
  readonly clean: (text: string) => string;
  readonly layerName: (layer: Layer) => string;
}

export function lookOf({ language, ascii, colour }: LookOptions): Look {
  const reader = readerOfFiles(language);
  const clean = (text: string) => (ascii ? plainCharacters(escapeControls(text)) : escapeControls(text));
  return {
    ...{ reader, ascii, clean, ink: inkOf(colour), signs: ascii ? typed : drawn },
    say: (text, values = {}) => clean(say(reader, text, values)),
    // The tables' words say where a narrow column may break them.
    layerName: (layer) => say(reader, layerNames[layer]).replaceAll('\u200b', ''),
  };
}

/** Filled up with blanks to this many columns, never cut. */
export const pad = (text: string, columns: number, align: 'left' | 'right' = 'left'): string => {
  const blanks = ' '.repeat(Math.max(0, columns - displayWidth(text)));
  return align === 'left' ? text + blanks : blanks + text;
};

/** At most this many columns; what is cut is seen to be cut. */
export function cutTo(text: string, columns: number, cutSign: string): string {
  if (displayWidth(text) <= columns) return text;
  let kept = '';
  for (const character of text) {
    if (displayWidth(kept + character + cutSign) > columns) break;
    kept += character;
  }
  return kept + cutSign;
}

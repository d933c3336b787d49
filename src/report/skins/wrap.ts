/**
 * How wide a text is in a terminal, and where it may break. Hangul, ideographs and emoji take two columns. A number is
 * never separated from its unit, nor the unit from its Korean particle; a word breaks at a zero-width space, and
 * elsewhere only when nothing else helps. A no-break space holds words together and is drawn as a space.
 */
const invisible = /[\u200b\p{Mn}\p{Me}]/u;
// UAX #11 Wide and Fullwidth, the blocks a terminal draws two columns wide.
const wide =
  /[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{33ff}\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{a000}-\u{a4cf}\u{a960}-\u{a97f}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

const columnsOf = (character: string): number =>
  invisible.test(character) ? 0 : wide.test(character) ? 2 : 1;

/** Plain ASCII, the most common case: one column for each character. */
const plain = /^[ -~]*$/;

export const displayWidth = (text: string): number =>
  plain.test(text)
    ? text.length
    : Array.from(text).reduce((columns, character) => columns + columnsOf(character), 0);

interface Piece {
  readonly text: string;
  /** The space before the piece when it does not begin a line. */
  readonly space: '' | ' ';
}

const unit = /^(?:ms|s|k?B|MB|GB|%|×)(?:[가-힣]*[.,;:)]*|\(.*)$/;

function piecesOf(text: string): Piece[] {
  const words: string[] = [];
  for (const word of text.split(' ')) {
    const before = words.at(-1);
    if (before !== undefined && /^[^A-Za-z]*[\d×]$/.test(before) && unit.test(word))
      words[words.length - 1] = `${before} ${word}`;
    else words.push(word);
  }
  return words.flatMap((word, position) =>
    word.split('\u200b').map(
      (part, inWord): Piece => ({
        text: part,
        space: inWord === 0 && position > 0 ? ' ' : '',
      }),
    ),
  );
}

/** The narrowest column that a text fits without breaking inside a piece. */
export const narrowest = (text: string): number =>
  Math.max(0, ...piecesOf(text).map((piece) => displayWidth(piece.text)));

/** The last resort: cuts anywhere. */
function cut(text: string, columns: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of text) {
    if (part !== '' && displayWidth(part + character) > columns) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

/** Lines of at most `columns` (at least 2), all but the first indented by `hang`. */
export function wrap(text: string, columns: number, hang = 0): string[] {
  const lines: string[] = [];
  const indent = ' '.repeat(hang);
  let line: string | null = null;
  const finish = (): void => {
    if (line !== null) lines.push(line);
    line = null;
  };
  for (const piece of piecesOf(text)) {
    const joined: string = (line ?? '') + piece.space + piece.text;
    if (line !== null && displayWidth(joined) <= columns) {
      line = joined;
    } else {
      finish();
      const start = lines.length === 0 ? '' : indent;
      const fits = displayWidth(start + piece.text) <= columns;
      const parts = fits ? [piece.text] : cut(piece.text, Math.max(2, columns - hang));
      for (const part of parts.slice(0, -1)) lines.push((lines.length === 0 ? '' : indent) + part);
      line = (lines.length === 0 ? '' : indent) + (parts.at(-1) ?? '');
    }
  }
  finish();
  return lines.map((drawn) => drawn.replaceAll('\u00a0', ' '));
}

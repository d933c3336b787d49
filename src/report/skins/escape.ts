/**
 * Names, notes and request targets in a report may come from another machine. Control and formatting characters (escape
 * codes, line ends, bidirectional overrides) are shown instead of obeyed. The zero-width space stays: it marks where
 * our own heads may break, and no skin prints it.
 */
const dangerous = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const breakHere = '\u200b';

const shown = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return `\\u{${code.toString(16)}}`;
};

export const escapeControls = (text: string): string =>
  text.replace(dangerous, (character) => (character === breakHere ? character : shown(character)));

const typographic: Readonly<Record<string, string>> = {
  '×': 'x',
  '–': '-',
  '—': '-',
  '…': '...',
  '“': '"',
  '”': '"',
  '’': "'",
  '·': '.',
  '±': '+-',
  '²': '^2',
  '┤': '+',
};

/** `--ascii`: our own typography in plain characters. Hangul stays: there is no other way to write it. */
export const plainCharacters = (text: string): string =>
  text.replace(/[^\p{ASCII}]/gu, (character) => typographic[character] ?? character);

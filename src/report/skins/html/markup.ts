/**
 * HTML and SVG as text, and the one place where a value becomes part of it: whatever comes from a report is escaped
 * here, or it does not get in. There is no script anywhere, so there is nothing to inject into.
 */
import { escapeControls } from '../escape.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text of a page; where our own heads may break, the browser may as well. */
export const escaped = (text: string): string =>
  escapeControls(text)
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replaceAll('\u200b', '<wbr>');

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element around what is HTML already. */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value)).replaceAll('<wbr>', '')}"`);
  return `<${name}${written.join('')}>${inside.join('')}</${name}>`;
}

/** An element around plain text. */
export const textElement = (name: string, attributes: Attributes, text: string): string =>
  element(name, attributes, escaped(text));

/** Text in which what is to be typed stands between backticks, as in every other form. */
export const coded = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/**
 * What may be wider than the screen scrolls by itself, with the keyboard too, and says what it is. A group and no
 * region: thirty landmarks would lead nowhere.
 */
export const scrolling = (label: string, inside: string): string =>
  element('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': label }, inside);

/** A drawing with its caption; what it shows is said in words as well. */
export const drawing = (
  title: string,
  size: { readonly width: number; readonly height: number },
  described: string,
  drawn: readonly string[],
  ...below: readonly string[]
): string =>
  element(
    'figure',
    {},
    textElement('figcaption', {}, title),
    scrolling(
      title,
      element(
        'svg',
        { viewBox: `0 0 ${size.width} ${size.height}`, role: 'img', 'aria-label': described },
        ...drawn,
      ),
    ),
    ...below,
  );

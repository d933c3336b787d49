/**
 * HTML and SVG as text. This is the only place where a value becomes part of it, so whatever comes from a report is
 * escaped here. There is no script, so there is nothing to inject into.
 */
import { escapeControls } from '../escape.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text of a page; the browser may break it where our own heads may break. */
export const escaped = (text: string): string =>
  escapeControls(text)
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replaceAll('\u200b', '<wbr>');

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element around content that is already HTML. */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value)).replaceAll('<wbr>', '')}"`);
  return `<${name}${written.join('')}>${inside.join('')}</${name}>`;
}

/** An element around plain text. */
export const textElement = (name: string, attributes: Attributes, text: string): string =>
  element(name, attributes, escaped(text));

/** Text whose parts in backticks become `<code>`: they are to be typed. */
export const coded = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/**
 * A box for what may be wider than the screen: it scrolls by itself, also by keyboard, and has a label. Its role is
 * group, not region: thirty landmarks would be of no use.
 */
export const scrolling = (label: string, inside: string): string =>
  element('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': label }, inside);

/** A drawing with its caption, which also says in words what is shown. */
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

/**
 * Making elements. Text only ever becomes `textContent`, never markup: what somebody types in the chat stays text. What
 * is said in words is marked with its key, so that the language can change without building the page anew.
 */
import type { Phrase } from '../../base/text.ts';
import { tell, type Values, type WordKey, word } from './words.ts';

export interface Made {
  readonly class?: string;
  readonly id?: string;
  readonly text?: string;
  readonly word?: WordKey;
  readonly values?: Values;
  /** A sentence of the view itself. */
  readonly phrase?: Phrase;
  /** The key of a text for screen readers. */
  readonly label?: WordKey;
  readonly attributes?: Readonly<Record<string, string>>;
}

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  made: Made = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  if (made.class) node.className = made.class;
  if (made.id) node.id = made.id;
  for (const [name, value] of Object.entries(made.attributes ?? {})) node.setAttribute(name, value);
  if (made.text !== undefined) node.textContent = made.text;
  if (made.word) say(node, made.word, made.values);
  const { phrase } = made;
  if (phrase) speak(node, () => tell(phrase));
  if (made.label) label(node, made.label);
  node.append(...children);
  return node;
}

/** Says it in the page's language, now and whenever that changes. */
export function say(node: HTMLElement, key: WordKey, values?: Values): void {
  node.dataset.word = key;
  node.dataset.values = JSON.stringify(values ?? {});
  const text = word(key, values);
  // A screen reader would read it again.
  if (node.textContent !== text) node.textContent = text;
}

const spoken = new WeakMap<HTMLElement, () => string>();

/** Says what `told` says, now and whenever the language changes. */
export function speak(node: HTMLElement, told: () => string): void {
  spoken.set(node, told);
  node.dataset.spoken = '';
  setText(node, told());
}

function label(node: HTMLElement, key: WordKey): void {
  node.dataset.label = key;
  node.setAttribute('aria-label', word(key));
}

/** Says everything again, after the language has changed. */
export function sayAll(): void {
  for (const node of document.querySelectorAll<HTMLElement>('[data-word]')) {
    const values = JSON.parse(node.dataset.values ?? '{}') as Values;
    node.textContent = word(node.dataset.word as WordKey, values);
  }
  for (const node of document.querySelectorAll<HTMLElement>('[data-spoken]'))
    setText(node, spoken.get(node)?.() ?? '');
  for (const node of document.querySelectorAll<HTMLElement>('[data-label]'))
    node.setAttribute('aria-label', word(node.dataset.label as WordKey));
}

/** The head of a table: a cell a column, which a screen reader names with each figure below it. */
export const tableHead = (heads: readonly (WordKey | Phrase)[]): HTMLElement =>
  element(
    'thead',
    {},
    element(
      'tr',
      {},
      ...heads.map((head) => element('th', { ...saying(head), attributes: { scope: 'col' } })),
    ),
  );

const saying = (said: WordKey | Phrase): Made =>
  typeof said === 'string' ? { word: said } : { phrase: said };

export function button(said: WordKey | Phrase, onClick: () => void, made: Made = {}): HTMLButtonElement {
  const attributes = { type: 'button', ...made.attributes };
  const node = element('button', { ...made, ...saying(said), attributes });
  node.addEventListener('click', onClick);
  return node;
}

/** Touches the node only where something has changed: most figures do not, most of the time. */
export function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

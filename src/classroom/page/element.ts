/**
 * Making elements. Text only ever becomes `textContent`, never markup: what somebody types in the chat stays text. What
 * is said in words is marked with its key, so that the language can change without building the page anew.
 */
import type { Phrase, Text, Values } from '../../base/text.ts';
import { tell } from './page-reader.ts';

export interface Made {
  readonly class?: string;
  readonly id?: string;
  readonly text?: string;
  /** What it says, in the language of the page. */
  readonly phrase?: Phrase;
  /** What a screen reader calls it. */
  readonly label?: Text;
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
  if (made.phrase) say(node, made.phrase);
  if (made.label) label(node, made.label);
  node.append(...children);
  return node;
}

const spoken = new WeakMap<HTMLElement, () => string>();
const labels = new WeakMap<HTMLElement, Text>();

/** Says what `told` says, now and whenever the language changes. */
export function speak(node: HTMLElement, told: () => string): void {
  spoken.set(node, told);
  node.dataset.spoken = '';
  setText(node, told());
}

/** Says it in the page's language, now and whenever that changes. */
export const say = <Names extends string = never>(
  node: HTMLElement,
  phrase: Phrase<Names>,
  ...values: Values<Names, string>
): void => speak(node, () => tell(phrase, ...values));

function label(node: HTMLElement, called: Text): void {
  labels.set(node, called);
  node.dataset.label = '';
  node.setAttribute('aria-label', tell(called));
}

/** Says everything again, after the language has changed. */
export function sayAll(): void {
  for (const node of document.querySelectorAll<HTMLElement>('[data-spoken]'))
    setText(node, spoken.get(node)?.() ?? '');
  for (const node of document.querySelectorAll<HTMLElement>('[data-label]')) {
    const called = labels.get(node);
    if (called) node.setAttribute('aria-label', tell(called));
  }
}

/** The head of a table: a cell a column, which a screen reader names with each figure below it. */
export const tableHead = (heads: readonly Phrase[]): HTMLElement =>
  element(
    'thead',
    {},
    element('tr', {}, ...heads.map((head) => element('th', { phrase: head, attributes: { scope: 'col' } }))),
  );

export function button(phrase: Phrase, onClick: () => void, made: Made = {}): HTMLButtonElement {
  const attributes = { type: 'button', ...made.attributes };
  const node = element('button', { ...made, phrase, attributes });
  node.addEventListener('click', onClick);
  return node;
}

/** Touches the node only where something has changed: most figures do not, and a screen reader would read it again. */
export function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Making elements. Text only ever becomes `textContent`, never markup: what people type in the chat stays text.
 * Elements with phrases are marked, so that the language can change without building the page anew.
 */
import type { Phrase, Text, Values } from '../../base/text.ts';
import { languageNow, otherLanguage, setLanguage, tell } from './page-reader.ts';

export interface Made {
  readonly class?: string;
  readonly id?: string;
  readonly text?: string;
  /** Its text in the language of the page: a phrase, or a function that is called again when the language changes. */
  readonly phrase?: Phrase | (() => string);
  /** Its name for a screen reader. */
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
  if (typeof made.phrase === 'function') speak(node, made.phrase);
  else if (made.phrase) say(node, made.phrase);
  if (made.label) label(node, made.label);
  node.append(...children);
  return node;
}

const spoken = new WeakMap<HTMLElement, () => string>();
const labels = new WeakMap<HTMLElement, Text>();

/** Shows what `told` returns, now and whenever the language changes. */
export function speak(node: HTMLElement, told: () => string): void {
  spoken.set(node, told);
  node.dataset.spoken = '';
  setText(node, told());
}

/** Shows the phrase in the page's language, now and whenever that changes. */
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

/** Writes all phrases again, after the language has changed. */
function sayAll(): void {
  for (const node of document.querySelectorAll<HTMLElement>('[data-spoken]'))
    setText(node, spoken.get(node)?.() ?? '');
  for (const node of document.querySelectorAll<HTMLElement>('[data-label]')) {
    const called = labels.get(node);
    if (called) node.setAttribute('aria-label', tell(called));
  }
}

/** A table: its column heads, which a screen reader reads with each figure below them, and its body. */
export const tableOf = (made: Made, heads: readonly (Phrase | HTMLElement)[], body: HTMLElement) =>
  element(
    'table',
    made,
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...heads.map((head) =>
          head instanceof HTMLElement ? head : element('th', { phrase: head, attributes: { scope: 'col' } }),
        ),
      ),
    ),
    body,
  );

export const bodyOf = (rows: readonly HTMLElement[]) => element('tbody', {}, ...rows);

/** The cell that names a row. */
export const rowHead = (made: Made, ...children: readonly (Node | string)[]) =>
  element('th', { ...made, attributes: { scope: 'row' } }, ...children);

/** A table that may be wider than the screen, and can be scrolled by keys as well. */
export const scrolled = (
  { label: called, attributes }: Pick<Made, 'label' | 'attributes'>,
  table: HTMLElement,
) =>
  element(
    'div',
    {
      class: 'scroll',
      ...(called && { label: called }),
      attributes: { tabindex: '0', role: 'region', ...attributes },
    },
    table,
  );

export function button(phrase: Phrase, onClick: () => void, made: Made = {}): HTMLButtonElement {
  const attributes = { type: 'button', ...made.attributes };
  const node = element('button', { ...made, phrase, attributes });
  node.addEventListener('click', onClick);
  return node;
}

/** The button that changes the language; `renew` rebuilds what is no phrase. At first it is the document's language. */
export function languageButton(renew: () => void): HTMLButtonElement {
  setLanguage(document.documentElement.lang === 'ko' ? 'ko' : 'en');
  return button(otherLanguage, () => {
    setLanguage(languageNow() === 'en' ? 'ko' : 'en');
    document.documentElement.lang = languageNow();
    sayAll();
    renew();
  });
}

/** Sets the text only if it has changed: most figures have not, and a screen reader would read them again. */
export function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

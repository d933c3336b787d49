/**
 * As much of a browser as a chat page needs, for `node:vm`: a document with an input and a list, a location, a
 * console, and what the page has loaded. A script that asks for anything else fails as it would in a browser.
 *
 * Not a sandbox: only scripts of this project run in it.
 */
import { createContext, runInContext } from 'node:vm';

/** One element; the page looks it up by its id. */
interface Element {
  value: string;
  textContent: string;
  readonly children: Element[];
  append(child: Element): void;
  addEventListener(type: string, listener: () => void): void;
  click(): void;
}

function createElement(): Element {
  const listeners: (() => void)[] = [];
  const children: Element[] = [];
  return {
    ...{ value: '', textContent: '', children },
    append: (child) => void children.push(child),
    addEventListener: (_type, listener) => void listeners.push(listener),
    click() {
      for (const listener of listeners) listener();
    },
  };
}

export interface Page {
  /** The name of what stopped the script, such as `ReferenceError`, and what it said; null when it ran to its end. */
  readonly stopped: { readonly name: string; readonly message: string } | null;
  /** What stands in the list. */
  lines(): string[];
  /** Types into the input and presses the button. */
  say(text: string): void;
}

/** Opens a page with this script; `loaded` are the globals that it has besides the document. */
export function openPage(script: string, host: string, loaded: Readonly<Record<string, unknown>>): Page {
  const elements = new Map<string, Element>();
  const getElementById = (id: string) => {
    const element = elements.get(id) ?? createElement();
    elements.set(id, element);
    return element;
  };
  const window = createContext({
    document: { getElementById, createElement },
    location: { host },
    ...loaded,
  });
  return {
    stopped: stoppedBy(() => runInContext(script, window)),
    lines: () => getElementById('list').children.map(({ textContent }) => textContent),
    say(text) {
      getElementById('input').value = text;
      getElementById('send').click();
    },
  };
}

/** An error of another context is no instance of this one's `Error`: its name tells. */
function stoppedBy(run: () => void): Page['stopped'] {
  try {
    run();
    return null;
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  }
}

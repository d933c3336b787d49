/**
 * As much of a browser as a chat page needs, for `node:vm`: a document with the page's elements, a location, timers,
 * and the page's libraries. A script that uses anything else fails, as it would in a browser that lacks it.
 *
 * `node:vm` is no sandbox: other people's code runs in a process of its own (`page-host.ts`), never in this one.
 */
import { createContext, runInContext } from 'node:vm';
import { type HtmlPage, readPage } from './html-page.ts';

type Listener = ((event: unknown) => void) | { handleEvent(event: unknown): void };

/** What stopped a script: the name of the error, its message, and its line in the page. */
export interface Stopped {
  readonly name: string;
  readonly message: string;
  /** From 1; null where it is not known. */
  readonly line: number | null;
}

export interface Page {
  /** The first uncaught error, at once or later in a listener; null while there is none. */
  stopped(): Stopped | null;
  /** Reports an error of the page that was thrown elsewhere: in a listener of one of its libraries. */
  failed(error: unknown): void;
  /** The items in the list. */
  lines(): string[];
  /** Types into the input and presses the button. */
  say(text: string): void;
}

const pageName = 'page.html';

/** An error of another context is not an instance of this one's `Error`, so its name identifies it. */
function described(error: unknown): Stopped {
  const { name = 'Error', message = String(error), stack = '' } = Object(error) as Partial<Error>;
  const [, line] = new RegExp(`${pageName}:(\\d+)`).exec(String(stack)) ?? [];
  return { name: String(name), message: String(message), line: line === undefined ? null : Number(line) };
}

/** Listeners by event, with the `on…` properties: of elements, of the document and of the window. */
function createTarget(onError: (error: unknown) => void) {
  const listeners = new Map<string, Set<Listener>>();
  const call = (listener: Listener, event: unknown) => {
    try {
      if (typeof listener === 'function') listener(event);
      else listener.handleEvent(event);
    } catch (error) {
      onError(error);
    }
  };
  return {
    addEventListener(type: string, listener: Listener) {
      listeners.set(type, (listeners.get(type) ?? new Set()).add(listener));
    },
    removeEventListener: (type: string, listener: Listener) => void listeners.get(type)?.delete(listener),
    dispatch(this: object, type: string) {
      const event = { type, target: this, currentTarget: this, preventDefault() {}, stopPropagation() {} };
      const property: unknown = Reflect.get(this, `on${type}`);
      if (typeof property === 'function') call(property as Listener, event);
      for (const listener of [...(listeners.get(type) ?? [])]) call(listener, event);
    },
  };
}

/** One element; the page finds it by its id. */
function createElement(onError: (error: unknown) => void) {
  const children: unknown[] = [];
  let text = '';
  const { dispatch, ...target } = createTarget(onError);
  const content = () => text + children.map(textOf).join('');
  const setText = (value: unknown) => {
    children.length = 0;
    text = String(value);
  };
  return {
    ...target,
    value: '',
    className: '',
    style: {},
    children,
    dispatch,
    get textContent() {
      return content();
    },
    set textContent(value: unknown) {
      setText(value);
    },
    get innerText() {
      return content();
    },
    set innerText(value: unknown) {
      setText(value);
    },
    get innerHTML() {
      return content() === text ? text : children.map((child) => `<li>${textOf(child)}</li>`).join('');
    },
    set innerHTML(value: unknown) {
      setText('');
      children.push(...itemsOf(value));
    },
    insertAdjacentHTML: (_where: string, value: unknown) => void children.push(...itemsOf(value)),
    append: (...added: unknown[]) => void children.push(...added),
    prepend: (...added: unknown[]) => void children.unshift(...added),
    appendChild<Child>(child: Child): Child {
      children.push(child);
      return child;
    },
    setAttribute() {},
    focus() {},
    scrollIntoView() {},
    click() {
      dispatch.call(this, 'click');
    },
  };
}

type Element = ReturnType<typeof createElement>;

/** The items of a list in markup; no other markup is read. */
const itemsOf = (markup: unknown) =>
  [...String(markup).matchAll(/<li[^>]*>([\s\S]*?)(?=<\/?li|$)/gi)].map(([, item = '']) => ({
    textContent: item.trim(),
  }));

const textOf = (node: unknown): string =>
  typeof node === 'object' && node !== null ? String(Reflect.get(node, 'textContent')) : String(node);

/** The document finds elements only as far as the page has been read. */
function createDocument(onError: (error: unknown) => void) {
  const elements = new Map<string, Element>();
  const body = createElement(onError);
  const target = createTarget(onError);
  const getElementById = (id: string) => elements.get(String(id)) ?? null;
  return {
    read(ids: readonly string[]) {
      for (const id of ids) if (!elements.has(id)) elements.set(id, createElement(onError));
    },
    elements,
    target,
    seen: {
      ...target,
      body,
      getElementById,
      querySelector: (selector: string) => getElementById(/^#([\w-]+)$/.exec(selector)?.[1] ?? ''),
      createElement: () => createElement(onError),
      createTextNode: (value: unknown) => ({ textContent: String(value) }),
    },
  };
}

/**
 * Opens a page, given as HTML text or as what was read of it.
 *
 * @param loaded the globals that it has besides the document, location and timers.
 */
export function openPage(
  html: string | HtmlPage,
  host: string,
  loaded: Readonly<Record<string, unknown>>,
): Page {
  const page = typeof html === 'string' ? readPage(html) : html;
  let stopped: Stopped | null = null;
  const onError = (error: unknown) => {
    stopped ??= described(error);
  };
  const document = createDocument(onError);
  const windowTarget = createTarget(onError);
  const window: Record<string, unknown> = createContext({
    ...windowTarget,
    document: document.seen,
    location: { host, href: `http://${host}/`, origin: `http://${host}`, protocol: 'http:', ...named(host) },
    ...timers(onError),
    ...loaded,
  });
  for (const name of ['window', 'self']) window[name] = window;
  for (const { code, line, isModule, ids } of page.scripts) {
    document.read(ids);
    try {
      const strict = isModule ? `'use strict';${code}` : code;
      runInContext(strict, window, { filename: pageName, lineOffset: line });
    } catch (error) {
      onError(error);
    }
  }
  document.read(page.ids);
  document.target.dispatch.call(document.seen, 'DOMContentLoaded');
  windowTarget.dispatch.call(window, 'load');
  const element = (id: string) => document.elements.get(id);
  return {
    stopped: () => stopped,
    failed: onError,
    lines: () => element('list')?.children.map(textOf) ?? [],
    say(text) {
      const input = element('input');
      if (input) input.value = text;
      element('send')?.click();
    },
  };
}

const named = (host: string) => ({ hostname: host.replace(/:\d+$/, ''), port: host.split(':').at(-1) });

/** Node's timers; what their callbacks throw is reported to the page. */
function timers(onError: (error: unknown) => void) {
  const caught =
    (run: (...values: unknown[]) => void) =>
    (...values: unknown[]) => {
      try {
        run(...values);
      } catch (error) {
        onError(error);
      }
    };
  type Run = (...values: unknown[]) => void;
  return {
    setTimeout: (run: Run, ms?: number, ...values: unknown[]) =>
      Number(setTimeout(caught(run), ms, ...values).unref()),
    clearTimeout: (timer: number) => clearTimeout(timer),
    setInterval: (run: Run, ms?: number, ...values: unknown[]) =>
      Number(setInterval(caught(run), ms, ...values).unref()),
    clearInterval: (timer: number) => clearInterval(timer),
    console: { log() {}, info() {}, warn() {}, error() {}, debug() {} },
    alert() {},
  };
}

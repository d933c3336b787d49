/**
 * What the browser stand-in needs of a page: its inline scripts, with the line on which each begins and the ids of the
 * elements before it. It is not an HTML parser: attributes such as `onclick`, styles and nesting are left out.
 */

export interface PageScript {
  readonly code: string;
  /** The line of the page, from 0, on which the code begins. */
  readonly line: number;
  /** A module, which runs after the whole page has been read, and in strict mode. */
  readonly isModule: boolean;
  /** Ids of the elements before it in the page. */
  readonly ids: readonly string[];
}

export interface HtmlPage {
  readonly scripts: readonly PageScript[];
  /** Addresses of scripts that the page would load from elsewhere. */
  readonly loads: readonly string[];
  readonly ids: readonly string[];
}

const scripts = /<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi;
const comments = /<!--[\s\S]*?-->/g;
const types = ['', 'module', 'text/javascript', 'application/javascript'];

const attribute = (text: string, name: string): string | undefined => {
  const [, double, single, bare] =
    new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(text) ?? [];
  return double ?? single ?? bare;
};

/** Keeps length and line ends, so that positions in the text stay the same. */
const blanked = (text: string): string => text.replace(/[^\n]/g, ' ');

const idsIn = (markup: string): string[] =>
  [...markup.matchAll(/<[a-z][^>]*>/gi)].flatMap(([tag]) => attribute(tag, 'id') ?? []);

export function readPage(html: string): HtmlPage {
  const page = html.replace(comments, blanked);
  const markup = page.replace(scripts, blanked);
  const ids = idsIn(markup);
  const found = [...page.matchAll(scripts)].map(({ index, 0: all, 1: attributes = '', 2: code = '' }) => {
    const type = attribute(attributes, 'type')?.trim().toLowerCase() ?? '';
    const codeAt = index + all.indexOf('>') + 1;
    return {
      code,
      type,
      src: attribute(attributes, 'src'),
      line: page.slice(0, codeAt).split('\n').length - 1,
      isModule: type === 'module',
      ids: type === 'module' ? ids : idsIn(markup.slice(0, index)),
    };
  });
  const known = found.filter(({ type }) => types.includes(type));
  return {
    ids,
    loads: known.flatMap(({ src }) => src ?? []),
    scripts: known
      .filter(({ src, code }) => src === undefined && code.trim() !== '')
      // Modules wait until the page has been read.
      .toSorted((a, b) => Number(a.isModule) - Number(b.isModule))
      .map(({ code, line, isModule, ids }) => ({ code, line, isModule, ids })),
  };
}

/** The elements through which the page is used: input, button, list. */
export const neededIds = ['input', 'send', 'list'] as const;

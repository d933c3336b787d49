/**
 * The links of a Markdown page that leaves the repository. What goes with it is linked as before; what stays behind is
 * linked where the project lives, and as long as that is nowhere its words stand without a link.
 */
import { posix } from 'node:path';
import type { Address } from './address.ts';

export interface Leaving {
  /** The page itself, from the root of the package: `docs/ci.md`. */
  readonly page: string;
  /** Whether a file or a folder (`docs/lessons/`) is packed. */
  readonly isPacked: (path: string) => boolean;
  readonly address: Address | null;
}

/** Code is passed over: in it, brackets are only brackets. */
const codeOrLink = /^```[\s\S]*?^```|`[^`\n]+`|!?\[([^[\]]*)\]\(([^)\s]+)\)/gm;

export function relinked(markdown: string, { page, isPacked, address }: Leaving): string {
  const links = markdown.replace(codeOrLink, (whole: string, words?: string, target?: string) => {
    if (words === undefined || target === undefined || /^([a-z]+:|#)/.test(target)) return whole;
    const [file = '', anchor] = target.split('#');
    const path = posix.join(posix.dirname(page), file);
    if (isPacked(path)) return whole;
    const there = address && `${address.page(path)}${anchor === undefined ? '' : `#${anchor}`}`;
    return there ? whole.replace(`](${target})`, `](${there})`) : words;
  });
  return address ? links.replaceAll('OWNER/rtcompare', address.slug) : links;
}

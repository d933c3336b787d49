/**
 * The links of a Markdown page that is packed. Links to files that are packed as well stay; other files are linked at
 * the project's address, and while there is none only the text of the link stays.
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

/** Matches code, too, so that brackets in it are not taken for links. */
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

/**
 * A page around what is HTML already: one file without a script, which opens offline, prints, and asks nobody for
 * anything. Its policy forbids what it does not need.
 */
import type { Language } from '../../base/text.ts';
import type { Block } from '../table.ts';
import { htmlBlock } from './blocks.ts';
import { element, escaped, textElement } from './element.ts';
import { style } from './style.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function page(title: string, language: Language, ...body: readonly string[]): string {
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    textElement('title', {}, title),
    element('style', {}, style),
  ];
  const main = element('main', {}, ...body);
  return `<!doctype html>\n<html lang="${language}">\n<head>\n${head.join('\n')}\n</head>\n<body>\n${main}\n</body>\n</html>\n`;
}

export const blocksPage = (title: string, language: Language, blocks: readonly Block[]): string =>
  page(title, language, ...blocks.map(htmlBlock));

/**
 * A page around content that is already HTML: one file without a script, which opens offline, prints, and loads nothing
 * from any server. Its Content-Security-Policy forbids everything it does not need.
 */
import type { Language } from '../../../base/text.ts';
import type { Block } from '../../blocks/block.ts';
import { htmlBlock, titleOf } from './block-markup.ts';
import { type Chapter, chaptersOf, contents, written } from './chapters.ts';
import { element, escaped, textElement } from './markup.ts';
import { style } from './page-style.ts';
import { fills } from './palette.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** @param looks the one style sheet. */
export function sheetOf(title: string, language: Language, looks: string, body: readonly string[]): string {
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    textElement('title', {}, title),
    element('style', {}, looks),
  ];
  const main = element('main', {}, ...body);
  return `<!doctype html>\n<html lang="${language}">\n<head>\n${head.join('\n')}\n</head>\n<body>\n${main}\n</body>\n</html>\n`;
}

/** A page with fewer chapters needs no table of contents. */
const fewest = 3;

export const page = (
  title: string,
  language: Language,
  lead: readonly string[],
  chapters: readonly Chapter[],
): string =>
  sheetOf(title, language, style, [
    fills(),
    element('header', {}, ...lead),
    chapters.length < fewest ? '' : contents(chapters, { language }),
    ...written(chapters, { language }),
  ]);

/** What comes before the first title stands above the contents. */
export function blocksPage(title: string, language: Language, blocks: readonly Block[]): string {
  const titled = blocks.findIndex((block) => titleOf(block) !== null);
  const lead = titled < 0 ? blocks : blocks.slice(0, titled);
  return page(title, language, lead.map(htmlBlock), chaptersOf(blocks.slice(lead.length)));
}

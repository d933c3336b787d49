/** The parts of a page: chapters under headings, each with its sections, and a table of contents that links to them. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Block } from '../../blocks/block.ts';
import { htmlBlock, titleOf } from './block-markup.ts';
import { element, textElement } from './markup.ts';

export interface Section {
  /** Null if the title of the chapter is enough. */
  readonly title: string | null;
  /** Its name in the contents; null leaves it out there. Without it the title is used. */
  readonly short?: string | null;
  readonly html: string;
}

export interface Chapter {
  readonly title: string;
  readonly sections: readonly Section[];
}

/** A section for each titled block; a block without a title belongs to the section before it. */
export function sectionsOf(blocks: readonly Block[]): Section[] {
  const sections: { title: string | null; html: string }[] = [];
  for (const block of blocks) {
    const title = titleOf(block);
    const last = sections.at(-1);
    if (title === null && last) last.html += `\n${htmlBlock(block)}`;
    else sections.push({ title, html: htmlBlock(block) });
  }
  return sections;
}

/** One chapter under a title; a single section gets no title of its own. */
export function chapter(title: string, sections: readonly Section[]): Chapter[] {
  const [first] = sections;
  if (first === undefined) return [];
  return [{ title, sections: sections.length === 1 ? [{ ...first, title: null }] : sections }];
}

/** Blocks whose titles become chapters. */
export const chaptersOf = (blocks: readonly Block[]): Chapter[] =>
  sectionsOf(blocks).flatMap((section) => chapter(section.title ?? '', [section]));

const words = {
  contents: text('Contents', '목차'),
  back: text('Back to the contents', '목차로 돌아가기'),
};

const chapterId = (index: number) => `part-${index + 1}`;
const sectionId = (index: number, nth: number) => `${chapterId(index)}-${nth + 1}`;
const link = (id: string, title: string) => textElement('a', { href: `#${id}` }, title);

export function contents(chapters: readonly Chapter[], reader: Reader): string {
  const entries = chapters.map(({ title, sections }, index) => {
    const below = sections.flatMap((section, nth) => {
      const name =
        section.title === null ? null : section.short === undefined ? section.title : section.short;
      return name === null ? [] : element('li', {}, link(sectionId(index, nth), name));
    });
    return element(
      'li',
      {},
      link(chapterId(index), title),
      below.length > 0 ? element('ul', {}, ...below) : '',
    );
  });
  return element(
    'nav',
    { id: 'contents', 'aria-labelledby': 'contents-title' },
    textElement('h2', { id: 'contents-title' }, say(reader, words.contents)),
    element('ol', {}, ...entries),
  );
}

/** Each chapter ends with a link to the contents. */
export const written = (chapters: readonly Chapter[], reader: Reader): string[] =>
  chapters.map(({ title, sections }, index) =>
    element(
      'section',
      { id: chapterId(index) },
      element(
        'div',
        { class: 'chapter' },
        textElement('h2', {}, title),
        textElement('a', { class: 'back', href: '#contents', 'aria-label': say(reader, words.back) }, '↑'),
      ),
      ...sections.map((section, nth) =>
        section.title === null
          ? section.html
          : element(
              'section',
              { id: sectionId(index, nth) },
              textElement('h3', {}, section.title),
              section.html,
            ),
      ),
    ),
  );

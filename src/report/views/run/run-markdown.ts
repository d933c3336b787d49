/** A run as GitHub Markdown, for a job summary or a pull request. */
import { readerOfFiles, say, text } from '../../../base/text.ts';
import type { Block } from '../../blocks/block.ts';
import { folded, markdownBlocks } from '../../skins/markdown.ts';
import { headlines, headlinesTitle } from './headlines.ts';
import { parts } from './outline.ts';
import type { RunSkin } from './run-skin.ts';

const phrases = {
  nothing: text('none: every law that applies holds', '없음: 적용되는 법칙이 모두 맞음'),
  rest: text('Whose bytes, the documents’ tables, the laws, notes', '계층별 바이트, 문서의 표, 법칙, 참고'),
};

/** Findings first: it is read in a job summary or a pull request, by a reader who came for something else. */
export const renderMarkdown = ((report, { language }) => {
  const reader = readerOfFiles(language);
  const of = parts(report, reader, true);
  const found = headlines(report, reader);
  const first: Block[] = [
    ...of.caption,
    ...of.verdict.map((block) => ({ ...block, strong: true })),
    {
      kind: 'list',
      title: say(reader, headlinesTitle),
      items: found.length > 0 ? found : [say(reader, phrases.nothing)],
    },
    ...[...of.thresholds, ...of.said, ...of.measured],
  ];
  const rest = [
    ...[...of.farSide, ...of.browser, ...of.layers, ...of.documents, ...of.prose],
    ...[...of.predictions, ...of.notes],
  ];
  return `${markdownBlocks(first)}\n${folded(say(reader, phrases.rest), rest)}`;
}) satisfies RunSkin;

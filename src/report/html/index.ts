/**
 * The skin of a page: conditions, verdict and what it comes to; then, as chapters, the documents' tables, the
 * comparison, pictures, and the same blocks as everywhere.
 */
import { text } from '../../base/text.ts';
import type { Report } from '../../document/report.ts';
import { typicalTrials } from '../../questions/claims/evidence.ts';
import { type Group, groupsOf } from '../groups.ts';
import { parts } from '../outline.ts';
import type { Skin, SkinOptions } from '../skin.ts';
import { type Words, wordsOf } from '../words.ts';
import { htmlBlock } from './blocks.ts';
import { bytesFigure, messageBar, setupBar } from './bytes-figure.ts';
import { type Chapter, chapter, chaptersOf, type Section, sectionsOf } from './chapters.ts';
import { element, textElement } from './element.ts';
import { latencyFigure } from './latency-figure.ts';
import { page } from './page.ts';
import { sequenceFigures } from './sequence-figure.ts';

const titles = {
  documents: text('The documents’ tables', '문서의 두 표'),
  measured: text('What was measured', '측정 결과'),
  connecting: text('connecting', '연결'),
  bytes: text('Whose bytes are these?', '어느 계층의 바이트인가'),
};

/** Pictures of one scenario: how long it took, what a message costs, how it travels. */
function figures({ scenario, chosen, references }: Group, words: Words): Section[] {
  const trials = [...chosen, ...references].filter(({ trial }) => trial.verdict !== 'invalid');
  const talking = trials.filter(({ trial }) => trial.messages.down > 0);
  const drawn = [
    latencyFigure(words.say('figure.latency', { scenario }), trials, words),
    talking.length === 0
      ? ''
      : bytesFigure(
          words.say('figure.message', { scenario }),
          talking.map(({ label, trial }) => messageBar(label, trial)),
          words,
        ),
    ...sequenceFigures(scenario, typicalTrials(trials.map(({ trial }) => trial)), words),
  ].filter((one) => one !== '');
  return drawn.length > 0 ? [{ title: scenario, html: drawn.join('\n') }] : [];
}

function pictures(report: Report, words: Words): Section[] {
  // A sweep has its own tables and charts; a picture for each of its values would bury them.
  const groups = groupsOf(report).filter(({ axes }) => axes.length === 0);
  const [first] = groups;
  if (!first) return [];
  const setups = [...first.chosen, ...first.references].filter(
    ({ trial }) => trial.verdict !== 'invalid' && trial.setup.bytes > 0,
  );
  const bars = setups.map(({ label, trial }) => setupBar(label, trial));
  return [
    ...groups.flatMap((group) => figures(group, words)),
    ...(bars.length > 0
      ? [{ title: words.tell(titles.connecting), html: bytesFigure(words.say('figure.setup'), bars, words) }]
      : []),
  ];
}

/** `echo: How long …?` is `echo` in the contents. */
const calledByScenario = (section: Section): Section => ({
  ...section,
  short: section.title?.split(':')[0] ?? null,
});

function chaptersOfReport(report: Report, words: Words, of: ReturnType<typeof parts>): Chapter[] {
  return [
    ...chaptersOf([...of.unconnected, ...of.said, ...of.thresholds]),
    ...chapter(words.tell(titles.documents), sectionsOf(of.documents)),
    ...chapter(words.tell(titles.measured), sectionsOf(of.measured).map(calledByScenario)),
    ...chapter(words.say('title.pictures'), pictures(report, words)),
    ...chapter(
      words.tell(titles.bytes),
      sectionsOf(of.layers).map((section) => ({ ...section, short: null })),
    ),
    ...chaptersOf([...of.prose, ...of.predictions, ...of.notes]),
  ];
}

export const renderHtml = ((report, reader) => {
  const words = wordsOf(reader);
  const of = parts(report, words, true);
  const verdict = textElement(
    'span',
    { class: 'verdict' },
    words.say('verdict.line', { verdict: words.say(`verdict.${report.verdict}`) }),
  );
  return page(
    words.say('title.report'),
    reader.language,
    [...of.caption.map(htmlBlock), element('p', {}, verdict)],
    chaptersOfReport(report, words, of),
  );
}) satisfies Skin<SkinOptions>;

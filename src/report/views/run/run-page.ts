/**
 * The skin of a page: conditions, verdict and summary; then, as chapters, the documents' tables, the comparison,
 * pictures, and the same blocks as in every other skin.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';
import { typicalTrials } from '../../../questions/claims/evidence.ts';
import { gathered } from '../../blocks/gathered.ts';
import { htmlBlock } from '../../skins/html/block-markup.ts';
import { bytesFigure, longestOf, messageBar, setupBar } from '../../skins/html/bytes-figure.ts';
import { type Chapter, chapter, chaptersOf, type Section, sectionsOf } from '../../skins/html/chapters.ts';
import { element, textElement } from '../../skins/html/markup.ts';
import { page } from '../../skins/html/page.ts';
import { reportTitle } from './caption.ts';
import { type Group, groupsOf } from './groups.ts';
import { latencyFigure } from './latency-figure.ts';
import { parts, verdictText } from './outline.ts';
import type { RunSkin } from './run-skin.ts';
import { sequenceFigures } from './sequence-figure.ts';

const captions = {
  latency: text('How long it took ({scenario}, logarithmic)', '걸린 시간({scenario}, 로그 축)'),
  message: text(
    'Whose bytes does a message cost? ({scenario}, after set-up, both ways, per message delivered)',
    '메시지 하나의 바이트는 어느 계층의 것인가({scenario}, 연결 뒤 양방향, 전달된 메시지당)',
  ),
  carried: text(
    'Whose bytes does a message cost? ({scenario} over {over}, after set-up, both ways, per message delivered)',
    '메시지 하나의 바이트는 어느 계층의 것인가({over} 위의 {scenario}, 연결 뒤 양방향, 전달된 메시지당)',
  ),
  setup: text(
    'Whose bytes does connecting cost? (one client)',
    '연결의 바이트는 어느 계층의 것인가(클라이언트 하나)',
  ),
};

const titles = {
  pictures: text('In pictures', '그림'),
  documents: text('The documents’ tables', '문서의 두 표'),
  measured: text('What was measured', '측정 결과'),
  connecting: text('connecting', '연결'),
  bytes: text('Whose bytes are these?', '어느 계층의 바이트인가'),
};

/** Pictures of one scenario: how long it took, what a message costs, how it travels. */
function figures({ scenario, chosen, references }: Group, reader: Reader): Section[] {
  const trials = [...chosen, ...references].filter(({ trial }) => trial.verdict !== 'invalid');
  const talking = trials.filter(({ trial }) => trial.messages.down > 0);
  const drawn = [
    latencyFigure(say(reader, captions.latency, { scenario }), trials, reader),
    talking.length === 0
      ? ''
      : bytesFigure(
          say(reader, captions.message, { scenario }),
          talking.map(({ label, trial }) => messageBar(label, trial)),
          reader,
        ),
    ...sequenceFigures(scenario, typicalTrials(trials.map(({ trial }) => trial)), reader),
  ].filter((one) => one !== '');
  return drawn.length > 0 ? [{ title: scenario, html: drawn.join('\n') }] : [];
}

/** Whose bytes a message costs over each protocol, one figure below the other, all on one scale. */
function carried(groups: readonly Group[], reader: Reader): Section[] {
  const swept = groups.filter(({ axes }) => axes.length > 0 && axes.every(({ ofNames }) => ofNames));
  return gathered(swept, ({ scenario }) => scenario).map((same) => {
    const drawn = same.flatMap(({ scenario, axes, chosen, references }) => {
      const trials = [...chosen, ...references].filter(
        ({ trial }) => trial.verdict !== 'invalid' && trial.messages.down > 0,
      );
      const [any] = trials;
      if (!any) return [];
      const over = axes.map(({ value, text }) => text(value(any.trial))).join(', ');
      const caption = say(reader, captions.carried, { scenario, over });
      return [{ caption, bars: trials.map(({ label, trial }) => messageBar(label, trial)) }];
    });
    const longest = longestOf(drawn.flatMap(({ bars }) => bars));
    const html = drawn.map(({ caption, bars }) => bytesFigure(caption, bars, reader, longest)).join('\n');
    return { title: same[0].scenario, html };
  });
}

function pictures(report: Report, reader: Reader): Section[] {
  const all = groupsOf(report);
  // A sweep has its own tables and charts; a picture for each of its values would bury them.
  const groups = all.filter(({ axes }) => axes.length === 0);
  const [first] = groups;
  if (!first) return carried(all, reader);
  const setups = [...first.chosen, ...first.references].filter(
    ({ trial }) => trial.verdict !== 'invalid' && trial.setup.bytes > 0,
  );
  const bars = setups.map(({ label, trial }) => setupBar(label, trial));
  return [
    ...groups.flatMap((group) => figures(group, reader)),
    ...(bars.length > 0
      ? [
          {
            title: say(reader, titles.connecting),
            html: bytesFigure(say(reader, captions.setup), bars, reader),
          },
        ]
      : []),
  ];
}

/** The section `echo: How long …?` is called `echo` in the contents; only the first such section is listed. */
function calledByScenario(sections: readonly Section[]): Section[] {
  const called = new Set<string>();
  return sections.map((section) => {
    const short = section.title?.split(':')[0] ?? null;
    const isNew = short !== null && !called.has(short);
    if (short !== null) called.add(short);
    return { ...section, short: isNew ? short : null };
  });
}

function chaptersOfReport(report: Report, reader: Reader, of: ReturnType<typeof parts>): Chapter[] {
  return [
    ...chaptersOf([...of.unconnected, ...of.said, ...of.thresholds]),
    ...chapter(say(reader, titles.documents), sectionsOf(of.documents)),
    ...chapter(say(reader, titles.measured), calledByScenario(sectionsOf(of.measured))),
    ...chapter(say(reader, titles.pictures), pictures(report, reader)),
    ...chapter(
      say(reader, titles.bytes),
      sectionsOf(of.layers).map((section) => ({ ...section, short: null })),
    ),
    ...chaptersOf([...of.farSide, ...of.browser, ...of.prose, ...of.predictions, ...of.notes]),
  ];
}

export const renderHtml = ((report, reader) => {
  const of = parts(report, reader, true);
  const verdict = textElement('span', { class: 'verdict' }, verdictText(report, reader));
  return page(
    say(reader, reportTitle),
    reader.language,
    [...of.caption.map(htmlBlock), element('p', {}, verdict)],
    chaptersOfReport(report, reader, of),
  );
}) satisfies RunSkin;

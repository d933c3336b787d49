/**
 * The skin of a page: what it comes to, then pictures, then the same blocks as everywhere.
 */
import { typicalTrials } from '../../claims/evidence.ts';
import type { Report } from '../../metrics/report.ts';
import { type Group, groupsOf } from '../groups.ts';
import { parts } from '../outline.ts';
import type { Skin, SkinOptions } from '../skin.ts';
import type { Block } from '../table.ts';
import type { Words } from '../words.ts';
import { wordsOf } from '../words.ts';
import { htmlBlock } from './blocks.ts';
import { bytesFigure, messageBar, setupBar } from './bytes-figure.ts';
import { element, textElement } from './element.ts';
import { latencyFigure } from './latency-figure.ts';
import { page } from './page.ts';
import { sequenceFigures } from './sequence-figure.ts';

/** Where a law says one value that is no time, as on loopback, there is nothing to draw over the samples. */
const legendOf = (lanes: string, words: Words): string =>
  textElement(
    'p',
    { class: 'note' },
    words.say(lanes.includes('class="law"') ? 'figure.latencyLegend' : 'figure.samplesLegend'),
  );

/** Pictures of one scenario: how long it took, what a message costs, what connecting costs. */
function figures({ scenario, chosen, references }: Group, words: Words): string[] {
  const trials = [...chosen, ...references].filter(({ trial }) => trial.verdict !== 'invalid');
  const lanes = latencyFigure(words.say('figure.latency', { scenario }), trials);
  const talking = trials.filter(({ trial }) => trial.messages.down > 0);
  return [
    ...(lanes === '' ? [] : [lanes, legendOf(lanes, words)]),
    ...(talking.length > 0
      ? [
          bytesFigure(
            words.say('figure.message', { scenario }),
            talking.map(({ label, trial }) => messageBar(label, trial)),
            words,
          ),
        ]
      : []),
    ...sequenceFigures(
      words.say('figure.sequences', { scenario }),
      typicalTrials(trials.map(({ trial }) => trial)),
      words,
    ),
  ];
}

function pictures(report: Report, words: Words): string[] {
  // A sweep has its own tables and charts; a picture for each of its values would bury them.
  const groups = groupsOf(report).filter(({ axes }) => axes.length === 0);
  const [first] = groups;
  if (!first) return [];
  const setups = [...first.chosen, ...first.references].filter(
    ({ trial }) => trial.verdict !== 'invalid' && trial.setup.bytes > 0,
  );
  return [
    textElement('h2', {}, words.say('title.pictures')),
    ...groups.flatMap((group) => figures(group, words)),
    ...(setups.length > 0
      ? [
          bytesFigure(
            words.say('figure.setup'),
            setups.map(({ label, trial }) => setupBar(label, trial)),
            words,
          ),
        ]
      : []),
  ];
}

export const renderHtml = ((report, { language }) => {
  const words = wordsOf(language);
  const of = parts(report, words, true);
  const html = (blocks: readonly Block[]) => blocks.map(htmlBlock);
  const verdict = element(
    'p',
    {},
    textElement(
      'span',
      { class: 'verdict' },
      words.say('verdict.line', { verdict: words.say(`verdict.${report.verdict}`) }),
    ),
  );
  return page(
    words.say('title.report'),
    language,
    ...html(of.caption),
    verdict,
    ...html([...of.thresholds, ...of.said]),
    ...pictures(report, words),
    ...html([...of.measured, ...of.layers, ...of.documents, ...of.prose, ...of.predictions, ...of.notes]),
  );
}) satisfies Skin<SkinOptions>;

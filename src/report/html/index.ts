/**
 * The skin of a page: one file without a script, which opens offline, prints, and asks nobody for anything. Pictures
 * first, then the same blocks as everywhere. Its policy forbids what it does not need.
 */
import type { Report } from '../../metrics/report.ts';
import { type Group, groupsOf } from '../groups.ts';
import { parts } from '../outline.ts';
import type { Skin, SkinOptions } from '../skin.ts';
import type { Block } from '../table.ts';
import type { Words } from '../words.ts';
import { wordsOf } from '../words.ts';
import { htmlBlock } from './blocks.ts';
import { bytesFigure, messageBar, setupBar } from './bytes-figure.ts';
import { element, escaped, textElement } from './element.ts';
import { latencyFigure } from './latency-figure.ts';
import { style } from './style.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Pictures of one scenario: how long it took, what a message costs, what connecting costs. */
function figures({ scenario, chosen, references }: Group, words: Words): string[] {
  const trials = [...chosen, ...references].filter(({ trial }) => trial.verdict !== 'invalid');
  const lanes = latencyFigure(words.say('figure.latency', { scenario }), trials);
  const talking = trials.filter(({ trial }) => trial.messages.down > 0);
  return [
    ...(lanes === '' ? [] : [lanes, textElement('p', { class: 'note' }, words.say('figure.latencyLegend'))]),
    ...(talking.length > 0
      ? [
          bytesFigure(
            words.say('figure.message', { scenario }),
            talking.map(({ label, trial }) => messageBar(label, trial)),
            words,
          ),
        ]
      : []),
  ];
}

function pictures(report: Report, words: Words): string[] {
  // A sweep has its own tables and charts; a picture for each of its values would bury them.
  const groups = groupsOf(report).filter(({ axes }) => axes.length === 0);
  const [first] = groups;
  if (!first) return [];
  const setups = [...first.chosen, ...first.references].filter(({ trial }) => trial.setup.bytes > 0);
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
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    textElement('title', {}, words.say('title.report')),
    element('style', {}, style),
  ];
  const body = element(
    'main',
    {},
    ...html(of.caption),
    verdict,
    ...html([...of.thresholds, ...of.said]),
    ...pictures(report, words),
    ...html([...of.measured, ...of.layers, ...of.documents, ...of.predictions, ...of.notes]),
  );
  return `<!doctype html>\n<html lang="${language}">\n<head>\n${head.join('\n')}\n</head>\n<body>\n${body}\n</body>\n</html>\n`;
}) satisfies Skin<SkinOptions>;

/**
 * `rtcompare explain [WORD]`: a law with its source and a small picture, a word of the glossary, or the name of a
 * metric, a scenario or a transport; without a word, all of them.
 */
import type { Command } from 'commander';
import { unknownWord } from '../base/did-you-mean.ts';
import { asTyped, inEveryLanguage, type Reader, say, text } from '../base/text.ts';
import type { InspectionMetric } from '../gate/inspection-thresholds.ts';
import type { Law } from '../laws/law.ts';
import type { Entry } from '../questions/glossary.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { readerOf } from './options/language.ts';
import { asciiOption, langOption } from './options/values.ts';

const about = {
  purpose: purposes.explain,
  examples: [
    ['rtcompare explain', text('every law and every word, a line each', '모든 법칙과 낱말, 한 줄씩')],
    [
      'rtcompare explain POLL1',
      text('how old a polled event is, and why', '폴링으로 받은 이벤트는 얼마나 늦는지, 왜 그런지'),
    ],
    ['rtcompare explain p95'],
    ['rtcompare explain keep-alive'],
  ],
} satisfies AboutCommand;

interface Options {
  lang?: string;
  ascii?: boolean;
}

export const explainCommand = ({ done }: Context): Command =>
  command(
    'explain',
    about,
    [langOption(), asciiOption()],
    argument(
      '[word...]',
      text(
        'such as POLL1, p95 or keep-alive; everything when left out',
        'POLL1, p95, keep-alive 등. 생략하면 전부',
      ),
    ),
  ).action(async (words: string[], options: Options) => {
    const reader = readerOf(options.lang);
    const word = words.join(' ');
    process.stdout.write(word === '' ? await everything(reader) : await explain(word, reader, options));
    done(0);
  });

const width = 78;

const phrases = {
  laws: text('Laws', '법칙'),
  words: text('Words', '낱말'),
  exact: text('exact: held without tolerance', '정확한 법칙: 허용 오차 없이 비교합니다'),
  statistical: text(
    'a mean, a share or a limit: held within what chance allows',
    '평균, 비율 또는 한계: 우연이 허용하는 범위 안에서 비교합니다',
  ),
  source: text('Source: {source}', '출처: {source}'),
  see: text('See also: {names}', '함께 보기: {names}'),
  also: text('also: {names}', '다른 이름: {names}'),
  metric: text(
    'A metric of the report, in {unit}. Under `thresholds` of rtcompare.config.json it may stand as in "ws {where}{name} <= 1.2 x tcp".',
    '보고서의 지표이며 단위는 {unit}입니다. rtcompare.config.json의 `thresholds`에 "ws {where}{name} <= 1.2 x tcp"처럼 쓸 수 있습니다.',
  ),
  inspectionMetric: text(
    'A metric of an inspection, in {unit}. `inspect` and `check --inspection` hold it to a limit: --threshold "{name} <= {limit}".',
    '검사의 지표이며 단위는 {unit}입니다. `inspect`와 `check --inspection`에서 한계를 정할 수 있습니다: --threshold "{name} <= {limit}".',
  ),
  scenario: text(
    'A scenario; it asks: {question} Measure it with `rtcompare run --scenario {name}`.',
    '시나리오입니다. 알아보는 것: {question} 측정하는 명령: `rtcompare run --scenario {name}`.',
  ),
  transport: text(
    'A transport. Measure it with `rtcompare run --transport {name}`, and see its bytes with `rtcompare wire {name}`.',
    '전송 방식입니다. 측정하는 명령: `rtcompare run --transport {name}`. 바이트를 보는 명령: `rtcompare wire {name}`.',
  ),
  unknown: text('nothing is known of "{word}"', '"{word}"에 대한 설명은 없습니다'),
};

async function everything(reader: Reader): Promise<string> {
  const { glossary } = await import('../questions/glossary.ts');
  const { laws } = await import('../laws/index.ts');
  const { displayWidth, wrap } = await import('../report/skins/wrap.ts');
  const line = (name: string, meaning: string) => {
    const [first = '', ...others] = wrap(meaning, width - 22);
    const gap = ' '.repeat(Math.max(1, 20 - displayWidth(name)));
    return [`  ${name}${gap}${first}`, ...others.map((more) => `${' '.repeat(22)}${more}`)].join('\n');
  };
  return `${[
    say(reader, phrases.words),
    ...glossary.map(({ word, meaning }) => line(word, firstSentence(meaning[reader.language]))),
    '',
    say(reader, phrases.laws),
    ...laws.map(({ id, title }) => line(id, title[reader.language])),
  ].join('\n')}\n`;
}

/** A sentence ends with a full stop before a space, unless that stop is inside brackets (an abbreviation). */
const firstSentence = (paragraph: string): string =>
  /^.*?[.](?= |$)(?![^(]*\))/s.exec(paragraph)?.[0] ?? paragraph;

/** Explains what has this name: a law, a word, a metric, a scenario or a transport. */
async function explain(word: string, reader: Reader, { ascii }: Options): Promise<string> {
  const { entryOf, glossary } = await import('../questions/glossary.ts');
  const { lawById, laws } = await import('../laws/index.ts');
  const law = lawById(word);
  if (law) return explainLaw(law, reader, ascii === true);
  const entry = entryOf(word);
  if (entry) return explainEntry(entry, reader);
  const { unitName } = await import('../metrics/metric.ts');
  const { metrics } = await import('../trial/metrics.ts');
  const { inspectionMetrics } = await import('../gate/inspection-thresholds.ts');
  const { scenarios } = await import('../trial/scenarios/index.ts');
  const { transports, transportByName } = await import('../transports/index.ts');
  const wanted = word.toLowerCase();
  const named = ({ name }: { readonly name: string }) => name.toLowerCase() === wanted;
  const [metric, inspected] = [metrics.find(named), inspectionMetrics.find(named)];
  // A threshold applies to the scenario echo unless it names another.
  const owner = scenarios.find(({ metrics: own = [] }) => own.some(named));
  const where = owner ? `${owner.name} ` : '';
  if (metric || inspected)
    return paragraphs((metric ?? inspected)?.name ?? word, [
      ...(metric
        ? [
            metric.meaning[reader.language],
            say(reader, phrases.metric, { where, name: metric.name, unit: unitName(metric.unit) }),
          ]
        : []),
      ...(inspected && inspected.meaning.en !== metric?.meaning.en
        ? [inspected.meaning[reader.language]]
        : []),
      ...(inspected ? [inspectionMetricText(inspected, reader)] : []),
    ]);
  const scenario = scenarios.find(({ name }) => name === wanted);
  if (scenario) {
    const { name, question } = scenario;
    return paragraphs(name, [say(reader, phrases.scenario, { name, question: question[reader.language] })]);
  }
  const transport = transportByName(word);
  if (transport)
    return explainTransport(transport.name, entryOf(transport.name.split(':')[0] ?? transport.name), reader);
  throw unknownWord(phrases.unknown, word, [
    ...glossary.map((one) => ({ name: one.word, aliases: one.also })),
    ...laws.map(({ id }) => id),
    ...[...new Set([...metrics, ...inspectionMetrics].map(({ name }) => name))],
    ...[...scenarios, ...transports].map(({ name }) => ({ name, aliases: [] })),
  ]);
}

async function paragraphs(title: string, sentences: readonly string[]): Promise<string> {
  const { wrap } = await import('../report/skins/wrap.ts');
  return `${[title, ...sentences.flatMap((sentence) => ['', ...wrap(sentence, width)])].join('\n')}\n`;
}

function explainEntry({ word, also, meaning, see }: Entry, reader: Reader): Promise<string> {
  const names = see.map((one) => asTyped(reader, one)).join(', ');
  return paragraphs(word, [
    say(reader, phrases.also, { names: also.join(', ') }),
    meaning[reader.language],
    say(reader, phrases.see, { names }),
  ]);
}

const inspectionMetricText = ({ name, unit }: InspectionMetric, reader: Reader): string =>
  say(reader, phrases.inspectionMetric, { name, unit, limit: unit === 'B' ? '2 kB' : '3' });

/** A variant such as `ws:reconnect` is explained by its family first, then by what it adds. */
function explainTransport(name: string, family: Entry | undefined, reader: Reader): Promise<string> {
  return paragraphs(name, [
    say(reader, phrases.transport, { name }),
    ...(family
      ? [inEveryLanguage(text('{word}: {meaning}', '{word}: {meaning}'), family)[reader.language]]
      : []),
  ]);
}

async function explainLaw(law: Law, reader: Reader, ascii: boolean): Promise<string> {
  const { wrap } = await import('../report/skins/wrap.ts');
  const { plotCurve } = await import('../report/skins/plot.ts');
  const { language } = reader;
  const parameters = law.parameters.map(
    ({ name, unit, meaning }) => `  ${name}${unit ? ` (${unit})` : ''}: ${meaning[language]}`,
  );
  const picture = law.plot
    ? plotCurve({
        curve: law.plot.curve,
        from: law.plot.from,
        to: law.plot.to,
        xLabel: `${law.plot.x.label[language]}${law.plot.x.unit ? `, ${law.plot.x.unit}` : ''}`,
        yLabel: `${law.plot.y.label[language]}${law.plot.y.unit ? `, ${law.plot.y.unit}` : ''}`,
        ascii,
      })
    : [];
  return [
    `${law.id}  ${law.title[language]}`,
    say(reader, law.exact ? phrases.exact : phrases.statistical),
    '',
    ...wrap(law.statement[language], width),
    '',
    ...wrap(law.formula, width - 2).map((line) => `  ${line}`),
    ...parameters.flatMap((line) => wrap(line, width, 4)),
    '',
    ...wrap(say(reader, phrases.source, { source: law.source }), width),
    ...(picture.length > 0 ? ['', ...picture] : []),
    '',
  ].join('\n');
}

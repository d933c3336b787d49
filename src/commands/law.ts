/** `rtcompare law [ID]`: one law explained, with its source and a small picture; without an id, all of them. */
import { Command } from 'commander';
import { unknownWord } from '../did-you-mean.ts';
import type { Law } from '../laws/law.ts';
import type { Context } from './context.ts';
import { languageOf } from './language.ts';
import { option } from './values.ts';

const examples = `
Examples:
  rtcompare law                        every law, a line each
  rtcompare law POLL1                  why a polled event is half an interval old
`;

interface Options {
  lang?: string;
  ascii?: boolean;
}

export const lawCommand = ({ done }: Context): Command =>
  new Command('law')
    .description('explain a law: what it predicts, why, and where it comes from')
    .argument('[id]', 'such as POLL1, LP2 or SIO4; all laws when left out')
    .addOption(option('--lang <language>', 'language').choices(['en', 'ko']))
    .addOption(option('--ascii', 'no box-drawing characters'))
    .addHelpText('before', examples)
    .action(async (id: string | undefined, options: Options) => {
      const { lawById, laws } = await import('../laws/index.ts');
      const language = languageOf(options.lang);
      if (id === undefined) {
        for (const law of laws) process.stdout.write(`${law.id.padEnd(6)} ${law.title[language]}\n`);
        return done(0);
      }
      const law = lawById(id);
      if (!law)
        throw unknownWord(
          'no law',
          id,
          laws.map((one) => one.id),
        );
      process.stdout.write(await explain(law, language, options.ascii === true));
      done(0);
    });

const words = {
  exact: {
    en: 'exact: held without tolerance',
    ko: '정확한 법칙: 허용 오차 없이 비교합니다',
  },
  statistical: {
    en: 'a mean, a share or a limit: held within what chance allows',
    ko: '평균, 비율 또는 한계: 우연이 허용하는 범위 안에서 비교합니다',
  },
  source: { en: 'Source', ko: '출처' },
};

async function explain(law: Law, language: 'en' | 'ko', ascii: boolean): Promise<string> {
  const { wrap } = await import('../report/wrap.ts');
  const { plotCurve } = await import('../report/plot.ts');
  const width = 78;
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
  const kind = law.exact ? words.exact : words.statistical;
  return [
    `${law.id}  ${law.title[language]}`,
    kind[language],
    '',
    ...wrap(law.statement[language], width),
    '',
    ...wrap(law.formula, width - 2).map((line) => `  ${line}`),
    ...parameters.flatMap((line) => wrap(line, width, 4)),
    '',
    ...wrap(`${words.source[language]}: ${law.source}`, width),
    ...(picture.length > 0 ? ['', ...picture] : []),
    '',
  ].join('\n');
}

/** `rtcompare list`: what can be measured. */
import type { Command } from 'commander';
import { say, text } from '../base/text.ts';
import { type AboutCommand, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { readerOf } from './options/language.ts';
import { langOption } from './options/values.ts';

const about = {
  purpose: purposes.list,
  examples: [['rtcompare list']],
} satisfies AboutCommand;

const titles = {
  transports: text('Transports (all of these are "all")', '전송 방식(이 모두가 "all")'),
  variants: text('Variants (by name)', '변형(이름으로 고름)'),
  references: text('References (always measured beside the others)', '기준(늘 함께 잼)'),
  scenarios: text('Scenarios', '시나리오'),
  boxes: text(
    'Middleboxes (for --proxy), emulated; the model of each, and its version',
    '중간 장비(--proxy), 모의. 무엇을 본떴는지와 그 버전',
  ),
  proxies: text(
    'Proxies (for --proxy) that are started, where installed',
    '설치되어 있으면 시작하는 프록시(--proxy)',
  ),
  metrics: text(
    'Metrics (for thresholds in the configuration), with their units',
    '지표(설정의 임계값에 쓰는 이름)와 단위',
  ),
  inspectionMetrics: text(
    'Metrics of an inspection (for --threshold), with their units',
    '검사의 지표(--threshold에 쓰는 이름)와 단위',
  ),
};

const phrases = {
  also: text('also: {names}', '다른 이름: {names}'),
  next: text(
    '`rtcompare explain NAME` says more of each of them.',
    '`rtcompare explain NAME`은 이름마다 더 자세히 설명합니다.',
  ),
};

const width = 80;
const nameColumns = 20;

export const listCommand = ({ done }: Context): Command =>
  command('list', about, [langOption()]).action(async ({ lang }: { lang?: string }) => {
    const { transports } = await import('../transports/index.ts');
    const { scenarios } = await import('../trial/scenarios/index.ts');
    const { unitName } = await import('../metrics/metric.ts');
    const { metrics } = await import('../trial/metrics.ts');
    const { inspectionMetrics } = await import('../gate/inspection-thresholds.ts');
    const { namedBoxes } = await import('../network/middleboxes.ts');
    const { realProxies } = await import('../network/proxies/index.ts');
    const { wrap } = await import('../report/skins/wrap.ts');
    const reader = readerOf(lang);
    const line = (name: string, meaning: string) => {
      const [first = '', ...others] = wrap(meaning, width - nameColumns - 3);
      const indent = ' '.repeat(nameColumns + 3);
      return [`  ${name.padEnd(nameColumns)} ${first}`.trimEnd(), ...others.map((one) => indent + one)];
    };
    const quantity = ({ name, unit }: (typeof inspectionMetrics)[number] | (typeof metrics)[number]) =>
      `  ${name.padEnd(34)} ${unitName(unit)}`;
    type Traits = (typeof transports)[number]['traits'];
    const group = (belongs: (traits: Traits) => boolean) =>
      transports
        .filter(({ traits }) => belongs(traits))
        .flatMap(({ name, aliases }) =>
          line(name, aliases.length > 0 ? say(reader, phrases.also, { names: aliases.join(', ') }) : ''),
        );
    const lines = [
      [say(reader, titles.transports), ...group(({ inAll }) => inAll)],
      [say(reader, titles.variants), ...group(({ inAll, reference }) => !inAll && !reference)],
      [say(reader, titles.references), ...group(({ reference }) => reference)],
      [
        say(reader, titles.scenarios),
        ...scenarios.flatMap(({ name, question }) => line(name, question[reader.language])),
      ],
      [
        say(reader, titles.boxes),
        ...Object.values(namedBoxes).flatMap(({ example, meaning }) =>
          line(example, meaning[reader.language]),
        ),
      ],
      [
        say(reader, titles.proxies),
        ...realProxies.flatMap(({ name, flavours }) => line(name, Object.keys(flavours).join(', '))),
      ],
      [say(reader, titles.metrics), ...metrics.map(quantity)],
      [say(reader, titles.inspectionMetrics), ...inspectionMetrics.map(quantity)],
      wrap(say(reader, phrases.next), width),
    ];
    process.stdout.write(`${lines.map((block) => block.join('\n')).join('\n\n')}\n`);
    done(0);
  });

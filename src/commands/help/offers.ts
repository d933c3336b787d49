/**
 * What a shell can complete: commands, their options, and every name that an option or an argument takes. All of it is
 * read from the commands and the registries, so that none can be forgotten.
 */
import type { Command, Option } from 'commander';
import type { Language } from '../../base/text.ts';
import { aboutOf, descriptionOf } from './about.ts';

export interface Names {
  readonly names: readonly string[];
  /** Whether several may stand there with commas. */
  readonly many: boolean;
}

export interface OptionOffer {
  readonly long: string;
  readonly short: string | undefined;
  readonly meaning: string;
  /** Null for a switch; no names for a number, or for a file, which the shell completes itself. */
  readonly takes: Names | null;
}

export interface CommandOffer {
  readonly name: string;
  readonly purpose: string;
  readonly options: readonly OptionOffer[];
  /** What its argument may be; empty if that is a file, or if there is no argument. */
  readonly argument: readonly string[];
}

const one = (names: readonly string[]): Names => ({ names, many: false });
const named = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);
const many = (names: readonly string[]): Names => ({ names, many: true });

export async function offersOf(commands: readonly Command[], language: Language): Promise<CommandOffer[]> {
  const byOption = await optionNames();
  const byCommand = await argumentNames();
  const takes = (command: string, { long, argChoices, required }: Option): Names | null => {
    if (!required) return null;
    if (argChoices) return one(argChoices);
    return byOption[`${command} ${long}`] ?? byOption[long ?? ''] ?? one([]);
  };
  const offers = commands.map((command) => ({
    name: command.name(),
    purpose: aboutOf(command).purpose[language],
    argument: byCommand[command.name()] ?? command.registeredArguments[0]?.argChoices ?? [],
    options: [
      ...command.options
        .filter(({ hidden, long }) => !hidden && long)
        .map((option) => ({
          long: option.long ?? '',
          short: option.short,
          meaning: descriptionOf(option)[language],
          takes: takes(command.name(), option),
        })),
      { long: '--help', short: '-h', meaning: '', takes: one(['all']) },
    ],
  }));
  const names = commands.map((command) => command.name());
  return [...offers, { name: 'help', purpose: '', options: [], argument: [...names, 'all'] }];
}

/** Keyed by the option, or by the command and the option where commands differ. */
async function optionNames(): Promise<Readonly<Record<string, Names>>> {
  const { transports } = await import('../../transports/index.ts');
  const { scenarios } = await import('../../trial/scenarios/index.ts');
  const { linkKeys, presets } = await import('../../network/link.ts');
  const { boxNames } = await import('../../network/middleboxes.ts');
  const { realProxies } = await import('../../network/proxies/index.ts');
  const { claims } = await import('../../questions/claims/index.ts');
  const { sweepable } = await import('../options/sweep.ts');
  const { formats } = await import('../../report/views/run/run-formats.ts');
  const { checkFormats } = await import('../../report/views/comparison/check-formats.ts');
  const { inspectionFormats } = await import('../../report/views/inspection/inspection-formats.ts');
  const withValue = (name: string) => `${name}=`;
  const { unmeasuredNames } = await import('../../questions/recommendation/way.ts');
  const between = [
    'none',
    ...boxNames,
    ...realProxies.flatMap(({ name, flavours }) => Object.keys(flavours).map((one) => `${name}:${one}`)),
  ];
  return {
    '--transport': many(['all', ...named(transports)]),
    '--scenario': many(named(scenarios)),
    '--link': many([...named(presets), ...linkKeys.map(withValue)]),
    '--proxy': many(between),
    'recommend --proxy': many([...between, ...unmeasuredNames]),
    '--sweep': one(sweepable.map(withValue)),
    '--heartbeat': one(['none']),
    '--id': many(claims.map(({ id }) => id)),
    '--report': many(named(formats)),
    'check --report': many(named(checkFormats)),
    'inspect --report': many(named(inspectionFormats)),
  };
}

async function argumentNames(): Promise<Readonly<Record<string, readonly string[]>>> {
  const { glossary } = await import('../../questions/glossary.ts');
  const { laws } = await import('../../laws/index.ts');
  const { lessons } = await import('../../questions/lessons/index.ts');
  const { metrics } = await import('../../trial/metrics.ts');
  const { inspectionMetrics } = await import('../../gate/inspection-thresholds.ts');
  const { reproductions } = await import('../../questions/reproductions/index.ts');
  const { scenarios } = await import('../../trial/scenarios/index.ts');
  const { serverNames, transports } = await import('../../transports/index.ts');
  const words = glossary.map(({ word }) => word.replaceAll(' ', '-'));
  const ids = laws.map(({ id }) => id);
  return {
    explain: [
      ...new Set([
        ...words,
        ...ids,
        ...named(metrics),
        ...named(inspectionMetrics),
        ...named(scenarios),
        ...named(transports),
      ]),
    ],
    wire: ['all', ...named(transports)],
    lesson: lessons.map(({ id }) => String(id)),
    reproduce: named(reproductions),
    serve: serverNames,
  };
}

/** `rtcompare wire TRANSPORT`: one conversation, recorded as it is held, each byte under its owner. */
import { Command } from 'commander';
import { unknownWord } from '../did-you-mean.ts';
import { UsageError } from '../failure.ts';
import type { Specimen } from '../gate/specimen.ts';
import type { Payload } from '../protocol.ts';
import type { HeaderProfile } from '../transports/headers.ts';
import type { Transport } from '../transports/transport.ts';
import { mayColour } from './colour.ts';
import type { Context } from './context.ts';
import { languageOf } from './language.ts';
import { createProgress } from './progress.ts';
import { option } from './values.ts';

const examples = `
Examples:
  rtcompare wire ws                        every byte of a WebSocket conversation
  rtcompare wire all                       five transports, step by step and side by side
  rtcompare wire socket.io --step          pauses at each field
  rtcompare wire ws --project --lang ko    one field at a time, large, for a projector
  rtcompare wire sse --json
`;

interface Options {
  message?: string;
  binary?: boolean;
  headers: HeaderProfile;
  step?: boolean;
  project?: boolean;
  json?: boolean;
  color?: boolean;
  lang?: string;
  ascii?: boolean;
  quiet?: boolean;
}

export const wireCommand = (context: Context): Command =>
  [
    option('--message <text>', 'what is said; default: hello'),
    option('--binary', 'send it as bytes; without --message, bytes that no text may hold'),
    option('--headers <profile>', 'headers of every request')
      .choices(['minimal', 'node', 'browser'])
      .default('minimal'),
    option('--step', 'pause at each field (Enter goes on, q ends)'),
    option('--project', 'one field at a time, large, in 40 columns'),
    option('--json', 'print the spans as one JSON document'),
    option('--color', 'colours, even into a pipe'),
    option('--no-color', 'no colours'),
    option('--lang <language>', 'language of the explanations').choices(['en', 'ko']),
    option('--ascii', 'no box-drawing characters'),
    option('--quiet', 'no progress'),
  ]
    .reduce(
      (built, added) => built.addOption(added),
      new Command('wire')
        .description('show one conversation byte by byte: whose each byte is, and what it means')
        .argument('<transport>', 'a name of `rtcompare list`, or all')
        .addHelpText('before', examples),
    )
    .action(async (name: string, options: Options) => {
      const chosen = await choose(name);
      const message = messageOf(options, chosen);
      const specimens = await record(chosen, message, options, context);
      await show(specimens, message, options, context);
      context.done(0);
    });

async function choose(name: string): Promise<Transport[]> {
  const { transportByName, transports } = await import('../transports/index.ts');
  if (name.toLowerCase() === 'all') return transports.filter(({ traits }) => traits.inAll);
  const found = transportByName(name);
  if (found) return [found];
  throw unknownWord('wire: unknown transport', name, ['all', ...transports]);
}

/** Zero, line ends, quotes, Engine.IO's separator, and what is no UTF-8: whatever a text format must escape. */
const awkwardBytes = Buffer.from('000a0d221e80feff', 'hex');

function messageOf({ message, binary, step, project, json }: Options, chosen: readonly Transport[]): Payload {
  const ways = [step && '--step', project && '--project', json && '--json'].filter(Boolean);
  if (ways.length > 1) throw new UsageError(`${ways.join(' and ')}: choose one of them`);
  if ((step || project) && chosen.length > 1)
    throw new UsageError(`${ways[0]} shows one conversation: name one transport instead of all`);
  const unable = message === '' && chosen.find(({ traits }) => !traits.emptyMessages);
  if (unable) throw new UsageError(`--message: ${unable.name} cannot send an empty message; write some text`);
  if (binary) return message === undefined ? awkwardBytes : Buffer.from(message);
  return message ?? 'hello';
}

async function record(
  chosen: readonly Transport[],
  message: Payload,
  { headers, quiet }: Options,
  { signal }: Context,
): Promise<Specimen[]> {
  const { recordSpecimen } = await import('../gate/specimen.ts');
  const { headersOf } = await import('../transports/headers.ts');
  const progress = createProgress(process.stderr, quiet === true);
  const specimens: Specimen[] = [];
  try {
    for (const transport of chosen) {
      signal.throwIfAborted();
      progress.show(`recording ${transport.name}`);
      specimens.push(await recordSpecimen(transport, { message, headers: headersOf(headers, 0) }));
    }
  } finally {
    progress.end();
  }
  signal.throwIfAborted();
  return specimens;
}

async function show(
  specimens: readonly Specimen[],
  message: Payload,
  options: Options,
  { signal }: Context,
): Promise<void> {
  const { lookOf } = await import('../report/wire/look.ts');
  const { written } = await import('../anatomy/reading.ts');
  const colour = mayColour(options.color, process.stdout);
  const look = lookOf({ language: languageOf(options.lang), ascii: options.ascii === true, colour });
  const said = written(Buffer.from(message));
  const [only] = specimens;
  if (options.json) {
    const { wireDocument } = await import('../report/wire/document.ts');
    process.stdout.write(`${JSON.stringify(wireDocument(specimens, said, look.words), null, 2)}\n`);
  } else if (specimens.length > 1 || !only) {
    const { comparisonText } = await import('../report/wire/comparison.ts');
    process.stdout.write(comparisonText(specimens, said, look));
  } else {
    const { wirePages } = await import('../report/wire/pages.ts');
    const { wireCards } = await import('../report/wire/cards.ts');
    const { phrases } = await import('../report/wire/phrases.ts');
    const { turnPages } = await import('./page-turner.ts');
    const pages = options.project ? wireCards(only, look) : wirePages(only, said, look);
    const screen = !colour ? 'plain' : options.project ? 'fresh-page' : 'erase-prompt';
    const prompt = look.ink.faint(look.say(phrases.pause));
    if (!options.project && !options.step) process.stdout.write(pages.join(''));
    else await turnPages(pages, { signal, prompt, screen });
  }
}

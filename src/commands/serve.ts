/** `rtcompare serve [NAME]`: the servers under test, kept up, with the lines to try them by hand. */
import { Command } from 'commander';
import { unknownWord } from '../did-you-mean.ts';
import { CannotRun, portRemedies, UsageError } from '../failure.ts';
import { own } from '../own.ts';
import type { RunningBehaviour } from '../servers/behaviours.ts';
import type { Server } from '../servers/server.ts';
import type { Context } from './context.ts';
import { refuseAlone } from './partners.ts';
import { option, parsePositive, parseWhole } from './values.ts';

const examples = `
Examples:
  rtcompare serve                      every server, each on a free port
  rtcompare serve ws --port 8080       one of them, on a port of your choice
  rtcompare serve sse --behaviour ticker --rate 1
`;

interface Options {
  host: string;
  port: number;
  behaviour: string;
  rate: number;
}

export const serveCommand = ({ signal, done }: Context): Command =>
  new Command('serve')
    .description('keep the measured servers up, to try them with curl or a browser')
    .argument('[name]', 'the server; all of them when left out')
    .addOption(option('--host <address>', 'address to listen on').default('127.0.0.1'))
    .addOption(
      option('--port <port>', 'first port; 0 = any free one').argParser(parseWhole(0, 65_535)).default(0),
    )
    .addOption(
      option('--behaviour <name>', 'what they answer').choices(['echo', 'chat', 'ticker']).default('echo'),
    )
    .addOption(option('--rate <n>', 'ticker: messages per second').argParser(parsePositive(1000)).default(1))
    .addHelpText('before', examples)
    .action(async (name: string | undefined, options: Options, command: Command) => {
      const isThere = options.behaviour === 'ticker';
      refuseAlone(command, '--rate', { isThere, remedy: 'add --behaviour ticker' });
      await serve(name, options, signal);
      done(0);
    });

async function serve(name: string | undefined, options: Options, signal: AbortSignal): Promise<void> {
  const { behaviours } = await import('../servers/behaviours.ts');
  const { realClock } = await import('../clock.ts');
  const behaviour = named('behaviour', options.behaviour, behaviours)(realClock);
  const all = await choose(name);
  const first = 65_536 - all.length;
  if (options.port > first)
    throw new UsageError(
      `--port ${options.port}: ${all.length} servers need a port each; use ${first} or less`,
    );
  for (const [index, chosen] of all.entries()) {
    if (signal.aborted) break;
    await present(chosen, behaviour, addressOf(options, index));
  }
  process.stdout.write('\nCtrl-C ends them.\n');
  await tickUntil(signal, options, behaviour.tick);
}

interface Chosen {
  readonly name: string;
  readonly load: () => Promise<Server>;
}

/** The named server, or all. The name of a transport will do as well, aliases included. */
async function choose(name: string | undefined): Promise<Chosen[]> {
  const { servers } = await import('../servers/index.ts');
  const { transportByName } = await import('../transports/index.ts');
  if (name === undefined) return Object.entries(servers).map(([one, load]) => ({ name: one, load }));
  const wanted = transportByName(name)?.server ?? name;
  return [{ name: wanted, load: named('server', wanted, servers) }];
}

/** Throws `UsageError` with the nearest known name. */
function named<Value>(what: string, name: string, registry: Readonly<Record<string, Value>>): Value {
  const found = own(registry, name);
  if (found !== undefined) return found;
  throw unknownWord(`no ${what}`, name, Object.keys(registry));
}

/** Starts a server and prints the lines to try it by hand. */
async function present({ name, load }: Chosen, behaviour: RunningBehaviour, address: Address): Promise<void> {
  const { patient } = await import('../servers/server.ts');
  const { authority } = await import('../transports/transport.ts');
  const server = await load();
  const { host } = address;
  const { port } = await server
    .start(behaviour, { ...patient, ...address, messageBytes })
    .catch((error: NodeJS.ErrnoException) => {
      const why = own<string>(portRemedies(address), error.code ?? '');
      throw new CannotRun(why ?? `${name} cannot listen on ${host}: ${error.message}; choose another --host`);
    });
  process.stdout.write(`${name} on ${host} port ${port}\n`);
  for (const line of server.tryIt(authority({ host, port }))) process.stdout.write(`    ${line}\n`);
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Ports follow one another from the one that was asked for. */
const addressOf = ({ host, port }: Address, index: number): Address => ({
  host,
  port: port === 0 ? 0 : port + index,
});

/** How long a ticker's messages are, and where the server of bare TCP cuts its stream. */
const messageBytes = 16;

/** Waits for the signal; a ticker speaks meanwhile. */
async function tickUntil(signal: AbortSignal, { rate }: Options, tick: RunningBehaviour['tick']) {
  if (signal.aborted) return;
  const stopped = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  const pace = {
    rate,
    arrivals: 'periodic',
    messages: 1,
    durationMs: null,
    size: messageBytes,
    binary: false,
    seed: 1,
  } as const;
  const speak = async () => {
    for (let firstSequence = 0; tick && !signal.aborted; firstSequence++)
      await tick({ ...pace, firstSequence });
  };
  await Promise.race([stopped, ...(tick ? [speak()] : [])]);
}

/** `rtcompare serve [NAME]`: the servers under test, kept up, with the lines to try them by hand. */
import { Command } from 'commander';
import { didYouMean } from '../did-you-mean.ts';
import { CannotRun, UsageError } from '../failure.ts';
import { own } from '../own.ts';
import type { RunningBehaviour } from '../servers/behaviours.ts';
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
      const { servers } = await import('../servers/index.ts');
      const { behaviours } = await import('../servers/behaviours.ts');
      const { realClock } = await import('../clock.ts');
      const { transportByName } = await import('../transports/index.ts');
      const { patient } = await import('../servers/server.ts');
      const { authority } = await import('../transports/transport.ts');
      // The name of a transport will do as well, aliases included.
      const names = name === undefined ? Object.keys(servers) : [transportByName(name)?.server ?? name];
      const behaviour = behaviours[options.behaviour]?.(realClock);
      for (const [index, wanted] of names.entries()) {
        if (signal.aborted) break;
        const load = own(servers, wanted);
        if (!load || !behaviour) {
          const known = Object.keys(servers);
          throw new UsageError(
            `no server "${wanted}"${didYouMean(wanted, known)} Known: ${known.join(', ')}`,
          );
        }
        const server = await load();
        const running = await server
          .start(behaviour, { ...patient, ...address(options, index) })
          .catch((error: Error) => {
            throw new CannotRun(
              `${wanted} cannot listen on ${options.host}: ${error.message}; choose another --port`,
            );
          });
        process.stdout.write(`${wanted} on ${options.host} port ${running.port}\n`);
        const origin = authority({ host: options.host, port: running.port });
        for (const line of server.tryIt(origin)) process.stdout.write(`    ${line}\n`);
      }
      process.stdout.write('\nCtrl-C ends them.\n');
      await tickUntil(signal, options, behaviour?.tick);
      done(0);
    });

/** Ports follow one another from the one that was asked for. */
const address = ({ host, port }: Options, index: number) => ({
  host,
  port: port === 0 ? 0 : port + index,
  messageBytes: 16,
});

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
    size: 16,
    binary: false,
    seed: 1,
  } as const;
  const speak = async () => {
    for (let firstSequence = 0; tick && !signal.aborted; firstSequence++)
      await tick({ ...pace, firstSequence });
  };
  await Promise.race([stopped, ...(tick ? [speak()] : [])]);
}

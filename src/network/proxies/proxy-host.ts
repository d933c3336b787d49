/**
 * The child process that keeps a real proxy. It notices when its parent is gone, also where that was killed, and takes the
 * proxy with it: process group, port and folder. A library of Node runs in here.
 */
import { obeyParent } from '../../base/child/inside.ts';
import { watchResources } from '../../base/resources.ts';
import { realProxyByName } from './index.ts';
import type { OpenLibrary } from './proxy.ts';
import type { ProxyCommand, ProxyListening, ProxyStart } from './proxy-command.ts';
import { ProxyRefused, type StartedProgram, startProgram } from './started-program.ts';

let program: StartedProgram | undefined;
let library: OpenLibrary | undefined;
const watch = watchResources();

process.on('exit', () => program?.endNow());

async function start(options: ProxyStart): Promise<ProxyListening> {
  const { name, flavour, host, upstream } = options;
  const proxy = realProxyByName(name);
  if (!proxy) throw new Error(`no proxy ${name}`);
  if (proxy.kind === 'library') {
    const chosen = proxy.flavours[flavour];
    if (!chosen) throw new Error(`no configuration ${flavour} of ${name}`);
    library = await proxy.open(chosen, host, upstream);
    return { port: library.port, pid: null, folder: null };
  }
  try {
    await startProgram({ ...options, proxy }, (launched) => {
      program = launched;
    });
  } catch (error) {
    if (!(error instanceof ProxyRefused)) throw error;
    return { port: 0, pid: null, folder: null, refused: error.message };
  }
  if (!program) throw new Error(`${name} was not launched`);
  const { port, pid, folder, ended } = program;
  ended.then(endedBefore);
  return { port, pid, folder };
}

let stopping = false;

/** What is measured behind it cannot go on: this process ends with its words. */
function endedBefore(words: string) {
  if (stopping) return;
  process.stderr.write(`${words}\n`, () => process.kill(process.pid, 'SIGTERM'));
}

obeyParent<ProxyCommand>(async (command) => {
  switch (command.type) {
    case 'start':
      return start(command.options);
    case 'mark':
      return watch.reset();
    case 'resources':
      return watch.read();
    case 'reload':
      return program?.reload() ?? null;
    case 'stop':
      stopping = true;
      library?.close();
      return program?.stop();
  }
});

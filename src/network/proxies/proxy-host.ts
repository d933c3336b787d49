/**
 * The child process that runs a real proxy. When its parent is gone, even if that was killed, it ends the proxy too:
 * process group, port and folder. A Node library runs inside this process.
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

/** Without the proxy the measurement cannot go on, so this process ends too, with the proxy's last output. */
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

/**
 * A process in which the built command runs one time after another: what it loads is loaded once, and cli.js itself
 * begins anew for each, with words, environment and folder of its own, and ends where it would end the process.
 */
import { fileURLToPath } from 'node:url';

const file = new URL('../../dist/cli.js', import.meta.url);
/** What that file leads to: the other one would be found loaded. */
const program = new URL('../../dist/joined/cli.js', import.meta.url);
const { exit } = process;
let runs = 0;

/** What a command has begun to listen to would otherwise hear of those that come after it. */
function forgetting(emitter) {
  const before = new Map(emitter.eventNames().map((name) => [name, emitter.listeners(name)]));
  return () => {
    for (const name of emitter.eventNames())
      for (const listener of emitter.listeners(name))
        if (!before.get(name)?.includes(listener)) emitter.removeListener(name, listener);
  };
}

function run({ args, env, cwd }) {
  const said = { stdout: '', stderr: '' };
  const restore = [process, process.stdout, process.stderr].map(forgetting);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(cwd);
  process.argv = [process.execPath, fileURLToPath(file), ...args];
  for (const name of ['stdout', 'stderr'])
    process[name].write = (text, ...more) => {
      said[name] += text;
      const written = more.find((one) => typeof one === 'function');
      if (written) process.nextTick(written);
      return true;
    };
  process.exit = (code) => {
    for (const undo of restore) undo();
    process.send({ code, signal: null, ...said });
  };
  import(`${program.href}?${++runs}`).catch((error) => {
    process.stderr.write(error.stack);
    process.exit(1);
  });
}

process.on('message', run);
process.on('disconnect', () => exit());

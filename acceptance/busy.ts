/** Two loops that keep two cores busy, as processes of their own, until the caller disposes of them. */
import { spawn } from 'node:child_process';

const loops = 2;

export function busyMachine(): Disposable {
  const children = Array.from({ length: loops }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  const end = () => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.once('exit', end);
  return { [Symbol.dispose]: end };
}

/**
 * Loaded before a program: the process of the server that TEST_SERVER names sends itself TEST_SIGNAL half a second
 * into the steady phase, whatever the machine is busy with, and writes its id to the file TEST_PID before.
 */
import { writeFileSync } from 'node:fs';

const { TEST_SERVER: wanted, TEST_SIGNAL: signal, TEST_PID: file } = process.env;
let isWanted = false;

const listen = ({ command }) => {
  if (command.type === 'start') isWanted = command.server === wanted;
  if (command.type !== 'mark' || !isWanted) return;
  setTimeout(() => {
    writeFileSync(file, String(process.pid));
    process.kill(process.pid, signal);
  }, 500);
};

// Not before the program listens: what came earlier would be heard here only.
const wait = (event) => {
  if (event !== 'message') return;
  process.off('newListener', wait);
  queueMicrotask(() => process.on('message', listen));
};
if (process.send) process.on('newListener', wait);

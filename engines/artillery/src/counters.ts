/** What the sockets of a user carried, as counters: whole numbers, which Artillery adds up exactly over all workers. */
import type { ClientAccount } from 'rtcompare';

export function emitAccount(account: ClientAccount, count: (name: string, value: number) => void): void {
  const bytes = new Map<string, number>();
  const setup = { up: 0, down: 0 };
  for (const { layer, direction, phase, bytes: length } of account.layers) {
    const name = `bytes.${layer}.${direction}`;
    bytes.set(name, (bytes.get(name) ?? 0) + length);
    if (phase === 'setup') setup[direction] += length;
  }
  for (const [name, value] of bytes) count(name, value);
  for (const direction of ['up', 'down'] as const) {
    count(`setup.${direction}`, setup[direction]);
    count(`socket.${direction}`, account[direction]);
  }
  count('requests', account.requests);
  count('connections', account.connections);
  if (account.polls) {
    count('polls', account.polls.made);
    count('polls.empty', account.polls.empty);
  }
}

/** Limits the bytes that wait for earlier ones, over all connections together. */
import type { TcpConnection } from './tcp-connection.ts';

const waitingMost = 8 * 1024 * 1024;

export function createWaitingRoom() {
  const waiting = new Map<TcpConnection, number>();
  let waitingBytes = 0;
  const count = (connection: TcpConnection, bytes: number) => {
    const before = waiting.get(connection) ?? 0;
    if (bytes === before) return;
    waitingBytes += bytes - before;
    if (bytes > 0) waiting.set(connection, bytes);
    else waiting.delete(connection);
  };
  return {
    /** Called after each segment. If too many bytes wait, the connection with the most gives up on missing bytes. */
    look(connection: TcpConnection) {
      count(connection, connection.waitingBytes());
      while (waitingBytes > waitingMost) {
        const [[longest] = [connection]] = [...waiting].sort(([, a], [, b]) => b - a);
        longest.giveWay();
        count(longest, longest.waitingBytes());
      }
    },
    leave: (connection: TcpConnection) => count(connection, 0),
  };
}

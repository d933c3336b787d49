/** TLS secrets of recent connections only: a page may be up for days, and each connection's secrets are needed once. */
import { createKeyLog, type KeyLog } from '../../protocols/tls/key-log.ts';

/** Five lines for each connection, so more connections than may be open. */
const linesKept = 5000;

export function recentKeys(): KeyLog {
  let [newer, older] = [createKeyLog(), createKeyLog()];
  let lines = 0;
  return {
    mayGrow: true,
    add(line) {
      if (++lines % linesKept === 0) [newer, older] = [createKeyLog(), newer];
      newer.add(line);
    },
    knows: (clientRandom) => newer.knows(clientRandom) || older.knows(clientRandom),
    secret: (label, clientRandom) => newer.secret(label, clientRandom) ?? older.secret(label, clientRandom),
  };
}

/** WAMP: the client autobahn, twice, at the router fox-wamp: publications and a call, as JSON. */
import { createServer } from 'node:http';
import { listening, pause, until } from '../stage.mjs';

export const packages = { autobahn: '22.11.1', 'fox-wamp': '0.7.28' };

export const recordings = {
  wamp: async ({ count, relay, after }) => {
    const { default: FoxRouter } = await import('fox-wamp');
    const { default: autobahn } = await import('autobahn');
    const http = createServer();
    new FoxRouter().listenWAMP({ server: http, path: '/wamp' });
    const url = `ws://127.0.0.1:${await relay(await listening(http))}/wamp`;
    const join = async () => {
      const connection = new autobahn.Connection({ url, realm: 'room', max_retries: 0 });
      const session = await new Promise((resolve) => {
        connection.onopen = resolve;
        connection.open();
      });
      return { connection, session };
    };
    const [speaker, hearer] = [await join(), await join()];
    await hearer.session.subscribe('room.chat', () => count.received++);
    await hearer.session.register('room.twice', ([text]) => {
      count.received++;
      return text + text;
    });
    for (const text of ['first', 'second', 'third']) {
      const before = count.received;
      await speaker.session.publish('room.chat', [text], {}, { acknowledge: true });
      count.sent++;
      await until(() => count.received > before, 'an event');
    }
    const answer = speaker.session.call('room.twice', ['ab']);
    count.sent++;
    if ((await answer) !== 'abab') throw new Error('a wrong answer');
    for (const { connection } of [speaker, hearer]) connection.close();
    await pause(50);
    after(() => http.close());
    return {
      library: 'WAMP (fox-wamp, autobahn)',
      stream: 'websocket (wamp.2.json)',
      notes:
        'sent counts PUBLISH and CALL, received EVENT and INVOCATION; besides: HELLO, WELCOME, SUBSCRIBE, REGISTER, YIELD, RESULT, GOODBYE and the acks',
    };
  },
};

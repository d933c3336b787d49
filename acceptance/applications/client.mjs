// Talks to the application of this name at the address in RTCOMPARE_URL, and ends: `node client.mjs NAME`.
const [name] = process.argv.slice(2);
const url = process.env.RTCOMPARE_URL;
const planted = (change) => process.env.PLANT === change;

const clients = {
  async 'express and SSE'() {
    for (let n = 0; n < (planted('request') ? 3 : 2); n++) await (await fetch(`${url}/api/items`)).json();
    const stream = await fetch(`${url}/events`);
    let heard = '';
    for await (const bytes of stream.body) {
      heard += Buffer.from(bytes).toString();
      if (heard.split('data:').length > 3 && heard.endsWith('\n\n')) break;
    }
  },

  async 'a Socket.IO chat with rooms'() {
    const { io } = await import('socket.io-client');
    const people = [io(url, { forceNew: true }), io(url, { forceNew: true })];
    let heard = 0;
    for (const one of people) {
      one.on('chat', () => heard++);
      if (!one.connected) await new Promise((resolve) => one.once('connect', resolve));
      await one.emitWithAck('join', 'tea');
    }
    for (const text of ['hello', 'who is here?']) await people[0].emitWithAck('chat', 'tea', text);
    while (heard < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const one of people) one.disconnect();
  },

  async 'a ws echo with compression'() {
    const { WebSocket } = await import('ws');
    const socket = planted('subprotocol') ? new WebSocket(url, ['chat']) : new WebSocket(url);
    await new Promise((resolve) => socket.once('open', resolve));
    for (const text of ['short', 'long '.repeat(500), Buffer.from([1, 2, 3])]) {
      socket.send(text);
      await new Promise((resolve) => socket.once('message', resolve));
    }
    socket.close();
    await new Promise((resolve) => socket.once('close', resolve));
  },

  async 'a fastify API with keep-alive'() {
    const { Client } = await import('undici');
    const client = new Client(url);
    const ask = async (method, path, body) => {
      const headers = body ? { 'content-type': 'application/json' } : {};
      await (await client.request({ method, path, headers, body })).body.dump();
    };
    for (const id of [7, 8, 9]) await ask('GET', `/users/${id}`);
    await ask('POST', '/orders', '{"tea":2}');
    for (let n = 0; n < (planted('poll') ? 11 : 10); n++) await ask('GET', '/news');
    await client.close();
  },

  async 'a page that streams'() {
    for (const path of ['/', '/logo.svg']) await (await fetch(url + path)).text();
  },
};

await clients[name]();
process.exit();

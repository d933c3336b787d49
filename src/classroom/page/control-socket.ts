/** The page's end of `/control`: reconnects when it was cut off, keeps the site's clock, and passes on its messages. */

import type { ToPage, ToSite, Welcome } from './control-talk.ts';
import { setCommand } from './page-reader.ts';
import { createSiteClock } from './site-clock.ts';
import { setLayerTitles } from './words.ts';

/** Messages of the site, and whether it is connected. */
type News = ToPage | { readonly type: 'link'; readonly isUp: boolean };
type Listener<Type extends News['type']> = (news: Extract<News, { type: Type }>) => void;

export interface Control {
  on<Type extends News['type']>(type: Type, listener: Listener<Type>): void;
  isUp(): boolean;
  send(message: ToSite): void;
  /** The site's time; null while it is unknown. */
  nowMs(): number | null;
  welcome(): Welcome | null;
}

const retryMs = 250;
const askDoorEvery = 8;
const pings = { atFirst: 6, apartMs: 120, laterMs: 4000 } as const;

export function openControl(): Control {
  const listeners = new Map<string, ((message: never) => void)[]>();
  const clock = createSiteClock();
  let welcome: Welcome | null = null;
  let socket: WebSocket;
  let failures = 0;

  const send = (message: ToSite) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const hear = (message: News) => {
    if (message.type === 'welcome') {
      welcome = message;
      setCommand(message.command);
      setLayerTitles(message.layers);
    }
    if (message.type === 'pong') {
      clock.take({ sentMs: message.sentMs, heardMs: performance.now(), siteMs: message.nowMs });
    }
    for (const listener of listeners.get(message.type) ?? []) listener(message as never);
  };
  const ping = () => send({ type: 'ping', sentMs: performance.now() });
  /**
   * Asks by HTTP whether the cookie still counts, because a socket does not say why it was refused. After a restart
   * of the site it does not.
   */
  const knock = async () => {
    const answer = await fetch('/classroom/page/main.js', { method: 'HEAD', cache: 'no-store' }).catch(
      () => null,
    );
    if (answer?.status === 401) location.replace('/join');
  };
  const connect = () => {
    const known = welcome ? `?client=${welcome.client}` : '';
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    socket = new WebSocket(`${scheme}://${location.host}/control${known}`);
    socket.onopen = () => {
      failures = 0;
      clock.forget();
      for (let turn = 0; turn < pings.atFirst; turn++) setTimeout(ping, turn * pings.apartMs);
      hear({ type: 'link', isUp: true });
    };
    socket.onmessage = ({ data }) => hear(JSON.parse(String(data)) as ToPage);
    socket.onclose = () => {
      hear({ type: 'link', isUp: false });
      if (++failures % askDoorEvery === 0) void knock();
      setTimeout(connect, retryMs);
    };
  };
  connect();
  setInterval(ping, pings.laterMs);
  return {
    on(type, listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener as (message: never) => void]);
    },
    isUp: () => socket.readyState === WebSocket.OPEN,
    send,
    nowMs: () => clock.at(performance.now()),
    welcome: () => welcome,
  };
}

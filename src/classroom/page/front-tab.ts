/**
 * Which tab races. A browser opens six HTTP/1.1 connections to one origin and all tabs share them; a race occupies
 * two, by a long poll and an event stream, so a third tab would leave none for anything else. So one tab races, the
 * one that asked last, and the others show why they do not. Tabs agree over a BroadcastChannel, which needs no TLS.
 * Over HTTP/2 no connection is occupied, and every tab races.
 */
import { pageOver } from './page-over.ts';

export interface FrontTab {
  isFront(): boolean;
  /** Makes this the tab that races. */
  claim(): void;
}

type Word = { readonly kind: 'claim' | 'leave'; readonly tab: string };

export function createFrontTab(onChange: () => void): FrontTab {
  if (pageOver === 'h2') return { isFront: () => true, claim: () => {} };
  const channel = new BroadcastChannel('rtcompare-race');
  const tab = String(crypto.getRandomValues(new Uint32Array(2)));
  let isFront = true;
  const say = (kind: Word['kind']) => channel.postMessage({ kind, tab } satisfies Word);
  const become = (next: boolean) => {
    if (next === isFront) return;
    isFront = next;
    onChange();
  };
  const claim = () => {
    say('claim');
    become(true);
  };
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data.kind === 'claim') become(false);
    // The tab that raced was closed: the visible tab takes over.
    else if (document.visibilityState === 'visible' && !isFront) claim();
  };
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') claim();
  });
  addEventListener('pagehide', () => {
    if (isFront) say('leave');
  });
  say('claim');
  return { isFront: () => isFront, claim };
}

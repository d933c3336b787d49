/** The browser's six connections to one origin: what they are, and a try that shows them. */
import { paths } from '../../endpoints.ts';
import type { Control } from '../control.ts';
import { button, element, setText } from '../element.ts';
import { address } from '../lanes/lane.ts';
import { number, word } from '../words.ts';
import type { View } from './view.ts';

const streams = 6;
const patienceMs = 4000;

export function createLimits(control: Control): View {
  const told = element('p', { class: 'cost', attributes: { role: 'status' } });
  const attempt = button('limits.try', () => void tryIt());
  const texts = ['limits.text', 'limits.here', 'limits.other'] as const;

  /** Six event streams, then a seventh request: it is answered when the streams are closed, and not before. */
  async function tryIt(): Promise<void> {
    const client = control.welcome()?.client;
    if (client === undefined) return;
    attempt.disabled = true;
    const open = Array.from(
      { length: streams },
      (_, turn) => new EventSource(address('/chat/sse', paths.events, `${client}.limit${turn}`)),
    );
    const began = performance.now();
    const seconds = () => number((performance.now() - began) / 1000, 1);
    const timer = setInterval(() => setText(told, word('limits.waiting', { seconds: seconds() })), 100);
    setTimeout(() => {
      for (const source of open) source.close();
    }, patienceMs);
    await fetch('/endpoints.js', { cache: 'no-store' }).catch(() => {});
    clearInterval(timer);
    setText(told, word('limits.freed', { seconds: seconds() }));
    attempt.disabled = false;
  }
  return {
    root: element(
      'div',
      {},
      element('h2', { word: 'limits.title' }),
      ...texts.map((key) => element('p', { word: key })),
      attempt,
      told,
    ),
  };
}

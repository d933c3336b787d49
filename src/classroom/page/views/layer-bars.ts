/**
 * Bytes by layer: a bar for each lane, a colour and pattern for each layer, on one scale; below it the same in words.
 */

import { text } from '../../../base/text.ts';
import { type LaneCounts, laneNames } from '../control-talk.ts';
import { element } from '../element.ts';
import { laneSign, layerClass, swatchOf } from '../legend.ts';
import { layersText } from '../words.ts';

export const layersTitle = text('Whose bytes are these?', '이 바이트는 누구의 것일까요?');

export function createLayers(): { readonly root: HTMLElement; show(counts: LaneCounts): void } {
  const rows = new Map(
    laneNames.map((lane) => {
      const bar = element('div', { class: 'bar', attributes: { 'aria-hidden': 'true' } });
      const said = element('span', { class: 'said' });
      const row = element('li', { attributes: { 'data-lane': lane } }, ...laneSign(lane), bar, said);
      return [lane, { row, bar, said }];
    }),
  );
  const list = element('ul', { class: 'layers' }, ...[...rows.values()].map(({ row }) => row));
  return {
    root: element('section', {}, element('h2', { phrase: layersTitle }), list),
    show(counts) {
      const totals = laneNames.map((lane) => counts[lane].up + counts[lane].down);
      const most = Math.max(1, ...totals);
      for (const [lane, { bar, said }] of rows) {
        const owners = Object.entries(counts[lane].layers).filter(([, bytes]) => bytes > 0);
        bar.replaceChildren(...owners.map(([layer, bytes]) => partOf(layer, (100 * bytes) / most)));
        // Replaced only on a change, so that text that the user is selecting stays selected.
        if (said.textContent !== owners.map(ownerText).join(''))
          said.replaceChildren(...owners.map((owner) => keyOf(owner[0], ownerText(owner))));
      }
    },
  };
}

function partOf(layer: string, percent: number): HTMLElement {
  const part = element('span', { class: `part ${layerClass(layer)}` });
  part.style.width = `${percent}%`;
  return part;
}

const ownerText = ([layer, bytes]: readonly [string, number]) => layersText({ [layer]: bytes });

/** A patch of the bar's colour and pattern beside its word and bytes. */
const keyOf = (layer: string, text: string): HTMLElement =>
  element('span', { class: 'key' }, swatchOf(layer), text);

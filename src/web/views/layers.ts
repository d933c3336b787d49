/** Whose bytes are these: a bar a lane, a colour a layer, to one scale. The same stands beside it in words. */
import { element, setText } from '../element.ts';
import { type LaneCounts, laneNames } from '../talk.ts';
import { layersText } from '../words.ts';

export function createLayers(): { readonly root: HTMLElement; show(counts: LaneCounts): void } {
  const rows = new Map(
    laneNames.map((lane) => {
      const bar = element('div', { class: 'bar', attributes: { 'aria-hidden': 'true' } });
      const said = element('span', { class: 'said' });
      const row = element(
        'li',
        { attributes: { 'data-lane': lane } },
        element('b', { word: `lane.${lane}` }),
        bar,
        said,
      );
      return [lane, { row, bar, said }];
    }),
  );
  const list = element('ul', { class: 'layers' }, ...[...rows.values()].map(({ row }) => row));
  return {
    root: element('section', {}, element('h2', { word: 'layers.title' }), list),
    show(counts) {
      const totals = laneNames.map((lane) => counts[lane].up + counts[lane].down);
      const most = Math.max(1, ...totals);
      for (const [lane, { bar, said }] of rows) {
        bar.replaceChildren(
          ...Object.entries(counts[lane].layers).map(([layer, bytes]) => {
            const part = element('span', { class: `part layer-${layer.replace('.', '-')}` });
            part.style.width = `${(100 * bytes) / most}%`;
            return part;
          }),
        );
        setText(said, layersText(counts[lane].layers));
      }
    },
  };
}

/** The sliders of whoever leads: a change begins a new race with the new settings. */
import type { Control } from '../control.ts';
import { element, setText } from '../element.ts';
import { bounds, type RaceState, type Settings } from '../talk.ts';
import { number, word } from '../words.ts';

const names = Object.keys(bounds) as (keyof Settings)[];

const shown: Readonly<Record<keyof Settings, (value: number) => string>> = {
  rttMs: (value) => word('unit.ms', { value: number(value) }),
  pollIntervalMs: (value) => word('unit.s', { value: number(value / 1000, 1) }),
  rate: (value) => word('unit.rate', { value: number(value, 1) }),
  payloadBytes: (value) => word('unit.bytes', { value: number(value) }),
  bots: (value) => word('unit.count', { value: number(value) }),
};

export function createSliders(control: Control): {
  readonly root: HTMLElement;
  show(state: RaceState): void;
} {
  let settings: Settings | null = null;
  /** Sliders that the site has not heard of yet: the next one may be moved before it has. */
  const moved = new Map<keyof Settings, number>();
  const made = names.map((name) => {
    const [least, most, step] = bounds[name];
    const output = element('output');
    const input = element('input', {
      attributes: {
        type: 'range',
        min: String(least),
        max: String(most),
        step: String(step),
        'data-setting': name,
      },
    });
    input.addEventListener('input', () => setText(output, shown[name](Number(input.value))));
    // While it is dragged nothing changes: every change is a new race.
    input.addEventListener('change', () => {
      if (!settings) return;
      moved.set(name, Number(input.value));
      control.send({ type: 'settings', settings: { ...settings, ...Object.fromEntries(moved) } });
    });
    const label = element(
      'label',
      { class: 'slider' },
      element('span', { word: `slider.${name}` }),
      input,
      output,
    );
    return { name, input, output, label };
  });
  return {
    root: element('div', { class: 'sliders', attributes: { hidden: '' } }, ...made.map(({ label }) => label)),
    show(state) {
      settings = state.settings;
      for (const [name, value] of moved) if (settings[name] === value) moved.delete(name);
      for (const { name, input, output } of made) {
        if (moved.has(name)) continue;
        if (document.activeElement !== input) input.value = String(state.settings[name]);
        setText(output, shown[name](state.settings[name]));
      }
    },
  };
}

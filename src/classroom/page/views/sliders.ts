/** The sliders of whoever leads: a change begins a new race with the new settings. */
import { type Text, text } from '../../../base/text.ts';
import type { Control } from '../control-socket.ts';
import { bounds, type Settings } from '../control-talk.ts';
import { element, setText } from '../element.ts';
import { number, tell } from '../page-reader.ts';
import type { RacePart } from './view.ts';

const titles: Readonly<Record<keyof Settings, Text>> = {
  rttMs: text('Round trip', '왕복 시간'),
  pollIntervalMs: text('Poll interval', '폴링 간격'),
  rate: text('Events per second', '초당 이벤트'),
  payloadBytes: text('Payload', '페이로드'),
  bots: text('Bots', '봇'),
};

const units = {
  rttMs: text('{value} ms', '{value} ms'),
  pollIntervalMs: text('{value} s', '{value}초'),
  rate: text('{value}/s', '초당 {value}개'),
  payloadBytes: text('{value} B', '{value} B'),
  bots: text('{value}', '{value}'),
};

const names = Object.keys(bounds) as (keyof Settings)[];

const shown: Readonly<Record<keyof Settings, (value: number) => string>> = {
  rttMs: (value) => tell(units.rttMs, { value: number(value) }),
  pollIntervalMs: (value) => tell(units.pollIntervalMs, { value: number(value / 1000, 1) }),
  rate: (value) => tell(units.rate, { value: number(value, 1) }),
  payloadBytes: (value) => tell(units.payloadBytes, { value: number(value) }),
  bots: (value) => tell(units.bots, { value: number(value) }),
};

export function createSliders(control: Control): RacePart {
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
      element('span', { phrase: titles[name] }),
      input,
      output,
    );
    return { name, input, output, label };
  });
  const labels = made.map(({ label }) => label);
  const root = element('div', { class: 'sliders', attributes: { hidden: '' } }, ...labels);
  return {
    root,
    show({ state, mayLead }) {
      root.hidden = !mayLead;
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

/** The sliders, for a page that may lead: a change begins a new race with the new settings. */
import { type Phrase, type Text, text } from '../../../base/text.ts';
import type { Control } from '../control-socket.ts';
import { bounds, type Settings } from '../control-talk.ts';
import { element, setText } from '../element.ts';
import { number, tell } from '../page-reader.ts';
import type { RacePart } from './view.ts';

interface Dial {
  readonly title: Text;
  readonly unit: Phrase<'value'>;
  /** How the value is shown: divided by `per`, with so many digits. */
  readonly per?: number;
  readonly digits?: number;
}

const dials: Readonly<Record<keyof Settings, Dial>> = {
  rttMs: { title: text('Round trip', '왕복 시간'), unit: text('{value} ms', '{value} ms') },
  pollIntervalMs: {
    title: text('Poll interval', '폴링 간격'),
    unit: text('{value} s', '{value}초'),
    per: 1000,
    digits: 1,
  },
  rate: {
    title: text('Events per second', '초당 이벤트'),
    unit: text('{value}/s', '초당 {value}개'),
    digits: 1,
  },
  payloadBytes: { title: text('Payload', '페이로드'), unit: text('{value} B', '{value} B') },
  bots: { title: text('Bots', '봇'), unit: text('{value}', '{value}') },
};

const shown = ({ unit, per = 1, digits = 0 }: Dial, value: number): string =>
  tell(unit, { value: number(value / per, digits) });

export function createSliders(control: Control): RacePart {
  let settings: Settings | null = null;
  /** Changes that the site has not confirmed yet: the user may move the next slider before it has. */
  const moved = new Map<keyof Settings, number>();
  const made = (Object.keys(bounds) as (keyof Settings)[]).map((name) => {
    const dial = dials[name];
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
    input.addEventListener('input', () => setText(output, shown(dial, Number(input.value))));
    // Sent only when the slider is released, because every change begins a new race.
    input.addEventListener('change', () => {
      if (!settings) return;
      moved.set(name, Number(input.value));
      control.send({ type: 'settings', settings: { ...settings, ...Object.fromEntries(moved) } });
    });
    const label = element(
      'label',
      { class: 'slider' },
      element('span', { phrase: dial.title }),
      input,
      output,
    );
    return { name, dial, input, output, label };
  });
  const labels = made.map(({ label }) => label);
  const root = element('div', { class: 'sliders', attributes: { hidden: '' } }, ...labels);
  return {
    root,
    show({ state, mayLead }) {
      root.hidden = !mayLead;
      settings = state.settings;
      for (const [name, value] of moved) if (settings[name] === value) moved.delete(name);
      for (const { name, dial, input, output } of made) {
        if (moved.has(name)) continue;
        if (document.activeElement !== input) input.value = String(state.settings[name]);
        setText(output, shown(dial, state.settings[name]));
      }
    },
  };
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createUnderway } from '../../src/metrics/underway.ts';

const message = (sequence: number) => ({ sequence, dueNs: sequence, receivers: 1, missing: 1, besides: 1 });

test('what was added is found until it is taken out, in whatever order, as in a Map', () => {
  const deed = fc.record({ add: fc.boolean(), pick: fc.nat() });
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 300 }), (deeds) => {
      const underway = createUnderway();
      const model = new Map<number, number>();
      let next = 0;
      for (const { add, pick } of deeds) {
        if (add) {
          underway.add(message(next));
          model.set(next, next++);
        } else {
          const sequence = pick % (next + 1);
          expect(underway.find(sequence)?.dueNs).toBe(model.get(sequence));
          if (model.delete(sequence)) underway.remove();
        }
      }
      for (let sequence = 0; sequence < next; sequence++)
        expect(underway.find(sequence)?.dueNs).toBe(model.get(sequence));
    }),
  );
});

test('a long row that is taken out from its head is found to its end', () => {
  const underway = createUnderway();
  for (let sequence = 0; sequence < 5000; sequence++) underway.add(message(sequence));
  for (let sequence = 0; sequence < 4999; sequence++) {
    expect(underway.find(sequence)?.sequence).toBe(sequence);
    underway.remove();
    expect(underway.find(sequence)).toBeNull();
  }
  expect(underway.find(4999)?.sequence).toBe(4999);
});

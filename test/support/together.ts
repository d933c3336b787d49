/**
 * Trials that go on at the same time and begin their steady phases together: none of them is measured while
 * the server and the relay of another are still starting.
 */
import type { Scenario } from '../../src/trial/scenarios/scenario.ts';

export function together(trials: number): (scenario: Scenario) => Scenario {
  let missing = trials;
  let open = () => {};
  const everyoneIsThere = new Promise<void>((resolve) => {
    open = resolve;
  });
  return (scenario) => ({
    ...scenario,
    async drive(lab) {
      if (lab.phase === 'steady') {
        if (--missing === 0) open();
        await everyoneIsThere;
      }
      return scenario.drive(lab);
    },
  });
}

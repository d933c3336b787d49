/** Reports what happens in this page a moment later, several at a time: reporting must not disturb what is measured. */
import type { FromPage, PageHappening } from '../page-talk.ts';

const everyMs = 5;

export function createReports(tell: (told: FromPage) => void) {
  let happenings: PageHappening[] = [];
  const flush = () => {
    if (happenings.length > 0) tell({ type: 'happened', happenings });
    happenings = [];
  };
  return {
    add(happening: PageHappening) {
      if (happenings.push(happening) === 1) setTimeout(flush, everyMs);
    },
    flush,
  };
}

export type Reports = ReturnType<typeof createReports>;

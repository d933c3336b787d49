/** What is asked of a report without its schema, which takes longer to load than the smallest run measures. */
import type { Report, Trial } from './report.ts';

/** Whether all that there is of it is what could not connect. */
export const isNothingMeasured = ({ trials, unconnected }: Pick<Report, 'trials' | 'unconnected'>): boolean =>
  trials.length === 0 && unconnected.length > 0;

/** What two trials have in common that may be told together, whatever transport and scenario they are of. */
export const conditionsOf = ({
  load,
  link,
  over,
  spokenBy,
}: Pick<Trial, 'load' | 'link' | 'over' | 'spokenBy'>) =>
  JSON.stringify([load, link, over, ...(spokenBy ? [spokenBy] : [])]);

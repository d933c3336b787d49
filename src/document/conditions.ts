/** Questions about a report that do not need its schema: loading it takes longer than the smallest run measures. */
import type { Report, Trial } from './report.ts';

/** Whether the report holds no trials, only transports that could not connect. */
export const isNothingMeasured = ({ trials, unconnected }: Pick<Report, 'trials' | 'unconnected'>): boolean =>
  trials.length === 0 && unconnected.length > 0;

/** The conditions that trials must share to be reported together, whatever their transport and scenario. */
export const conditionsOf = ({
  load,
  link,
  over,
  spokenBy,
}: Pick<Trial, 'load' | 'link' | 'over' | 'spokenBy'>) =>
  JSON.stringify([load, link, over, ...(spokenBy ? [spokenBy] : [])]);

/** Whether the times of two runs may be compared: the same machine, the same Node. */
import type { Report } from '../document/report.ts';

type Machine = Omit<Report['environment'], 'dependencies'>;

/** Versions of libraries may differ: a comparison is made to see what that changes. */
export const sameMachine = (a: Machine, b: Machine): boolean =>
  a.node === b.node &&
  a.platform === b.platform &&
  a.arch === b.arch &&
  a.cpu === b.cpu &&
  a.cores === b.cores;
